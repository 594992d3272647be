/** Webhooks as handled events. */
import { inspect, type InspectOptions } from 'node:util';

import type { Event } from './generated/results';
import { bodyArgument, membersArgument, sizeArgument, textArgument } from './arguments';
import { type Authentication, nativeAuthenticationOf } from './authentication';
import { tracedHandling } from './diagnostics';
import { call, settle } from './errors';
import { printedMasked } from './masking';
import { native, type NativeInbox } from './native';
import { type GatewayId, snakeCase } from './settings';
import { headText, type InboxAnswer, type InboxHead, type InboxRequest } from './webhook';

/** An event on its way to the handler. */
export interface Notification {
  /** What the client is called. */
  alias: string;
  /** The gateway's id. */
  gateway: GatewayId;
  /** What the event is known by, the same at every attempt: 64 hexadecimal digits. */
  key: string;
  /**
   * Which attempt at handling the event this is, from 1. At a later one, the one before may have done all of its work, and its
   * process have ended before that was noted.
   */
  attempt: number;
  /**
   * Whether the event tells something new: `false` for a status of a message that has reached the same or a later one already
   * (accepted < sent < delivered < read; failed and deleted end), and for a status that nobody documented.
   */
  advances: boolean;
  /** What happened. */
  event: Event;
}

/** An event that was given up after its last attempt. */
export interface DeadEvent {
  /** What the event is known by. */
  key: string;
  /** How many attempts were made at handling it. */
  attempts: number;
  /** Why the last one failed: the name and the message of what the handler threw. */
  error: string;
  /** What happened. */
  event: Event;
}

/** How an inbox works. Times are in seconds, above 0 (waits and `retention` also 0) and up to ten years. */
export interface InboxSettings {
  /** The gateway's id. */
  gateway: GatewayId;
  /**
   * Handles an event. The event is completed when what this returns is settled; where it throws or rejects, the attempt has
   * failed.
   */
  handler: (notification: Notification) => unknown;
  /** How the gateway is known; whoever wants to believe everybody says `Authentication.none()`. */
  authentication: Authentication;
  /**
   * Where events are until they are handled: `memory`, the default, `sqlite:PATH`, `redis://HOST:PORT/DATABASE`,
   * `rediss://…` over TLS, or `redis+unix:///PATH`.
   */
  store?: string | undefined;
  /** What this client is called, so that several can share a store; the gateway's id by default. */
  alias?: string | undefined;
  /** How many events are handled at once, from 1 to 100,000; 16 by default. Those of one chat or message go one by one. */
  concurrency?: number | undefined;
  /** How often handling an event is tried before it is dead, from 1 to 100,000; 20 by default. With `memory` the gateway decides. */
  attempts?: number | undefined;
  /** The wait after the first failed attempt; each further one is twice as long. 1 by default. */
  firstWait?: number | undefined;
  /** The longest wait between two attempts; 300 by default. */
  longestWait?: number | undefined;
  /** After how long without a sign of life from its process an event is handed to another; 60 by default. */
  lease?: number | undefined;
  /** For how long completed keys are known; 604,800 by default, which is seven days. */
  retention?: number | undefined;
}

const FORM = "new Inbox({ gateway: 'tujenge', handler, authentication })";
const SETTINGS = {
  name: 'settings',
  form: FORM,
  members: {
    gateway: 'string',
    handler: 'function',
    authentication: 'object',
    store: 'string',
    alias: 'string',
    concurrency: 'number',
    attempts: 'number',
    firstWait: 'number',
    longestWait: 'number',
    lease: 'number',
    retention: 'number',
  },
} as const;

/** The inboxes that somebody waits for: the native module does not hold their handlers. */
const AWAITED = new Map<symbol, Inbox>();

