/** The client. */
import { inspect } from 'node:util';

import type { Message } from './generated/message';
import type { Receipt } from './generated/results';
import { membersArgument, objectArgument, textArgument } from './arguments';
import { call, settle, thrown } from './errors';
import { jsonText } from './json';
import { printedMasked } from './masking';
import { native, type NativeClient } from './native';
import { type ClientSettings, type GatewayId, settingsText } from './settings';

/** A message: an object, or its JSON as text or bytes in UTF-8. */
export type MessageInput = Message | string | Uint8Array;

export interface SendOptions {
  /** Calls the send off. */
  signal?: AbortSignal | undefined;
}

const FORM = "new Client({ gateway: 'devino-v2', apiKey: '…' })";
const SEND_OPTIONS = {
  name: 'options',
  form: 'client.send(message, { signal })',
  members: { signal: 'object' },
} as const;

function signalOf(options: unknown): AbortSignal | undefined {
  const { signal } = membersArgument(options, SEND_OPTIONS);
  // Contexts and libraries have classes of their own.
  if (signal && !('aborted' in signal && 'addEventListener' in signal)) {
    throw new TypeError('`signal` must be an AbortSignal');
  }
  return signal as AbortSignal | undefined;
}

/**
 * A client of one gateway. It has a pool of connections; make one and keep it.
 *
 * ```ts
 * const client = new Client({ gateway: 'devino-v2', apiKey: '…', from: 'MyCompany' });
 * const receipt = await client.send({
 *   to: '8 (903) 456-78-90',
 *   type: 'text',
 *   text: { body: 'Code: 1234' },
 * });
 * ```
 */
export class Client {
  readonly #native: NativeClient;

  /**
   * A client of a gateway.
   *
   * @throws {ConfigurationError} for an unknown gateway, and for a setting that is missing, wrong or unknown.
   * @throws {TypeError} for what is not one object with a gateway.
   */
  constructor(settings: ClientSettings) {
    if (settings instanceof native.Client) {
      this.#native = settings;
    } else {
      const given = objectArgument(settings, 'settings', FORM) as Partial<ClientSettings>;
      if (given.gateway === undefined) {
        throw new TypeError(`a client needs a \`gateway\`; write ${FORM}`);
      }
      const { gateway, ...others } = given;
      const id = textArgument(gateway, 'gateway');
      const text = settingsText(others, FORM);
      this.#native = call(() => new native.Client(id, text));
    }
  }

  /**
   * A client of a gateway with what the variables `WAMUX_*` say: one for every setting, such as `WAMUX_API_KEY`. An empty
   * variable counts as absent. In a worker thread, these are the variables of the process.
   *
   * @throws {ConfigurationError} for an unknown gateway, and for a variable that is missing or wrong.
   */
  static fromEnvironment(gateway: GatewayId): Client {
    // Another form of the constructor's argument, which is nobody else's.
    const id = textArgument(gateway, 'gateway');
    const made: unknown = call(() => native.Client.fromEnvironment(id));
    return new Client(made as ClientSettings);
  }

  /** The gateway's id. */
  get gateway(): GatewayId {
    return this.#native.gateway as GatewayId;
  }

  /**
   * Sends one message: checks it, makes one attempt, and reads the answer. Accepted is not delivered: that is told by a
   * later status event with the receipt's `message_id`.
   *
   * A signal that is aborted rejects with a `CancelledError`, whose `cause` is the signal's reason. Its `delivery` is
   * `not_sent` where nothing had begun, else `unknown`: the gateway may have the message or not.
   *
   * @throws {ValidationError} or {@link UnsupportedError} where the message breaks a rule; nothing is sent then.
   * @throws {WamuxError} of the kind of what the gateway or the network refused; `delivery` tells whether the gateway may
   * have the message.
   * @throws {TypeError} for options that are not these.
   */
  async send(message: MessageInput, options: SendOptions = {}): Promise<Receipt> {
    const signal = signalOf(options);
    const text = jsonText(message);
    const receipt = signal
      ? await this.#sendUnless(text, signal)
      : await settle(() => this.#native.send(text));
    return printedMasked('Receipt', JSON.parse(receipt) as Receipt);
  }

  async #sendUnless(text: string, signal: AbortSignal): Promise<string> {
    const token = new native.CancelToken();
    const cancel = (): void => {
      token.cancel();
    };
    if (signal.aborted) {
      cancel();
    }
    signal.addEventListener('abort', cancel, { once: true });
    try {
      return await this.#native.send(text, token);
    } catch (fault) {
      const error = thrown(fault);
      if ('kind' in error && error.kind === 'cancelled') {
        throw thrown(fault, { cause: signal.reason as unknown });
      }
      throw error;
    } finally {
      signal.removeEventListener('abort', cancel);
    }
  }

  /** Shows the gateway's id: neither credentials nor addresses. */
  [inspect.custom](): string {
    return `Client { gateway: '${this.gateway}' }`;
  }
}
