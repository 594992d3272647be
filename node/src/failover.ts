/** Several gateways for one message. */
import { inspect } from 'node:util';

import type { Receipt } from './generated/results';
import { membersArgument } from './arguments';
import { type Client, type MessageInput, nativeOf, sendThrough, type SendOptions } from './client';
import { call } from './errors';
import { native, type NativeFailover } from './native';

const FORM = 'new Failover([client, other])';
const SEND_OPTIONS = {
  name: 'options',
  form: 'failover.send(message, { signal })',
  members: { signal: 'object' },
} as const;

/**
 * Clients in the order in which they are tried.
 *
 * A message goes to the next client only where the one before has certainly not sent it, whatever the reason: it cannot say
 * the message, refuses it, or cannot be reached. What may have been sent is not sent a second time. Each client makes its own
 * retries first.
 *
 * ```ts
 * const failover = new Failover([devino, tujenge]);
 * const { gateway, attempts } = await failover.send(message);
 * ```
 */
export class Failover {
  /** The clients. */
  readonly clients: readonly Client[];
  readonly #native: NativeFailover;

  /**
   * Clients in the order in which they are tried.
   *
   * @throws {ConfigurationError} where there is none.
   * @throws {TypeError} for what is not a list of clients.
   */
  constructor(clients: readonly Client[]) {
    if (!Array.isArray(clients)) {
      throw new TypeError(`\`clients\` must be a list of clients; write ${FORM}`);
    }
    this.clients = Object.freeze([...(clients as readonly Client[])]);
    const natives = this.clients.map((client: unknown, index) => {
      const known = typeof client === 'object' && client !== null ? nativeOf(client) : undefined;
      if (!known) {
        throw new TypeError(`\`clients[${index}]\` must be a Client; write ${FORM}`);
      }
      return known;
    });
    this.#native = call(() => new native.Failover(natives));
  }

  /**
   * Sends one message through the first client that does not certainly fail. The attempts of the receipt, or of the error, are
   * those of all clients that were tried, in order, each with its gateway.
   *
   * @throws {WamuxError} that of the last client that was tried, as {@link Client.send} throws it. Where the signal is aborted,
   * no further client is tried.
   * @throws {TypeError} for options that are not these.
   */
  async send(message: MessageInput, options: SendOptions = {}): Promise<Receipt> {
    return sendThrough(this.#native, message, membersArgument(options, SEND_OPTIONS).signal);
  }

  [inspect.custom](): string {
    return `Failover ${inspect(this.clients)}`;
  }
}
