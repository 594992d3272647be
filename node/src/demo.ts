/** Sends for `wamux demo`: reads a gateway, its settings and a message a line, and answers each with one line. */
import { createInterface } from 'node:readline';

import type { Message } from './generated/message';
import { Client } from './client';
import { WamuxError } from './errors';
import { camelCaseSettings, type GatewayId } from './settings';

interface Line {
  gateway: GatewayId;
  settings: Record<string, string>;
  message: Message;
}

const clients = new Map<GatewayId, Client>();

async function answer({ gateway, settings, message }: Line): Promise<object> {
  try {
    const client = clients.get(gateway) ?? new Client({ gateway, ...camelCaseSettings(settings) });
    clients.set(gateway, client);
    return { receipt: await client.send(message) };
  } catch (error) {
    if (error instanceof WamuxError) {
      return { error };
    }
    throw error;
  }
}

async function main(): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) {
    process.stdout.write(`${JSON.stringify(await answer(JSON.parse(line) as Line))}\n`);
  }
}

void main();
