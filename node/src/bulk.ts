/** Many messages through one client. */
import type { ErrorDocument, Receipt } from './generated/results';
import { Cancellation } from './cancellation';
import type { MessageInput } from './client';
import { SendTraces } from './diagnostics';
import { call, errorOf, type NativeError, WamuxError } from './errors';
import { jsonText } from './json';
import { printedMasked } from './masking';
import type { NativeClient, NativeSending } from './native';
import type { GatewayId } from './settings';

/** Messages, as many as there are. */
export type MessageSource = Iterable<MessageInput> | AsyncIterable<MessageInput>;

/** What became of one message: it was accepted, or there is an error. */
export type SendResult =
  | {
      /** The position of the message, from 0. */
      index: number;
      receipt: Receipt;
      error?: undefined;
    }
  | {
      /** The position of the message, from 0. */
      index: number;
      error: WamuxError;
      receipt?: undefined;
    };

/** A result as it crosses. */
type NativeResult = { index: number } & ({ receipt: Receipt } | { error: NativeError });

/** How many messages cross at once where they go one by one. */
const CROSSING = 64;

const END = { done: true, value: undefined } as const;

interface Begun {
  native: NativeSending;
  cancellation: Cancellation;
}

type Source = Iterator<unknown> | AsyncIterator<unknown>;

/** What `messages` can be; a text or bytes would be a list of characters or numbers. */
export function sourceArgument(value: unknown): MessageSource {
  const isSource =
    typeof value === 'object' &&
    value !== null &&
    !(value instanceof Uint8Array) &&
    (Symbol.asyncIterator in value || Symbol.iterator in value);
  if (!isSource) {
    throw new TypeError('`messages` must be an iterable or async iterable of messages');
  }
  return value as MessageSource;
}

/**
 * The results of one sending. It reads the source as far as requests can carry the messages, passes them to the native module
 * several at once, and takes from there all results that are ready.
 */
export class Sending implements AsyncIterableIterator<SendResult, undefined>, AsyncDisposable {
  readonly #client: NativeClient;
  readonly #messages: MessageSource;
  readonly #signal: AbortSignal | undefined;
  readonly #traces: SendTraces;
  /** How many messages may be taken that were not given a result yet. */
  readonly #most: number;
  /** How many messages cross at once at most. */
  readonly #crossing: number;

  #begun: Begun | undefined;
  /** Where messages come from, until it has ended or is closed. */
  #source: Source | undefined;
  /** Whether the source was asked for a message that has not come yet. */
  #isAsked = false;
  #taken = 0;
  /** What has not crossed yet; `null` stands for a message that has its result. */
  #waiting: (string | null)[] = [];
  /** How many messages the native module has. */
  #underWay = 0;
  #isReading = false;
  readonly #ready: SendResult[] = [];
  #given = 0;
  /** What the sending ends with. */
  #failure: { error: unknown } | undefined;
  #ended = false;
  /** Who waits for a result. */
  #takers: (() => void)[] = [];
  /** Goes on with the source, which waits for a result to be taken. */
  #wakeSource: (() => void) | undefined;

  constructor(client: NativeClient, messages: MessageSource, signal: AbortSignal | undefined) {
    this.#client = client;
    this.#traces = new SendTraces(client.gateway as GatewayId);
    this.#messages = messages;
    this.#signal = signal;
    this.#most = client.atOnce;
    this.#crossing = Math.max(client.batchSize, CROSSING);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<SendResult, undefined>> {
    this.#begin();
    for (;;) {
      const value = this.#ready.shift();
      if (value) {
        this.#given += 1;
        this.#wakeSource?.();
        return { done: false, value };
      }
      if (this.#ended || this.#isSettled()) {
        const failure = this.#failure;
        this.#end();
        if (failure) {
          throw failure.error;
        }
        return END;
      }
      await new Promise<void>((resolve) => this.#takers.push(resolve));
    }
  }

  async return(): Promise<IteratorResult<SendResult, undefined>> {
    this.#end();
    await this.#closeSource();
    return END;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }

  /** Whether all messages that were taken have their results, and no more are. */
  #isSettled(): boolean {
    return !this.#source && this.#waiting.length === 0 && this.#underWay === 0 && !this.#isReading;
  }

