/** A real Express server that receives the sandbox's callbacks, as an application would. */
import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';

import express from 'express';
import { Client, type Event, type GatewayId, parseWebhook, ProtocolError } from 'wamux';
import { Sandbox } from 'wamux/testing';

import { plain, TEXT } from './support';

function application(events: Event[]): express.Express {
  const app = express();
  app.post('/webhooks/:gateway', express.raw({ type: () => true }), (request, response) => {
    try {
      const gateway = request.params.gateway as GatewayId;
      events.push(...parseWebhook(gateway, request.body as Buffer));
      response.sendStatus(200);
    } catch (error) {
      response.sendStatus(error instanceof ProtocolError ? 400 : 500);
    }
  });
  return app;
}

async function until(condition: () => boolean): Promise<void> {
  for (const end = Date.now() + 10_000; !condition();) {
    assert.ok(Date.now() < end, 'what should come did not come');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

test('callbacks and incoming messages reach an Express application', async () => {
  await using sandbox = await Sandbox.start({ callbackDelay: 0.01 });
  const events: Event[] = [];
  const server = application(events).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const urlOf = (gateway: string): string => `http://127.0.0.1:${port}/webhooks/${gateway}`;
  try {
    for (const gateway of ['devino-v1', 'devino-v2', 'rapporto'] as const) {
      const callback = { url: urlOf(gateway) };
      const client = new Client(sandbox.settings(gateway));
      const receipt = await client.send({ ...TEXT, callback });
      const delivered = (): boolean =>
        events.some(
          (event) =>
            event.type === 'status' &&
            event.status === 'delivered' &&
            event.message_id === receipt.message_id,
        );
      await until(delivered);
    }
    const body = { gateway: 'tujenge', from: '255712345678', text: 'Hello', url: urlOf('tujenge') };
    await fetch(`${sandbox.url}/_sandbox/incoming`, { method: 'POST', body: JSON.stringify(body) });
    await until(() => events.some((event) => event.type === 'message'));
    const incoming = events.find((event) => event.type === 'message');
    assert.equal(incoming?.from, '+255712345678');
    assert.deepEqual(plain(incoming.content), { type: 'text', text: { body: 'Hello' } });

    const wrong = await fetch(urlOf('tujenge'), { method: 'POST', body: '<html>' });
    assert.equal(wrong.status, 400);
  } finally {
    server.close();
    server.closeAllConnections();
  }
});
