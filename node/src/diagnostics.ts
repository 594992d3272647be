/** What is told to those who listen: the tracing channels `wamux:send` and `wamux:inbox` of `node:diagnostics_channel`. */
import { type TracingChannel, tracingChannel } from 'node:diagnostics_channel';

import type { Receipt } from './generated/results';
import type { SendResult } from './bulk';
import { WamuxError } from './errors';
import type { GatewayId } from './settings';

/** What subscribers of the tracing channel `wamux:send` get: one object for all events of a send. */
export interface SendTrace {
  /** The gateway's id; of a `Failover` that of the first client until the send ends, then that of the last one tried. */
  gateway: GatewayId;
  /** The receipt, once there is one. */
  result?: Receipt;
  /** What `send` rejects with. */
  error?: unknown;
}

/** What subscribers of the tracing channel `wamux:inbox` get: one object for all events of an attempt at handling an event. */
export interface InboxTrace {
  /** The gateway's id. */
  gateway: GatewayId;
  /** What the client is called. */
  alias: string;
  /** What the event is known by. */
  key: string;
  /** Which attempt it is, from 1. */
  attempt: number;
  /** What the handler threw. */
  error?: unknown;
}

const SEND = tracingChannel<unknown, SendTrace>('wamux:send');
const INBOX = tracingChannel<unknown, InboxTrace>('wamux:inbox');

/** Whether somebody listens. */
function isHeard<T extends object>(channel: TracingChannel<unknown, T>): boolean {
  // Node 20.9 does not say this of the channel as a whole.
  const { start, end, asyncStart, asyncEnd, error } = channel;
  return [start, end, asyncStart, asyncEnd, error].some((channel) => channel.hasSubscribers);
}

/** Handles an event, and tells of it only where somebody listens. */
export async function tracedHandling(
  trace: InboxTrace,
  handle: () => Promise<void>,
): Promise<void> {
  return isHeard(INBOX) ? INBOX.tracePromise(handle, trace) : handle();
}

/** Sends, and tells of it only where somebody listens. */
export async function traced(gateway: GatewayId, send: () => Promise<Receipt>): Promise<Receipt> {
  if (!isHeard(SEND)) {
    return send();
  }
  const trace: SendTrace = { gateway };
  return SEND.tracePromise(async () => {
    try {
      const receipt = await send();
      trace.gateway = receipt.gateway as GatewayId;
      return receipt;
    } catch (error) {
      if (error instanceof WamuxError && error.gateway !== undefined) {
        trace.gateway = error.gateway as GatewayId;
      }
      throw error;
    }
  }, trace);
}

/** Tells of the messages of one sending: of each one that began while somebody listened. */
export class SendTraces {
  readonly #gateway: GatewayId;
  readonly #ends = new Map<number, (result: SendResult) => void>();

  constructor(gateway: GatewayId) {
    this.#gateway = gateway;
  }

  /** The message of this index begins. */
  begin(index: number): void {
    if (isHeard(SEND)) {
      const ended = new Promise<Receipt>((resolve, reject) => {
        this.#ends.set(index, ({ receipt, error }) => {
          if (receipt) {
            resolve(receipt);
          } else {
            reject(error);
          }
        });
      });
      // Who sends is given the error as a result.
      traced(this.#gateway, async () => ended).catch(() => undefined);
    }
  }

  /** A message has its result. */
  end(result: SendResult): void {
    if (this.#ends.size > 0) {
      this.#ends.get(result.index)?.(result);
      this.#ends.delete(result.index);
    }
  }
}
