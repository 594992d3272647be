/** What tests need: all gateways on loopback. */
import { inspect } from 'node:util';

import { membersArgument, textArgument } from './arguments';
import { call, settle } from './errors';
import { printedMasked } from './masking';
import { native, type NativeSandbox } from './native';
import { camelCaseSettings, type ClientSettings, type GatewayId, snakeCase } from './settings';

/** How a sandbox behaves. */
export interface SandboxOptions {
  /** The port on 127.0.0.1; 0, the default, takes a free one. */
  port?: number | undefined;
  /** The pause before each status callback and between a message's states, in seconds; 0.05 by default. */
  callbackDelay?: number | undefined;
  /** Whether Rapporto sends a message with a repeated `id` only once, and gives the first number again. */
  rapportoDeduplicates?: boolean | undefined;
  /** Whether Tujenge posts the status `sent` before `delivered`. */
  tujengeSentStatus?: boolean | undefined;
  /** How many accepted messages are kept, the oldest going first; 100,000 by default. */
  keepMessages?: number | undefined;
}

/** What goes wrong with the next calls: those that send, or those of a `path`. Only `kind` is needed; each other member says what its absence means. */
export interface Fault {
  /** What goes wrong. */
  kind:
    | 'refuse'
    | 'delay'
    | 'cut'
    | 'html_504'
    | 'rate_limited'
    | 'truncated'
    | 'duplicated_callbacks'
    | 'batched_callbacks'
    | 'reversed_callbacks'
    | 'repeated_page'
    | 'empty_page';
  /** The gateway; absent: whichever is called next. `refuse` has none. */
  gateway?: GatewayId | undefined;
  /** What the paths of the calls begin with below the base URL, such as `/v1/media`; absent: calls that send. */
  path?: string | undefined;
  /** How many calls it strikes; 1 where absent. */
  count?: number | undefined;
  /** How long `refuse` and `delay` last, in seconds; 1 where absent. */
  seconds?: number | undefined;
  /** The seconds in the header `Retry-After` of `rate_limited`; 1 where absent. */
  retryAfter?: number | undefined;
  /** After how many bytes of the request a `cut` comes, or of the answer a `truncated`; absent: after all, or half of it. */
  afterBytes?: number | undefined;
  /** Whether the message is accepted although its answer is lost; false for `rate_limited`, else true, where absent. */
  accepts?: boolean | undefined;
}

/** A message that the sandbox accepted. */
export interface StoredMessage {
  /** The gateway's id. */
  gateway: GatewayId;
  /** The id that the gateway gave in its answer. */
  id: string;
  /** The recipient in the gateway's form. */
  to: string;
  /** The path of the call that brought it. */
  path: string;
  /** When it was accepted: RFC 3339, UTC. */
  at: string;
  /** The message as received, without credentials. */
  body: unknown;
}

/** How often the gateways were called. */
export interface Counts {
  /** Send calls whose request was read. */
  requests: number;
  /** Messages accepted. */
  accepted: number;
}

const SANDBOX_OPTIONS = {
  name: 'options',
  form: 'Sandbox.start({ port: 8420 })',
  members: {
    port: 'number',
    callbackDelay: 'number',
    rapportoDeduplicates: 'boolean',
    tujengeSentStatus: 'boolean',
    keepMessages: 'number',
  },
} as const;
const FAULT = {
  name: 'fault',
  form: "sandbox.inject({ kind: 'cut' })",
  members: {
    kind: 'string',
    gateway: 'string',
    path: 'string',
    count: 'number',
    seconds: 'number',
    retryAfter: 'number',
    afterBytes: 'number',
    accepts: 'boolean',
  },
} as const;

/** Members as JSON has them: in snake case. */
function jsonOf(members: Record<string, unknown>): string {
  const renamed = Object.entries(members).map(([name, value]) => [snakeCase(name), value]);
  return JSON.stringify(Object.fromEntries(renamed));
}

/**
 * All gateways on loopback, in this process. It does not keep the process alive.
 *
 * ```ts
 * await using sandbox = await Sandbox.start();
 * const client = new Client(sandbox.settings('devino-v2'));
 * ```
 */
export class Sandbox implements AsyncDisposable {
  readonly #native: NativeSandbox;

  private constructor(started: NativeSandbox) {
    this.#native = started;
  }

  /**
   * Starts a sandbox.
   *
   * @throws {ConfigurationError} for a wrong option, and where the port is taken.
   * @throws {TypeError} for options that are not these, or of another type.
   */
  static async start(options: SandboxOptions = {}): Promise<Sandbox> {
    const given = jsonOf(membersArgument(options, SANDBOX_OPTIONS));
    return new Sandbox(await settle(() => native.Sandbox.start(given)));
  }

  /** Its address, such as `http://127.0.0.1:8420`. */
  get url(): string {
    return this.#native.url;
  }

  /** The base URL to give a client of a gateway. */
  baseUrl(gateway: GatewayId): string {
    const id = textArgument(gateway, 'gateway');
    return call(() => this.#native.baseUrl(id));
  }

  /** The settings of a client of a gateway: `new Client(sandbox.settings('devino-v2'))`. */
  settings(gateway: GatewayId): ClientSettings {
    const id = textArgument(gateway, 'gateway');
    const settings = JSON.parse(call(() => this.#native.settings(id))) as Record<string, string>;
    return { gateway, ...camelCaseSettings(settings) };
  }

  /** The messages accepted so far, the oldest first. */
  get messages(): StoredMessage[] {
    const messages = JSON.parse(call(() => this.#native.messages())) as StoredMessage[];
    return messages.map((message) => printedMasked('StoredMessage', message));
  }

  /** Send calls received and messages accepted since the start or the last `clear`. */
  get counts(): Counts {
    return JSON.parse(call(() => this.#native.counts())) as Counts;
  }

  /** Forgets messages and counts; faults that still wait stay. */
  clear(): void {
    call(() => {
      this.#native.clear();
    });
  }

  /**
   * Takes a fault script. It strikes the next calls that it means, after the scripts that wait already; `refuse` begins at once.
   * Absent members have their defaults: a `count` of 1, any `gateway`, `seconds` and `retryAfter` of 1.
   *
   * ```ts
   * sandbox.inject({ kind: 'rate_limited', gateway: 'devino-v2', retryAfter: 3 });
   * ```
   *
   * @throws {ConfigurationError} for a fault that is none.
   * @throws {TypeError} for members that are not these, or of another type.
   */
  inject(fault: Fault): void {
    const { kind, ...others } = membersArgument(fault, FAULT);
    const script = jsonOf({ fault: textArgument(kind, 'kind'), ...others });
    call(() => {
      this.#native.inject(script);
    });
  }

  /** Stops: the port is free when the promise is settled. Calls under way have half a second to end. */
  async stop(): Promise<void> {
    await settle(() => this.#native.stop());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  [inspect.custom](): string {
    return `Sandbox { url: '${this.url}' }`;
  }
}
