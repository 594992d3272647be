/** What is written in another form than a call has is told the right one. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { buildRequest, Client, normalizePhone } from 'wamux';
import { Sandbox } from 'wamux/testing';

import { connect, TEXT } from './support';

const wrong = (value: unknown): never => value as never;

test('a client is made of one object', () => {
  const Untyped = Client as unknown as new (...given: unknown[]) => Client;
  const calls = [
    [],
    [null],
    [{}],
    [{ apiKey: 'x' }],
    ['devino-v2', { apiKey: 'x' }],
    [['devino-v2']],
    [7],
  ];
  for (const given of calls) {
    assert.throws(() => new Untyped(...given), {
      name: 'TypeError',
      message: /`(settings|gateway)`.*new Client\(\{ gateway: 'devino-v2', apiKey/,
    });
  }
});

test('options are an object of known members', async () => {
  const phone = /`(options|regoin)` .*normalizePhone\(text, \{ region: 'RU' \}\)/;
  for (const options of ['RU', ['RU'], 7, { regoin: 'RU' }, new Map([['region', 'RU']])]) {
    const call = (): unknown => normalizePhone('8 (903) 456-78-90', wrong(options));
    assert.throws(call, { name: 'TypeError', message: phone });
  }
  assert.throws(() => normalizePhone('8903', wrong({ regoin: 'RU' })), /`regoin`.*region, strict/);
  const build = { name: 'TypeError', message: /`settings` must be an object; write buildRequest/ };
  assert.throws(() => buildRequest('devino-v2', TEXT, wrong('MyCompany')), build);

  await using sandbox = await Sandbox.start();
  const client = connect(sandbox, 'devino-v2');
  const { signal } = new AbortController();
  for (const options of [signal, 'x', { singal: signal }, { timeout: 5 }]) {
    await assert.rejects(client.send(TEXT, wrong(options)), {
      name: 'TypeError',
      message: /`(options|singal|timeout)` .*client\.send\(message, \{ signal \}\)/,
    });
  }
  assert.deepEqual(sandbox.counts, { requests: 0, accepted: 0 });

  for (const options of [8420, '8420', { prot: 8420 }]) {
    await assert.rejects(Sandbox.start(wrong(options)), {
      name: 'TypeError',
      message: /`(options|prot)` .*Sandbox\.start\(\{ port: 8420 \}\)/,
    });
  }
  for (const fault of ['cut', { fault: 'cut' }, { kind: 'cut', retry_after: 3 }]) {
    const call = (): void => {
      sandbox.inject(wrong(fault));
    };
    const message = /`(fault|retry_after)` .*sandbox\.inject\(\{ kind: 'cut' \}\)/;
    assert.throws(call, { name: 'TypeError', message });
  }
  assert.equal((await client.send(TEXT)).status, 'accepted');
});

test('null and undefined are absent options', async () => {
  assert.equal(normalizePhone('+79034567890', wrong(null)).region, 'RU');
  const options = { region: 'RU', strict: wrong(null) };
  assert.equal(normalizePhone('8 (903) 456-78-90', options).e164, '+79034567890');
  await using sandbox = await Sandbox.start(wrong(null));
  sandbox.inject({ kind: 'cut', gateway: undefined, count: wrong(null), accepts: false });
  const client = connect(sandbox, 'devino-v2');
  await assert.rejects(client.send(TEXT));
  assert.equal((await client.send(TEXT, wrong(null))).status, 'accepted');
});
