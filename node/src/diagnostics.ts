/** What is told of sends to those who listen: the tracing channel `wamux:send` of `node:diagnostics_channel`. */
import { tracingChannel } from 'node:diagnostics_channel';

import type { Receipt } from './generated/results';
import type { GatewayId } from './settings';

/** What subscribers of the tracing channel `wamux:send` get: one object for all events of a send. */
export interface SendTrace {
  /** The gateway's id. */
  gateway: GatewayId;
  /** The receipt, once there is one. */
  result?: Receipt;
  /** What `send` rejects with. */
  error?: unknown;
}

const SEND = tracingChannel<unknown, SendTrace>('wamux:send');
const CHANNELS = [SEND.start, SEND.end, SEND.asyncStart, SEND.asyncEnd, SEND.error];

/** Sends, and tells of it only where somebody listens. */
export async function traced(gateway: GatewayId, send: () => Promise<Receipt>): Promise<Receipt> {
  // Node 20.9 does not say this of the channel as a whole.
  return CHANNELS.some((channel) => channel.hasSubscribers)
    ? SEND.tracePromise(send, { gateway })
    : send();
}
