/** What an `AbortSignal` calls off, and what is known then. */
import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { test } from 'node:test';

import { CancelledError, Client, Failover, ValidationError } from 'wamux';
import { Sandbox } from 'wamux/testing';

import { calledPaths, connect, rejection, TEXT, until } from './support';

test('aborted before: nothing is sent', async () => {
  await using sandbox = await Sandbox.start();
  const reason = new Error('no time left');
  const signal = AbortSignal.abort(reason);
  const error = await rejection(connect(sandbox, 'devino-v2').send(TEXT, { signal }));
  assert.ok(error instanceof CancelledError);
  assert.equal(error.kind, 'cancelled');
  assert.equal(error.delivery, 'not_sent');
  assert.equal(error.gateway, 'devino-v2');
  assert.equal(error.cause, reason);
  assert.deepEqual(sandbox.counts, { requests: 0, accepted: 0 });
});

test('aborted during the call: it ends at once, and nobody knows', async () => {
  await using sandbox = await Sandbox.start();
  // The message is handled after the delay, if the client still waits.
  sandbox.inject({ kind: 'delay', seconds: 1, accepts: false });
  const controller = new AbortController();
  const sent = rejection(connect(sandbox, 'tujenge').send(TEXT, { signal: controller.signal }));
  while (sandbox.counts.requests === 0) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const began = performance.now();
  controller.abort();
  const error = await sent;
  assert.ok(performance.now() - began < 500);
  assert.ok(error instanceof CancelledError);
  assert.equal(error.delivery, 'unknown');
  assert.equal(error.cause, controller.signal.reason);
  assert.deepEqual(getEventListeners(controller.signal, 'abort'), []);
  // The connection was closed: a later message is accepted, and the first never is.
  await new Promise((resolve) => setTimeout(resolve, 1200));
  assert.equal(sandbox.counts.accepted, 0);
  await connect(sandbox, 'tujenge').send(TEXT);
  assert.equal(sandbox.counts.accepted, 1);
});

/** A proxy that takes connections and never makes a tunnel: nothing of a request can leave. */
async function proxied(use: (client: Client, signal: AbortSignal) => Promise<void>): Promise<void> {
  const proxy = createServer();
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const { port } = proxy.address() as AddressInfo;
  const client = new Client({
    gateway: 'tujenge',
    apiKey: 'key',
    baseUrl: 'https://gateway.invalid',
    proxy: `http://127.0.0.1:${String(port)}`,
  });
  const controller = new AbortController();
  const connections: Socket[] = [];
  proxy.on('connection', (connection) => {
    connections.push(connection.on('error', () => undefined));
    controller.abort();
  });
  await use(client, controller.signal);
  connections.forEach((connection) => connection.destroy());
  proxy.close();
}

/** All that can be called off. */
const CALLS: Record<string, (client: Client, signal: AbortSignal) => Promise<unknown>> = {
  send: async (client, signal) => client.send(TEXT, { signal }),
  'a failover': async (client, signal) => new Failover([client, client]).send(TEXT, { signal }),
  'a call': async ({ tujenge }, signal) => tujenge.markAsRead({ message_id: '1' }, { signal }),
  'a call without a body': async ({ tujenge }, signal) => tujenge.getAbout({}, { signal }),
  'a call without a method': async (client, signal) =>
    client.call('DELETE', '/v1/x', undefined, { signal }),
  'an upload': async ({ tujenge }, signal) =>
    tujenge.uploadMedia({ mime_type: 'image/png' }, Buffer.from('x'), { signal }),
  'a download': async ({ tujenge }, signal) => tujenge.downloadMedia({ media_id: '1' }, { signal }),
};

test('aborted before a byte has left: it is not sent', async () => {
  for (const [name, make] of Object.entries(CALLS)) {
    await proxied(async (client, signal) => {
      const error = await rejection(make(client, signal));
      assert.ok(error instanceof CancelledError, name);
      assert.deepEqual(
        [error.delivery, error.cause, error.gateway, error.attempts.length],
        ['not_sent', signal.reason, 'tujenge', 1],
        name,
      );
    });
  }
});

test('aborted after it has left: nobody knows', async () => {
  await using sandbox = await Sandbox.start();
  for (const [name, make] of Object.entries(CALLS)) {
    sandbox.inject({ kind: 'delay', seconds: 30, path: '/' });
    const before = (await calledPaths(sandbox)).length;
    const controller = new AbortController();
    const aborted = rejection(make(connect(sandbox, 'tujenge'), controller.signal));
    await until(async () => (await calledPaths(sandbox)).length > before);
    controller.abort();
    const error = await aborted;
    assert.ok(error instanceof CancelledError, name);
    assert.deepEqual([error.delivery, error.cause], ['unknown', controller.signal.reason], name);
  }
});

test('a timeout of a signal cancels, and is the cause', async () => {
  await using sandbox = await Sandbox.start();
  sandbox.inject({ kind: 'delay', seconds: 30 });
  const signal = AbortSignal.timeout(200);
  const error = await rejection(connect(sandbox, 'chat-api').send(TEXT, { signal }));
  assert.ok(error instanceof CancelledError);
  assert.equal((error.cause as DOMException).name, 'TimeoutError');
});

test('a signal that is never aborted changes nothing', async () => {
  await using sandbox = await Sandbox.start();
  const { signal } = new AbortController();
  const client = connect(sandbox, 'rapporto');
  const receipt = await client.send(TEXT, { signal });
  assert.equal(receipt.status, 'accepted');
  const error = await rejection(client.send({ ...TEXT, to: '1' }, { signal }));
  assert.ok(error instanceof ValidationError);
  assert.equal(error.cause, undefined);
  assert.deepEqual(getEventListeners(signal, 'abort'), []);
});