  #begin(): void {
    if (this.#begun || this.#ended) {
      return;
    }
    const cancellation = new Cancellation(this.#signal);
    const native = call(() => this.#client.sendMany(cancellation.token));
    this.#begun = { native, cancellation };
    if (this.#signal?.aborted) {
      void this.#read(this.#begun);
      return;
    }
    cancellation.whenAborted = () => {
      this.#abort();
    };
    try {
      this.#source = iterator(this.#messages);
    } catch (error) {
      this.#failure = { error };
      return;
    }
    void this.#take(this.#source);
  }

  /** Takes messages until the source has ended or is closed. */
  async #take(source: Source): Promise<void> {
    try {
      while (this.#source) {
        if (this.#taken - this.#given >= this.#most) {
          await new Promise<void>((resolve) => (this.#wakeSource = resolve));
          continue;
        }
        this.#isAsked = true;
        const { done, value } = (await source.next()) as IteratorResult<unknown, unknown>;
        this.#isAsked = false;
        if (done) {
          this.#source = undefined;
        } else if (this.#isTaking()) {
          this.#put(value);
        }
      }
    } catch (error) {
      // Of a source that is closed, nobody wants to know more.
      if (this.#source) {
        this.#source = undefined;
        this.#failure = { error };
      }
    }
    this.#wake();
  }

  /** Whether the source is open still: it can be closed while it is waited for. */
  #isTaking(): boolean {
    return this.#source !== undefined;
  }

  #put(message: unknown): void {
    const index = this.#taken;
    this.#taken += 1;
    this.#traces.begin(index);
    try {
      this.#waiting.push(jsonText(message));
    } catch (fault) {
      this.#waiting.push(null);
      this.#answer({ index, error: fault instanceof WamuxError ? fault : unreadable(fault) });
      this.#wake();
    }
    if (this.#waiting.length === this.#crossing) {
      this.#cross();
    } else if (this.#waiting.length === 1) {
      // What else comes in this turn of the event loop crosses with it.
      setImmediate(() => {
        this.#cross();
      });
    }
  }

  /** Passes what waits to the native module. */
  #cross(): void {
    const messages = this.#waiting;
    if (this.#begun && messages.length > 0) {
      this.#waiting = [];
      this.#underWay += messages.filter((message) => message !== null).length;
      this.#begun.native.push(messages);
      void this.#read(this.#begun);
    }
    this.#wake();
  }

  /** Reads results until nothing is under way; after an abort, until there is the error that it leads to. */
  async #read({ native, cancellation }: Begun): Promise<void> {
    if (this.#isReading) {
      return;
    }
    this.#isReading = true;
    try {
      while (this.#underWay > 0 || this.#signal?.aborted) {
        const text = await cancellation.settle(async () => native.results());
        if (text === null) {
          break;
        }
        for (const result of JSON.parse(text) as NativeResult[]) {
          this.#underWay -= 1;
          this.#answer(resultOf(result, cancellation));
        }
        this.#wake();
      }
    } catch (error) {
      this.#failure ??= { error };
      this.#abandonSource();
    }
    this.#underWay = 0;
    this.#isReading = false;
    this.#wake();
  }

  #answer(result: SendResult): void {
    this.#traces.end(result);
    this.#ready.push(result);
  }

  #abort(): void {
    if (this.#begun && !this.#isSettled()) {
      this.#waiting = [];
      this.#abandonSource();
      void this.#read(this.#begun);
    }
  }

  /** Ends all that is still going on. */
  #end(): void {
    this.#ended = true;
    this.#failure = undefined;
    this.#ready.length = 0;
    this.#waiting = [];
    this.#begun?.native.close();
    this.#begun?.cancellation.end();
    this.#wake();
  }

  /** Closes the source, and waits for that where the source does not wait for a message itself. */
  async #closeSource(): Promise<void> {
    const source = this.#source;
    this.#source = undefined;
    this.#wakeSource?.();
    const closing = (async (): Promise<unknown> => source?.return?.())();
    if (this.#isAsked) {
      // It ends once the message comes that it waits for.
      closing.catch(() => undefined);
    } else {
      await closing;
    }
  }

  /** Closes the source without waiting for it. */
  #abandonSource(): void {
    this.#closeSource().catch(() => undefined);
  }

  #wake(): void {
    const takers = this.#takers;
    this.#takers = [];
    for (const wake of takers) {
      wake();
    }
  }
}

function resultOf(result: NativeResult, cancellation: Cancellation): SendResult {
  const { index } = result;
  if ('receipt' in result) {
    return { index, receipt: printedMasked('Receipt', result.receipt) };
  }
  const cause = cancellation.causeOf(result.error.error.kind);
  return { index, error: errorOf(result.error, cause === undefined ? undefined : { cause }) };
}

/** The error of a message that threw an exception of its own. */
function unreadable(cause: unknown): WamuxError {
  const message = 'cannot be read: it throws an exception';
  const violation = { code: 'invalid', path: '', message, severity: 'error' } as const;
  const error: ErrorDocument = {
    kind: 'validation',
    delivery: 'not_sent',
    retryable: false,
    reasons: [],
    violations: [violation],
    attempts: [],
  };
  return errorOf({ line: `validation: the message ${message}`, error }, { cause });
}

function iterator(messages: MessageSource): Source {
  return Symbol.asyncIterator in messages
    ? messages[Symbol.asyncIterator]()
    : messages[Symbol.iterator]();
}
