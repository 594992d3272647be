/** What tests need: all gateways on loopback. */
import { inspect } from 'node:util';

import { call, settle } from './errors';
import { native, type NativeSandbox } from './native';
import { camelCaseSettings, type ClientSettings, type GatewayId } from './settings';

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

/** What goes wrong with the next send calls. */
export interface Fault {
  /** What goes wrong. */
  fault: 'refuse' | 'delay' | 'cut' | 'html_504' | 'rate_limited' | 'truncated';
  /** The gateway; absent: whichever is called next. `refuse` has none. */
  gateway?: GatewayId | undefined;
  /** How many send calls it strikes; 1 where absent. */
  count?: number | undefined;
  /** How long `refuse` and `delay` last, in seconds; 1 where absent. */
  seconds?: number | undefined;
  /** The seconds in the header `Retry-After` of `rate_limited`; 1 where absent. */
  retry_after?: number | undefined;
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
   */
  static async start(options: SandboxOptions = {}): Promise<Sandbox> {
    const { port, callbackDelay, rapportoDeduplicates, tujengeSentStatus, keepMessages } = options;
    const given = JSON.stringify({
      port,
      callback_delay: callbackDelay,
      rapporto_deduplicates: rapportoDeduplicates,
      tujenge_sent_status: tujengeSentStatus,
      keep_messages: keepMessages,
    });
    return new Sandbox(await settle(() => native.Sandbox.start(given)));
  }

  /** Its address, such as `http://127.0.0.1:8420`. */
  get url(): string {
    return this.#native.url;
  }

  /** The base URL to give a client of a gateway. */
  baseUrl(gateway: GatewayId): string {
    return call(() => this.#native.baseUrl(gateway));
  }

  /** The settings of a client of a gateway: `new Client(sandbox.settings('devino-v2'))`. */
  settings(gateway: GatewayId): ClientSettings {
    const settings = JSON.parse(call(() => this.#native.settings(gateway))) as Record<
      string,
      string
    >;
    return { gateway, ...camelCaseSettings(settings) };
  }

  /** The messages accepted so far, the oldest first. */
  get messages(): StoredMessage[] {
    return JSON.parse(call(() => this.#native.messages())) as StoredMessage[];
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
   * Takes a fault script. It strikes the next send calls, after the scripts that wait already; `refuse` begins at once.
   *
   * @throws {ConfigurationError} for a fault that is none.
   */
  inject(fault: Fault): void {
    call(() => {
      this.#native.inject(JSON.stringify(fault));
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
