/** The calls beyond sending: a method for each, by its name in `generated/call-table.ts`. */
import { membersArgument } from './arguments';
import { Cancellation, signalOf, unless } from './cancellation';
import { Download } from './download';
import { CALLS } from './generated/call-table';
import { jsonText } from './json';
import { printedMasked } from './masking';
import { messageReading } from './messages';
import type { NativeClient } from './native';
import { camelCase } from './settings';
import { Feed } from './upload';

export interface CallOptions {
  /** Calls the call off; with a download, its reading too. */
  signal?: AbortSignal | undefined;
}

export interface UploadOptions extends CallOptions {
  /** How many bytes a stream has, where that is known: they are announced, and a wrong number fails the upload. */
  length?: number | undefined;
}

/** The arguments of a call that has none. */
export type NoArguments = Record<string, never>;

/** What travels beside a call's arguments and its answer's JSON. */
export type Transfer = 'plain' | 'upload' | 'download';

/** A call, as the table has it. */
interface Entry {
  gateway: string;
  name: string;
  transfer: Transfer;
  /** The type that it answers with. */
  output: string | null;
}

type Method = (arguments_: unknown, ...others: unknown[]) => Promise<unknown>;

/** What gateways have besides, as `tools/calls.ts` has it. */
const MORE: Readonly<Record<string, (client: NativeClient) => object>> = {
  'chat-api': messageReading,
};

/** The calls of a gateway as methods of one object, by the name that the object has in a client. */
export const GATEWAYS_WITH_CALLS: ReadonlyMap<string, (client: NativeClient) => object> = new Map(
  Object.entries(CALLS).map(([gateway, calls]) => [
    camelCase(gateway),
    (client: NativeClient) =>
      Object.freeze({
        ...Object.fromEntries(
          Object.entries(calls).map(([name, [transfer, output]]) => [
            camelCase(name),
            methodOf(client, { gateway, name, transfer, output }),
          ]),
        ),
        ...MORE[gateway]?.(client),
      }),
  ]),
);

function methodOf(client: NativeClient, entry: Entry): Method {
  switch (entry.transfer) {
    case 'upload':
      return async (arguments_, source, options) =>
        upload(client, entry, arguments_, source, options);
    case 'download':
      return async (arguments_, options) => download(client, entry, arguments_, options);
    default:
      return async (arguments_, options) => run(client, entry, arguments_, options);
  }
}

/** The right call, for those who wrote another. */
function form({ gateway, name }: Entry, others: string): string {
  return `client.${camelCase(gateway)}.${camelCase(name)}({ … }, ${others})`;
}

function signalArgument(options: unknown, entry: Entry): AbortSignal | undefined {
  const members = { signal: 'object' } as const;
  const shape = { name: 'options', form: form(entry, '{ signal }'), members };
  return signalOf(membersArgument(options, shape).signal);
}

async function run(
  client: NativeClient,
  entry: Entry,
  arguments_: unknown,
  options: unknown,
): Promise<unknown> {
  const signal = signalArgument(options, entry);
  const text = jsonText(arguments_ ?? {});
  const { gateway, name, output } = entry;
  const answer = await unless(signal, (token) => client.run(gateway, name, text, undefined, token));
  return outputOf(output, answer);
}

async function upload(
  client: NativeClient,
  entry: Entry,
  arguments_: unknown,
  source: unknown,
  options: unknown,
): Promise<unknown> {
  const members = { signal: 'object', length: 'number' } as const;
  const shape = { name: 'options', form: form(entry, 'source, { signal, length }'), members };
  const { signal, length } = membersArgument(options, shape);
  const { gateway, name, output } = entry;
  const feed = new Feed(source, length);
  try {
    const text = jsonText(arguments_ ?? {});
    feed.begin();
    const answer = await unless(
      signalOf(signal),
      (token) => client.run(gateway, name, text, feed.native, token),
      (kind) => (kind === 'media' ? feed.failure : undefined),
    );
    return outputOf(output, answer);
  } finally {
    feed.close();
  }
}

async function download(
  client: NativeClient,
  entry: Entry,
  arguments_: unknown,
  options: unknown,
): Promise<Download> {
  const signal = signalArgument(options, entry);
  const text = jsonText(arguments_ ?? {});
  const cancellation = new Cancellation(signal);
  const { gateway, name } = entry;
  try {
    const opened = await cancellation.settle(() =>
      client.download(gateway, name, text, cancellation.token),
    );
    return new Download(opened, cancellation);
  } catch (error) {
    cancellation.end();
    throw error;
  }
}

/** What a call answers, from its JSON. */
export function outputOf(name: string | null, text: string): unknown {
  const output = JSON.parse(text) as object | null;
  return output === null ? undefined : printedMasked(name ?? 'Output', output);
}

/** The type that a call answers with. */
export function outputName(gateway: string, name: string): string | null {
  const calls = new Map(Object.entries(CALLS[gateway] ?? {}));
  return calls.get(name)?.[1] ?? null;
}
