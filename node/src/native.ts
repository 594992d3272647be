/** The native module: the one that was built for this platform. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What the native module exports. Every value crosses as one JSON text each way; a call that fails throws an error whose
 * message is one.
 */
interface Native {
  Client: {
    new (gateway: string, settings: string, onRetry?: NativeRetryHook): NativeClient;
    fromEnvironment(gateway: string, onRetry?: NativeRetryHook): NativeClient;
  };
  Failover: new (clients: NativeClient[]) => NativeFailover;
  CancelToken: new () => CancelToken;
  UploadSource: {
    file(path: string): NativeUploadSource;
    stream(length?: number): NativeUploadSource;
  };
  Authentication: {
    header(name: string, secret: string): NativeAuthentication;
    path(secret: string): NativeAuthentication;
    basic(user: string, secret: string): NativeAuthentication;
    signature(header: string, secret: string): NativeAuthentication;
    none(): NativeAuthentication;
  };
  Inbox: new (
    gateway: string,
    authentication: NativeAuthentication,
    settings: string,
    handler: NativeHandler,
  ) => NativeInbox;
  Sandbox: { start(options: string): Promise<NativeSandbox> };
  buildRequest(gateway: string, message: string, settings: string): string;
  buildCall(
    gateway: string,
    name: string,
    arguments_: string,
    length: number | undefined,
    settings: string,
  ): string;
  parseCallResponse(
    gateway: string,
    name: string,
    body: string | Uint8Array,
    status: number,
  ): string;
  validatePayload(gateway: string, payload: string, call?: string): string;
  parseWebhook(gateway: string, body: string | Uint8Array): string;
  parseResponse(gateway: string, body: string | Uint8Array, status: number): string;
  normalizePhone(text: string, region: string | undefined, strict: boolean): string;
  capabilities(gateway: string): string;
  codes(gateway: string): string;
  maskPhone(text: string): string;
  shownWord(text: string): string;
  shownPath(text: string): string;
  shownId(text: string): string;
  names(): string;
  refuse(violations: string): void;
  refuseSetting(words: string): void;
  runCommand(arguments_: string[], demo: string[]): number;
}

/** What is called before a retry: with the error in JSON, and the seconds of the wait. It throws nothing. */
export type NativeRetryHook = (error: string, waitSeconds: number) => void;

/** How webhooks are known; it tells nothing. */
export type NativeAuthentication = object;

/** What handles a notification in JSON: the promise gives why it failed, in words, and rejects with nothing. */
export type NativeHandler = (notification: string) => Promise<string | undefined>;

export interface NativeInbox {
  readonly alias: string;
  start(): Promise<void>;
  checkHead(head: string): string | null;
  receive(head: string, body: string | Uint8Array): Promise<string>;
  dead(limit: number): Promise<string>;
  revive(key: string): Promise<boolean>;
  waiting(): Promise<number>;
  idle(): Promise<void>;
  stop(): Promise<void>;
}

export interface NativeClient {
  readonly gateway: string;
  readonly atOnce: number;
  readonly batchSize: number;
  send(message: string, token?: CancelToken): Promise<string>;
  sendMany(token?: CancelToken): NativeSending;
  run(
    gateway: string,
    name: string,
    arguments_: string,
    source?: NativeUploadSource,
    token?: CancelToken,
  ): Promise<string>;
  download(
    gateway: string,
    name: string,
    arguments_: string,
    token?: CancelToken,
  ): Promise<NativeDownload>;
  messages(arguments_: string): NativeMessages;
  metrics(): string;
  call(method: string, path: string, body?: Uint8Array, token?: CancelToken): Promise<NativeAnswer>;
}

export interface NativeFailover {
  readonly gateway: string;
  send(message: string, token?: CancelToken): Promise<string>;
}

export interface NativeSending {
  push(messages: (string | null)[]): void;
  results(): Promise<string | null>;
  close(): void;
}

export interface CancelToken {
  cancel(): void;
}

export interface NativeUploadSource {
  write(piece: Uint8Array): Promise<boolean>;
  end(): Promise<boolean>;
  close(): void;
}

export interface NativeMessages {
  next(token?: CancelToken): Promise<string>;
}

export interface NativeDownload {
  readonly mimeType: string | null;
  readonly length: number | null;
  chunk(): Promise<Buffer | null>;
  bytes(limit: number): Promise<Buffer>;
  dataUri(limit: number): Promise<string>;
  save(path: string): Promise<number>;
  close(): Promise<void>;
}

export interface NativeAnswer {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

export interface NativeSandbox {
  readonly url: string;
  baseUrl(gateway: string): string;
  settings(gateway: string): string;
  messages(): string;
  counts(): string;
  clear(): void;
  inject(fault: string): void;
  stop(): Promise<void>;
}

const FOLDER = join(__dirname, '../native');

function load(): Native {
  const { platform, arch } = process;
  const built = readdirSync(FOLDER).filter((name) => name.endsWith('.node'));
  const faults: unknown[] = [];
  for (const name of built.filter((name) => name.startsWith(`wamux.${platform}-${arch}`))) {
    try {
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- Node loads native modules in this way alone.
      return require(join(FOLDER, name)) as Native;
    } catch (fault) {
      faults.push(fault);
    }
  }
  const platforms = built.map((name) => name.slice('wamux.'.length, -'.node'.length));
  throw new Error(
    `wamux has no native module that runs on ${platform}-${arch}; ` +
      `this package was built for ${platforms.join(', ') || 'no platform'}`,
    { cause: faults[0] },
  );
}

export const native = load();
