/** The client. */
import { inspect } from 'node:util';

import type { CallsByGateway } from './generated/calls';
import type { Message } from './generated/message';
import type { Metrics, Receipt } from './generated/results';
import { Answer } from './answer';
import { membersArgument, objectArgument, textArgument } from './arguments';
import { type MessageSource, Sending, type SendResult, sourceArgument } from './bulk';
import { type CallOptions, GATEWAYS_WITH_CALLS } from './calls';
import { signalOf, unless } from './cancellation';
import { traced } from './diagnostics';
import { call } from './errors';
import { jsonText } from './json';
import { printedMasked } from './masking';
import { native, type NativeClient, type NativeFailover } from './native';
import { hookArgument, hooked, type OnRetry } from './retry';
import { type ClientSettings, type GatewayId, settingsText } from './settings';

/** A message: an object, or its JSON as text or bytes in UTF-8. */
export type MessageInput = Message | string | Uint8Array;

export interface SendOptions {
  /** Calls the send off. */
  signal?: AbortSignal | undefined;
}

/** Sends one message through what can. */
export async function sendThrough(
  sender: NativeClient | NativeFailover,
  message: MessageInput,
  signal: object | undefined,
): Promise<Receipt> {
  const listened = signalOf(signal);
  const text = jsonText(message);
  return traced(sender.gateway as GatewayId, async () => {
    const receipt = await unless(listened, (token) => sender.send(text, token));
    return printedMasked('Receipt', JSON.parse(receipt) as Receipt);
  });
}

const FORM = "new Client({ gateway: 'devino-v2', apiKey: '…' })";
const SEND_OPTIONS = {
  name: 'options',
  form: 'client.send(message, { signal })',
  members: { signal: 'object' },
} as const;

const SEND_MANY_OPTIONS = {
  name: 'options',
  form: 'client.sendMany(messages, { signal })',
  members: { signal: 'object' },
} as const;

const CALL_OPTIONS = {
  name: 'options',
  form: "client.call('GET', '/v1/…', undefined, { signal })",
  members: { signal: 'object' },
} as const;

/** What a client by the variables of the environment can have besides. */
export interface EnvironmentOptions {
  /** What is called before each retry. */
  onRetry?: OnRetry | undefined;
}

/** What the native module has of a client; `undefined` for what is none. */
export let nativeOf: (client: object) => NativeClient | undefined;

/** The calls beyond sending, by their gateways. Those of another gateway than the client's are refused. */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type, @typescript-eslint/no-unsafe-declaration-merging -- The class defines them by the table that the types are made of.
export interface Client extends CallsByGateway {}

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
// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging -- As above.
export class Client {
  readonly #native: NativeClient;
  readonly #calls = new Map<string, object>();

