/** What is called before each retry. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';

import { Client, RateLimitedError, type Retry } from 'wamux';
import { Sandbox } from 'wamux/testing';

import { rejection, run, TEXT, until } from './support';

test('each retry is told, with its error and its wait', async () => {
  await using sandbox = await Sandbox.start();
  sandbox.inject({ kind: 'rate_limited', retryAfter: 1 });
  const seen: Retry[] = [];
  const client = new Client({
    ...sandbox.settings('devino-v2'),
    onRetry: (retry) => seen.push(retry),
  });
  const { attempts } = await client.send(TEXT);
  assert.equal(attempts.length, 2);
  await until(() => seen.length > 0);
  const [retry] = seen;
  assert.ok(retry?.error instanceof RateLimitedError);
  assert.deepEqual([retry.error.delivery, retry.error.retryAfter, seen.length], ['not_sent', 1, 1]);
  assert.ok(retry.waitSeconds >= 1 && retry.waitSeconds <= 1.5, String(retry.waitSeconds));

  // A message that is sent with others, too.
  sandbox.inject({ kind: 'rate_limited', retryAfter: 0 });
  for await (const { receipt } of client.sendMany([TEXT, TEXT])) {
    assert.equal(receipt?.attempts.length, 2);
  }
  await until(() => seen.length === 2);

  await client.send(TEXT);
  assert.equal(seen.length, 2);
});

test('what it throws is a warning, and the send goes on', async () => {
  await using sandbox = await Sandbox.start();
  const hooks = [
    () => {
      throw new Error('thrown by the hook');
    },
    async () => Promise.reject(new Error('thrown by the hook')),
  ];
  for (const onRetry of hooks) {
    sandbox.inject({ kind: 'rate_limited', retryAfter: 0 });
    const warned = once(process, 'warning');
    const client = new Client({ ...sandbox.settings('devino-v2'), onRetry });
    assert.equal((await client.send(TEXT)).status, 'accepted');
    const [warning] = (await warned) as [Error & { code: string; detail: string }];
    assert.deepEqual([warning.name, warning.code], ['WamuxWarning', 'WAMUX_ON_RETRY']);
    assert.match(warning.detail, /thrown by the hook/);
  }
});

test('a client with a hook keeps no process alive, nor itself', async () => {
  const script = `
    const { Client, Failover } = require('wamux');
    const { Sandbox } = require('wamux/testing');
    const message = { to: '+79034567890', type: 'text', text: { body: 'Hi' } };
    const collected = new Set();
    const registry = new FinalizationRegistry((name) => collected.add(name));
    const until = async (isSo) => {
      while (!isSo()) { gc(); await new Promise((resolve) => setTimeout(resolve, 5)); }
    };
    void (async () => {
      const sandbox = await Sandbox.start();
      const make = (name) => {
        // The hook knows its client.
        const client = new Client({
          ...sandbox.settings('devino-v2'),
          onRetry: () => { console.log(name, client.gateway); },
        });
        registry.register(client, name);
        return client;
      };
      await (async () => {
        sandbox.inject({ kind: 'rate_limited', retryAfter: 0 });
        await make('sent').send(message);
        sandbox.inject({ kind: 'rate_limited', retryAfter: 0 });
        for await (const { receipt } of make('many').sendMany([message])) { gc(); }
        sandbox.inject({ kind: 'rate_limited', retryAfter: 0 });
        await new Failover([make('failover')]).send(message);
        // One that is left alone in the middle.
        await make('left').sendMany([message, message])[Symbol.asyncIterator]().next();
      })();
      await until(() => collected.size === 4);
      globalThis.kept = make('kept');
    })();`;
  const ended = await run(process.execPath, ['--expose-gc', '-e', script]);
  const lines = 'sent devino-v2\nmany devino-v2\nfailover devino-v2\n';
  assert.deepEqual([ended.status, ended.output], [0, lines], ended.errors);
});

test('what is no function is refused, and what is absent is absent', async () => {
  await using sandbox = await Sandbox.start();
  const settings = sandbox.settings('devino-v2');
  for (const wrong of [1, 'hunter2', {}]) {
    assert.throws(
      () => new Client({ ...settings, onRetry: wrong as never }),
      new TypeError('`onRetry` must be a function'),
    );
    assert.throws(
      () => Client.fromEnvironment('devino-v2', { onRetry: wrong as never }),
      new TypeError('`onRetry` must be a function'),
    );
  }
  const client = new Client({ ...settings, onRetry: undefined });
  assert.equal((await client.send(TEXT)).status, 'accepted');
});

test('a client by the environment has a hook, too', async () => {
  process.env['WAMUX_API_KEY'] = 'key';
  process.env['WAMUX_FROM'] = 'MyCompany';
  process.env['WAMUX_BASE_URL'] = 'http://127.0.0.1:9';
  process.env['WAMUX_RETRIES'] = '1';
  const seen: Retry[] = [];
  const client = Client.fromEnvironment('devino-v2', { onRetry: (retry) => seen.push(retry) });
  const error = await rejection(client.send(TEXT));
  assert.equal(error.attempts.length, 2);
  await until(() => seen.length === 1);
  assert.equal(seen[0]?.error.kind, 'connect');
});
