/** The sandbox's faults: what each is to a caller. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import {
  AuthenticationError,
  Client,
  ConnectError,
  ProtocolError,
  RateLimitedError,
  SenderError,
  TimeoutError,
  UnavailableError,
  ValidationError,
  type WamuxError,
} from 'wamux';
import { type Fault, Sandbox } from 'wamux/testing';

import { connect, GATEWAYS, rejection, TEXT } from './support';

interface Expected {
  fault: Fault;
  is: typeof WamuxError;
  delivery: 'not_sent' | 'unknown';
  httpStatus?: number;
  retryAfter?: number;
  timeout?: number;
}

const FAULTS: Expected[] = [
  { fault: { kind: 'cut' }, is: ProtocolError, delivery: 'unknown' },
  { fault: { kind: 'html_504' }, is: UnavailableError, delivery: 'unknown', httpStatus: 504 },
  { fault: { kind: 'truncated' }, is: ProtocolError, delivery: 'unknown', httpStatus: 200 },
  {
    fault: { kind: 'delay', seconds: 30 },
    is: TimeoutError,
    delivery: 'unknown',
    timeout: 0.3,
  },
  {
    fault: { kind: 'rate_limited', retryAfter: 3 },
    is: RateLimitedError,
    delivery: 'not_sent',
    httpStatus: 429,
    retryAfter: 3,
  },
];

for (const { fault, is, delivery, httpStatus, retryAfter, timeout } of FAULTS) {
  test(`${fault.kind} is a ${is.name} through every gateway`, async () => {
    await using sandbox = await Sandbox.start();
    for (const gateway of GATEWAYS) {
      sandbox.inject({ ...fault, gateway });
      const error = await rejection(connect(sandbox, gateway, timeout).send(TEXT));
      assert.ok(error instanceof is, `${gateway}: ${error.message}`);
      assert.equal(error.constructor, is);
      assert.equal(error.name, is.name);
      assert.equal(error.delivery, delivery);
      assert.equal(error.retryable, true);
      assert.equal(error.gateway, gateway);
      assert.equal(error.httpStatus, httpStatus);
      assert.equal(error.retryAfter, retryAfter);
      assert.equal(error.attempts.length, 1);
      assert.deepEqual(error.violations, []);
      const [attempt] = error.attempts;
      assert.ok(attempt && Math.abs(Date.parse(attempt.at) - Date.now()) < 60_000);
      assert.deepEqual([attempt.kind, attempt.delivery], [error.kind, delivery]);
      assert.equal(attempt.http_status, httpStatus);
    }
    // The next call of each is not struck.
    for (const gateway of GATEWAYS) {
      const receipt = await connect(sandbox, gateway).send(TEXT);
      assert.equal(receipt.status, 'accepted');
      assert.equal(receipt.to, '+79034567890');
    }
  });
}

test('what passes is repeated', async () => {
  await using sandbox = await Sandbox.start();
  for (const gateway of GATEWAYS) {
    sandbox.inject({ kind: 'rate_limited', gateway, retryAfter: 0 });
    const { attempts } = await new Client(sandbox.settings(gateway)).send(TEXT);
    const told = attempts.map(({ kind, http_status }) => [kind, http_status]);
    assert.deepEqual(told, [
      ['rate_limited', 429],
      [undefined, 200],
    ]);
  }
});

test('refuse is a ConnectError', async () => {
  await using sandbox = await Sandbox.start();
  sandbox.inject({ kind: 'refuse', seconds: 60 });
  const error = await rejection(connect(sandbox, 'tujenge').send(TEXT));
  assert.ok(error instanceof ConnectError);
  assert.equal(error.delivery, 'not_sent');
  assert.equal(error.retryable, true);
  assert.equal(error.attempts.length, 1);
});

test('what the gateway refuses has the kind of its code', async () => {
  await using sandbox = await Sandbox.start();
  const wrongKey = { ...sandbox.settings('devino-v2'), apiKey: 'wrong', timeout: 5 };
  const refused = await rejection(new Client(wrongKey).send(TEXT));
  assert.ok(refused instanceof AuthenticationError);
  assert.equal(refused.httpStatus, 401);

  const error = await rejection(
    connect(sandbox, 'devino-v2').send({ ...TEXT, from: 'UNAVAILABLE' }),
  );
  assert.ok(error instanceof SenderError, error.message);
  assert.equal(error.delivery, 'not_sent');
  assert.equal(error.retryable, false);
  assert.ok(error.code !== undefined && error.reasons.length > 0);
  assert.ok(error.raw !== undefined && JSON.parse(error.raw));
});

test('a message that breaks rules is not sent, and each fault has its path', async () => {
  await using sandbox = await Sandbox.start();
  const message = { ...TEXT, to: '+7 903', text: { body: 'x'.repeat(5000) } };
  const error = await rejection(connect(sandbox, 'devino-v2').send(message));
  assert.ok(error instanceof ValidationError);
  const found = error.violations.map(({ code, path }) => [code, path]);
  assert.deepEqual(found, [
    ['invalid', 'to'],
    ['length.too.long', 'text.body'],
  ]);
  assert.equal(error.delivery, 'not_sent');
  assert.deepEqual(error.attempts, []);
  assert.deepEqual(sandbox.counts, { requests: 0, accepted: 0 });
});

test('sends overlap', async () => {
  await using sandbox = await Sandbox.start();
  sandbox.inject({ kind: 'delay', seconds: 1, count: 8 });
  const client = connect(sandbox, 'tujenge');
  const began = performance.now();
  await Promise.all(Array.from({ length: 8 }, () => client.send(TEXT)));
  const took = performance.now() - began;
  assert.ok(took > 900 && took < 4000, `${took} ms`);
});

test('a sandbox says what it has, refuses a wrong script, and is gone after its stop', async () => {
  const { ConfigurationError } = await import('wamux');
  const sandbox = await Sandbox.start({ callbackDelay: 0.01, keepMessages: 1 });
  const client = connect(sandbox, 'rapporto');
  await client.send(TEXT);
  await client.send(TEXT);
  assert.deepEqual(sandbox.counts, { requests: 2, accepted: 2 });
  assert.equal(sandbox.messages.length, 1);
  assert.equal(sandbox.messages[0]?.to, '79034567890');
  assert.equal(sandbox.baseUrl('rapporto'), `${sandbox.url}/rapporto/sandbox`);
  sandbox.clear();
  assert.deepEqual(sandbox.messages, []);
  for (const fault of [{ kind: 'rain' }, { kind: 'cut', count: 0 }]) {
    assert.throws(() => {
      sandbox.inject(fault as Fault);
    }, ConfigurationError);
  }
  const { port } = new URL(sandbox.url);
  await assert.rejects(Sandbox.start({ port: Number(port) }), ConfigurationError);
  await sandbox.stop();
  await sandbox.stop();
  assert.throws(() => sandbox.counts, ConfigurationError);
  assert.ok((await rejection(client.send(TEXT))) instanceof ConnectError);
});
