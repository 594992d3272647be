/** The messages of a gateway one after another (chat-api). */
import type { GetMessagesArguments } from './generated/calls';
import type { Event } from './generated/results';
import { membersArgument } from './arguments';
import type { CallOptions } from './calls';
import { signalOf, unless } from './cancellation';
import { call } from './errors';
import { jsonText } from './json';
import { printedMasked } from './masking';
import type { NativeClient, NativeMessages } from './native';

/**
 * The messages of an instance as events, each once and in order. A loop over them ends where there is nothing new just now;
 * another loop asks for what came since.
 */
export interface Messages extends AsyncIterable<Event> {
  /**
   * The number of the last message that a loop was given: as `last_message_number` it is where a later run goes on, in
   * another process too.
   */
  readonly position: number | undefined;
}

/** What `client.chatApi` has besides its calls. */
export interface MessageReading {
  /**
   * Reads messages page by page, those that came in and those that were sent. `limit` is how many a page has.
   *
   * ```ts
   * const messages = client.chatApi.iterateMessages({ last_message_number: await lastNumber() });
   * for await (const event of messages) {
   *   await handle(event);
   *   await keep(messages.position);
   * }
   * ```
   *
   * @throws {ValidationError} where an argument breaks a rule, and {@link UnsupportedError} where the client is another
   * gateway's. Loops throw what `getMessages` does.
   */
  readonly iterateMessages: (
    arguments_?: Omit<GetMessagesArguments, 'last'>,
    options?: CallOptions,
  ) => Messages;
}

const OPTIONS = {
  name: 'options',
  form: 'client.chatApi.iterateMessages({ … }, { signal })',
  members: { signal: 'object' },
} as const;

export function messageReading(client: NativeClient): MessageReading {
  return {
    iterateMessages(arguments_ = {}, options = {}) {
      const signal = signalOf(membersArgument(options, OPTIONS).signal);
      const text = jsonText(arguments_);
      const pages = call(() => client.messages(text));
      return new Pages(pages, arguments_.last_message_number ?? undefined, signal);
    },
  };
}

/** What the native module tells of a page. */
interface Page {
  events: Event[];
  position: number | null;
  done: boolean;
}

class Pages implements Messages {
  position: number | undefined;
  readonly #native: NativeMessages;
  readonly #signal: AbortSignal | undefined;
  /** What of the last page no loop was given yet. */
  readonly #rest: Event[] = [];

  constructor(
    pages: NativeMessages,
    position: number | undefined,
    signal: AbortSignal | undefined,
  ) {
    this.#native = pages;
    this.position = position;
    this.#signal = signal;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Event, void, undefined> {
    for (;;) {
      yield* this.#given();
      const text = await unless(this.#signal, (token) => this.#native.next(token));
      const { events, position, done } = JSON.parse(text) as Page;
      this.#rest.push(...events);
      yield* this.#given();
      this.position = position ?? this.position;
      if (done) {
        return;
      }
    }
  }

  *#given(): Generator<Event, void, undefined> {
    for (let event = this.#rest.shift(); event; event = this.#rest.shift()) {
      if (event.type === 'message' && event.sequence !== undefined) {
        this.position = event.sequence;
      }
      yield printedMasked('Event', event);
    }
  }
}