/**
 * The end of a gateway's webhooks: what is posted is stored, acknowledged, and handled at least once, and never again once its
 * handling was completed. It stands behind any HTTP server.
 *
 * ```ts
 * const inbox = new Inbox({
 *   gateway: 'tujenge',
 *   authentication: Authentication.header('X-Webhook-Secret', secret),
 *   store: 'sqlite:inbox.sqlite',
 *   async handler({ event, advances }) {
 *     if (event.type === 'status' && advances) await update(event.message_id, event.status);
 *   },
 * });
 * await inbox.start();
 * const { status, headers } = await inbox.receive({ method, path, headers, body });
 * ```
 *
 * It works until it is stopped, its thread ends, or nothing refers to it any more. By itself it does not keep the process
 * alive, as a server does; handlers that run do, until what became of their events is noted.
 *
 * Each attempt at handling an event is told to the subscribers of the tracing channel `wamux:inbox` of
 * `node:diagnostics_channel`, with what the handler threw.
 */
export class Inbox implements AsyncDisposable {
  readonly #native: NativeInbox;
  readonly #gateway: GatewayId;
  readonly #authentication: Authentication;
  readonly #handler: InboxSettings['handler'];
  /** How many handlers run. */
  #running = 0;
  /** Whether the process is kept alive for them. */
  #isKept = false;

  /**
   * An inbox that has not started.
   *
   * @throws {ConfigurationError} for an unknown gateway, a store that is none, and a setting out of its bounds.
   * @throws {TypeError} for settings that are missing, not these, or of another type.
   */
  constructor(settings: InboxSettings) {
    const given = membersArgument(settings, SETTINGS);
    const { gateway, handler, authentication, ...others } = given;
    if (gateway === undefined || handler === undefined) {
      throw new TypeError(`an inbox needs a \`gateway\` and a \`handler\`; write ${FORM}`);
    }
    const known = authentication && nativeAuthenticationOf(authentication);
    if (!known) {
      throw new TypeError(
        '`authentication` must be an Authentication; who wants none says Authentication.none()',
      );
    }
    this.#gateway = gateway as GatewayId;
    this.#authentication = authentication as Authentication;
    this.#handler = handler as InboxSettings['handler'];
    const texts = Object.entries(others).map(([name, value]) => [snakeCase(name), String(value)]);
    const text = JSON.stringify(Object.fromEntries(texts));
    // The garbage collector does not see what the native module holds: a handler that knows its inbox would keep both.
    const held = new WeakRef(this);
    const handle = async (notification: string): Promise<string | undefined> => {
      const inbox = held.deref();
      // Without its inbox, what runs in the native module is about to end.
      return inbox ? inbox.#handle(notification) : new Promise(() => undefined);
    };
    this.#native = call(() => new native.Inbox(gateway, known, text, handle));
  }

  /** The gateway's id. */
  get gateway(): GatewayId {
    return this.#gateway;
  }

  /** What the client is called. */
  get alias(): string {
    return this.#native.alias;
  }

  /**
   * Opens the store, and begins to handle what waits there. `receive` does so where it was not done; a second time does
   * nothing.
   *
   * @throws {UnavailableError} where the store cannot be opened; the next call tries again.
   * @throws {ConfigurationError} where the inbox is stopped.
   */
  async start(): Promise<void> {
    await this.#settle(async () => this.#native.start());
  }