  static {
    nativeOf = (client) => (#native in client ? client.#native : undefined);
    for (const [property, callsOf] of GATEWAYS_WITH_CALLS) {
      Object.defineProperty(this.prototype, property, {
        configurable: true,
        get(this: Client): object {
          const calls = this.#calls.get(property) ?? callsOf(this.#native);
          this.#calls.set(property, calls);
          return calls;
        },
      });
    }
  }

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
      const { gateway, onRetry, ...others } = given;
      const id = textArgument(gateway, 'gateway');
      const text = settingsText(others, FORM);
      this.#native = hooked(hookArgument(onRetry), (hook) => new native.Client(id, text, hook));
    }
  }

  /**
   * A client of a gateway with what the variables `WAMUX_*` say: one for every setting, such as `WAMUX_API_KEY`. An empty
   * variable counts as absent. In a worker thread, these are the variables of the process.
   *
   * @throws {ConfigurationError} for an unknown gateway, and for a variable that is missing or wrong.
   */
  static fromEnvironment(gateway: GatewayId, options: EnvironmentOptions = {}): Client {
    const id = textArgument(gateway, 'gateway');
    const form = 'Client.fromEnvironment(gateway, { onRetry })';
    const shape = { name: 'options', form, members: { onRetry: 'function' } } as const;
    const hook = hookArgument(membersArgument(options, shape).onRetry);
    // Another form of the constructor's argument, which is nobody else's.
    const made: unknown = hooked(hook, (hook) => native.Client.fromEnvironment(id, hook));
    return new Client(made as ClientSettings);
  }

  /** The gateway's id. */
  get gateway(): GatewayId {
    return this.#native.gateway as GatewayId;
  }

  /**
   * Sends one message: checks it, makes an attempt, and repeats it where the gateway does not have the message and it can
   * succeed later, as the setting `retries` says. Accepted is not delivered: that is told by a
   * later status event with the receipt's `message_id`.
   *
   * A signal that is aborted rejects with a `CancelledError`, whose `cause` is the signal's reason. Its `delivery` is
   * `not_sent` where no byte of the message had left, else `unknown`: the gateway may have the message or not.
   *
   * @throws {ValidationError} or {@link UnsupportedError} where the message breaks a rule; nothing is sent then.
   * @throws {WamuxError} of the kind of what the gateway or the network refused; `delivery` tells whether the gateway may
   * have the message.
   * @throws {TypeError} for options that are not these.
   *
   * Each send is told to the subscribers of the tracing channel `wamux:send` of `node:diagnostics_channel`.
   */
  async send(message: MessageInput, options: SendOptions = {}): Promise<Receipt> {
    return sendThrough(this.#native, message, membersArgument(options, SEND_OPTIONS).signal);
  }

  /**
   * Sends messages as they come, and gives the results as they come, each with the index of its message. What is wrong with
   * one message is its own result, and stops no other.
   *
   * ```ts
   * for await (const { index, receipt, error } of client.sendMany(messages)) {
   *   await note(index, error ? error.delivery : receipt.message_id);
   * }
   * ```
   *
   * As many requests are under way at once as the setting `concurrency` says, so that results can overtake each other; where
   * the gateway takes several messages in one request, those that are there already go together. Nothing begins before the
   * first result is asked for. Of `messages`, an iterable or async iterable, no more are taken than these requests can carry,
   * and no more than that while results wait to be taken: a campaign of any size needs little memory.
   *
   * - Leaving the loop calls off what is under way, and closes the source of the messages.
   * - What the source throws ends the sending: the loop is given the results of what is under way, and throws then just that.
   * - A signal that is aborted closes the source. The loop is given a `CancelledError` for each message that was under way,
   *   whose `delivery` says whether the gateway may have it; then it throws a `CancelledError`, too. The `cause` of all is the
   *   signal's reason. A message without a result has not been sent.
   *
   * Each message is told to the subscribers of the tracing channel `wamux:send`, as that of a `send` is.
   *
   * @throws {TypeError} for what is neither an iterable nor an async iterable, and for options that are not these.
   */
  sendMany(
    messages: MessageSource,
    options: SendOptions = {},
  ): AsyncIterableIterator<SendResult, undefined> & AsyncDisposable {
    const signal = signalOf(membersArgument(options, SEND_MANY_OPTIONS).signal);
    return new Sending(this.#native, sourceArgument(messages), signal);
  }

  /**
   * Calls the gateway where there is no method for the call: with its address and credentials, and a path and body of the
   * caller's own. `path` is empty or begins with a slash, and can have a query; `body` is a value, or JSON as text or bytes.
   *
   * ```ts
   * const answer = await client.call('GET', '/v1/settings/profile/about');
   * answer.json();
   * ```
   *
   * @throws {ValidationError} for a wrong path, {@link UnsupportedError} for one that the gateway is known to keep to itself,
   * and {@link ConfigurationError} for a method that is none.
   * @throws {WamuxError} of the kind of what the gateway or the network refused: any status but 200 to 299, and a failure
   * that the gateway tells of under one of these.
   */
  async call(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body?: unknown,
    options: CallOptions = {},
  ): Promise<Answer> {
    const signal = signalOf(membersArgument(options, CALL_OPTIONS).signal);
    const verb = textArgument(method, 'method');
    const place = textArgument(path, 'path');
    const bytes = body === undefined ? undefined : Buffer.from(jsonText(body));
    return new Answer(
      await unless(signal, (token) => this.#native.call(verb, place, bytes, token)),
    );
  }

  /**
   * What this client has counted since it was made: messages, requests, retries, and how long they took. It waits for
   * nothing.
   */
  metrics(): Metrics {
    return JSON.parse(call(() => this.#native.metrics())) as Metrics;
  }

  /** Shows the gateway's id: neither credentials nor addresses. */
  [inspect.custom](): string {
    return `Client { gateway: '${this.gateway}' }`;
  }
}
