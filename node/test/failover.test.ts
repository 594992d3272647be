/** Several gateways for one message. */
import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { test } from 'node:test';

import { CancelledError, Client, ConfigurationError, Failover, UnsupportedError } from 'wamux';
import { Sandbox } from 'wamux/testing';

import { connect, exception, rejection, TEXT } from './support';

/** A client that reaches nobody. */
function lost(sandbox: Sandbox): Client {
  return new Client({ ...sandbox.settings('tujenge'), baseUrl: 'http://127.0.0.1:9', retries: 0 });
}

test('the next client is tried where the one before has certainly not sent', async () => {
  await using sandbox = await Sandbox.start();
  const clients = [lost(sandbox), connect(sandbox, 'devino-v2')];
  const failover = new Failover(clients);
  const receipt = await failover.send(TEXT);
  assert.equal(receipt.gateway, 'devino-v2');
  assert.deepEqual(
    receipt.attempts.map(({ gateway, kind }) => [gateway, kind]),
    [
      ['tujenge', 'connect'],
      ['devino-v2', undefined],
    ],
  );
  assert.match(inspect(receipt), /^Receipt \{/);
  assert.deepEqual(failover.clients, clients);

  // What the first cannot say, the second can.
  const group = { ...TEXT, to: 'ABC-123', recipient_type: 'group' } as const;
  const both = new Failover([connect(sandbox, 'devino-v2'), connect(sandbox, 'tujenge')]);
  assert.equal((await both.send(group)).gateway, 'tujenge');
  const one = new Failover([connect(sandbox, 'devino-v2')]);
  assert.ok((await rejection(one.send(group))) instanceof UnsupportedError);
});

test('what may have been sent is sent through no other', async () => {
  await using sandbox = await Sandbox.start();
  sandbox.inject({ kind: 'cut' });
  const failover = new Failover([connect(sandbox, 'tujenge'), connect(sandbox, 'devino-v2')]);
  const error = await rejection(failover.send(TEXT));
  assert.deepEqual([error.delivery, error.gateway], ['unknown', 'tujenge']);
  assert.deepEqual(sandbox.counts, { requests: 1, accepted: 1 });
});

test('where all fail, the last error has the attempts of all', async () => {
  await using sandbox = await Sandbox.start();
  const error = await rejection(new Failover([lost(sandbox), lost(sandbox)]).send(TEXT));
  assert.deepEqual(
    error.attempts.map(({ gateway }) => gateway),
    ['tujenge', 'tujenge'],
  );
});

test('an aborted signal ends it', async () => {
  await using sandbox = await Sandbox.start();
  const signal = AbortSignal.abort();
  const failover = new Failover([connect(sandbox, 'tujenge'), connect(sandbox, 'devino-v2')]);
  const error = await rejection(failover.send(TEXT, { signal }));
  assert.ok(error instanceof CancelledError);
  assert.deepEqual([error.delivery, error.cause], ['not_sent', signal.reason]);
  assert.equal(sandbox.counts.requests, 0);
});

test('what is no list of clients is refused', async () => {
  await using sandbox = await Sandbox.start();
  const client = connect(sandbox, 'tujenge');
  assert.ok(exception(() => new Failover([])) instanceof ConfigurationError);
  for (const wrong of [undefined, client, [undefined], [{}], [client, 'hunter2']]) {
    assert.throws(
      () => new Failover(wrong as never),
      (error) => error instanceof TypeError && !error.message.includes('hunter2'),
    );
  }
  await assert.rejects(new Failover([client]).send(TEXT, { sigal: 1 } as never), TypeError);
});

test('the clients cannot be changed from outside', async () => {
  await using sandbox = await Sandbox.start();
  const clients = [connect(sandbox, 'tujenge')];
  const failover = new Failover(clients);
  clients.push(connect(sandbox, 'devino-v2'));
  assert.equal(failover.clients.length, 1);
  assert.throws(() => (failover.clients as Client[]).push(...clients), TypeError);
  assert.equal(inspect(failover), "Failover [ Client { gateway: 'tujenge' } ]");
});