  /**
   * What to answer to a request whose body need not be read; `undefined` where it is to be read, and handed to `receive`. So
   * strangers cannot make a server read megabytes.
   *
   * @throws {TypeError} for what is no request.
   */
  checkHead(head: InboxHead): InboxAnswer | undefined {
    const text = headText(head);
    const answer = call(() => this.#native.checkHead(text));
    return answer === null ? undefined : (JSON.parse(answer) as InboxAnswer);
  }

  /**
   * Takes a webhook. The promise gives what to answer, once the events are stored; with the store `memory`, once they are
   * handled. The body must be as it came, since a signature is of its bytes.
   *
   * | status | when |
   * | --- | --- |
   * | 200 | the events are stored |
   * | 401, 403 | the credential is missing; it is wrong |
   * | 405 | another method than POST |
   * | 413 | a body over 1 MiB |
   * | 503 | the store could not take the events, a handler failed (`memory`), or the inbox is stopped: to be delivered again |
   *
   * @throws {UnavailableError} where the store, which this is the first to need, cannot be opened.
   * @throws {TypeError} for what is no request.
   */
  async receive(request: InboxRequest): Promise<InboxAnswer> {
    const head = headText(request);
    const body = bodyArgument(request.body, 'body');
    const answer = await this.#settle(async () => this.#native.receive(head, body));
    return JSON.parse(answer) as InboxAnswer;
  }

  /**
   * The dead events, the oldest first, at most `limit`. It handles none.
   *
   * @throws {UnavailableError} where the store does not answer.
   * @throws {ConfigurationError} where the inbox is stopped.
   */
  async dead(limit = 100): Promise<DeadEvent[]> {
    const most = sizeArgument(limit, 'limit');
    const dead = JSON.parse(await this.#settle(async () => this.#native.dead(most))) as (Omit<
      DeadEvent,
      'event'
    > & { event: string })[];
    return dead.map(({ event, ...others }) =>
      printedMasked('DeadEvent', { ...others, event: JSON.parse(event) as Event }),
    );
  }

  /**
   * Lets a dead event wait again, behind those of its chat or message; `false` where no dead event has the key.
   *
   * @throws {UnavailableError} where the store does not answer.
   * @throws {ConfigurationError} for what is no key, and where the inbox is stopped.
   */
  async revive(key: string): Promise<boolean> {
    const text = textArgument(key, 'key');
    return this.#settle(async () => this.#native.revive(text));
  }

  /**
   * How many events wait, those included that are being handled.
   *
   * @throws {UnavailableError} where the store does not answer.
   * @throws {ConfigurationError} where the inbox is stopped.
   */
  async waiting(): Promise<number> {
    return this.#settle(async () => this.#native.waiting());
  }

  /**
   * Takes no more, lets the handlers that run end, and closes the store. What is left is handled by the next inbox of this
   * alias at this store. `receive` answers 503 from now on.
   */
  async stop(): Promise<void> {
    await this.#settle(async () => this.#native.stop());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  /** Shows neither the secret nor the store, which may bear a password. */
  [inspect.custom](_depth: number, options: InspectOptions): string {
    const { gateway, alias } = this;
    return `Inbox ${inspect({ gateway, alias, authentication: this.#authentication }, options)}`;
  }

  /** Waits for the native module, and keeps this inbox for so long. */
  async #settle<T>(wait: () => Promise<T>): Promise<T> {
    const held = Symbol();
    AWAITED.set(held, this);
    try {
      return await settle(wait);
    } finally {
      AWAITED.delete(held);
    }
  }

  /** Handles a notification; the promise gives why that failed. */
  async #handle(text: string): Promise<string | undefined> {
    const notification = printedMasked('Notification', JSON.parse(text) as Notification);
    const { gateway, alias, key, attempt } = notification;
    this.#running += 1;
    this.#keepAlive().catch(() => undefined);
    try {
      await tracedHandling({ gateway, alias, key, attempt }, async () => {
        await this.#handler(notification);
      });
      return undefined;
    } catch (fault) {
      return wordsOf(fault);
    } finally {
      this.#running -= 1;
    }
  }

  /** Keeps the process alive until handlers have ended and what became of their events is noted. */
  async #keepAlive(): Promise<void> {
    if (!this.#isKept) {
      this.#isKept = true;
      do {
        await this.#settle(async () => this.#native.idle());
      } while (this.#running > 0);
      this.#isKept = false;
    }
  }
}

/** The name and the message of what a handler threw. */
function wordsOf(fault: unknown): string {
  try {
    // Errors of other contexts are no instances of `Error`.
    const { name, message } = Object(fault) as Partial<Error>;
    const words = typeof message === 'string' ? `${name ?? 'Error'}: ${message}` : String(fault);
    return words.toWellFormed();
  } catch {
    return 'the handler threw what has no words';
  }
}
