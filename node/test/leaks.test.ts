/** Nothing secret is printed by accident. */
import assert from 'node:assert/strict';
import { format, inspect } from 'node:util';
import { test } from 'node:test';

import {
  buildRequest,
  Client,
  normalizePhone,
  parseResponse,
  parseWebhook,
  type Settings,
} from 'wamux';
import { Sandbox } from 'wamux/testing';

import { connect, exception, GATEWAYS, rejection, TEXT } from './support';

const NUMBER = '79034567890';
const SECRETS = ['sandbox-key', 'sandbox-token', 'hunter2', 'Code: 1234', NUMBER, 'Ada Lovelace'];

/** The ways in which values get into logs. */
function printed(value: unknown): string {
  const shown = [
    inspect(value, { depth: 10, showHidden: true, getters: true }),
    inspect({ nested: [value] }, { depth: 10, colors: true }),
    format('%s %o %O', value, value, value),
  ];
  if (value instanceof Error) {
    const members = Object.entries(value).map(([name, member]) => `${name}=${String(member)}`);
    shown.push(String(value), value.stack ?? '', members.join());
  }
  return shown.join('\n');
}

function assertSilent(value: unknown): void {
  const text = printed(value);
  for (const secret of SECRETS) {
    assert.ok(!text.includes(secret), `${secret} in ${text}`);
  }
}

test('clients, sandboxes and what they throw', async () => {
  await using sandbox = await Sandbox.start();
  assertSilent(sandbox);
  for (const gateway of GATEWAYS) {
    const client = connect(sandbox, gateway);
    assertSilent(client);
    const receipt = await client.send(TEXT);
    assertSilent(receipt);
    assert.match(inspect(receipt), /^Receipt \{/);
    assert.match(inspect(receipt), /to: '\+7903•••••90'/);
    // JSON, and a member that is read on purpose, have all of it.
    assert.equal((JSON.parse(JSON.stringify(receipt)) as typeof receipt).to, `+${NUMBER}`);
    assert.ok(JSON.parse(receipt.raw));
    assert.deepEqual(Object.keys(receipt).includes('raw'), true);

    const wrong: Settings = { apiKey: 'hunter2', login: 'hunter2', password: 'hunter2' };
    const settings = { ...sandbox.settings(gateway), ...wrong, token: 'hunter2' };
    assertSilent(await rejection(new Client(settings).send(TEXT)));
    assertSilent(
      await rejection(client.send({ ...TEXT, from: 'UNAVAILABLE', to: `${NUMBER}12345` })),
    );
  }
});

test('an error prints its kind and not what the gateway said', async () => {
  await using sandbox = await Sandbox.start();
  sandbox.inject({ fault: 'html_504' });
  const error = await rejection(connect(sandbox, 'tujenge').send(TEXT));
  const text = inspect(error);
  assert.match(text, /UnavailableError: tujenge: unavailable/);
  assert.match(text, /delivery: 'unknown'/);
  assert.match(text, /raw: string\(\d+\)/);
  assert.ok(error.raw?.includes('<html'));
  assert.ok(!text.includes('<html'));
  const json = JSON.parse(JSON.stringify(error)) as { raw: string; http_status: number };
  assert.equal(json.raw, error.raw);
  assert.equal(json.http_status, 504);
});

test('the words of a gateway that repeat a text', () => {
  const body = JSON.stringify({
    errors: [{ code: 1008, title: 'x', details: `Ada Lovelace ${NUMBER}` }],
  });
  for (const result of parseResponse('tujenge', body, 400)) {
    assertSilent(result);
    assert.ok(JSON.stringify(result).includes('Ada Lovelace'));
  }
});

test('events', () => {
  const incoming = {
    contacts: [{ profile: { name: 'Ada Lovelace' }, wa_id: NUMBER }],
    messages: [
      {
        from: NUMBER,
        id: 'A1',
        timestamp: '1700000000',
        type: 'text',
        text: { body: 'Code: 1234' },
      },
    ],
  };
  const events = parseWebhook('tujenge', JSON.stringify(incoming));
  assert.equal(events.length, 1);
  assertSilent(events);
  const [event] = events;
  assert.ok(event?.type === 'message' && event.content.type === 'text');
  assert.equal(event.content.text.body, 'Code: 1234');
  assert.equal(event.profile_name, 'Ada Lovelace');

  const ack = {
    ack: [{ id: `true_${NUMBER}@c.us_A`, chatId: `${NUMBER}@c.us`, status: 'viewed' }],
  };
  assertSilent(parseWebhook('chat-api', JSON.stringify(ack)));
});

test('requests and phone numbers', () => {
  const settings = { login: 'hunter2', password: 'hunter2', from: 'Shop', token: 'hunter2' };
  const baseUrl = 'https://gateway.example/hunter2';
  const request = buildRequest('rapporto', TEXT, { ...settings, baseUrl });
  assertSilent(request);
  assert.match(inspect(request), /https:\/\/gateway\.example'/);
  assert.ok(!request.body.includes('hunter2'));
  const number = normalizePhone(`+${NUMBER}`);
  assertSilent(number);
  assert.deepEqual(
    { ...number },
    {
      e164: `+${NUMBER}`,
      digits: NUMBER,
      region: 'RU',
      valid: true,
      wa_id_candidates: [],
    },
  );
});

test('wrong settings and wrong numbers', () => {
  assertSilent(exception(() => new Client({ gateway: 'devino-v2', baseUrl: 'hunter2' })));
  const line = { gateway: 'devino-v2', apiKey: 'hunter2\n' } as const;
  assertSilent(exception(() => new Client(line)));
  assertSilent(exception(() => new Client({ ...line, proxy: 'hunter2:// x' })));
  assertSilent(exception(() => normalizePhone(`${NUMBER}${NUMBER}`)));
});
