/** Nothing secret is printed by accident. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { format, inspect } from 'node:util';
import { test } from 'node:test';

import {
  buildRequest,
  Client,
  normalizePhone,
  parseResponse,
  parseWebhook,
  type Settings,
  validatePayload,
  WamuxError,
} from 'wamux';
import { Sandbox } from 'wamux/testing';

import { connect, exception, GATEWAYS, plain, rejection, ROOT, TEXT, textOf } from './support';

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
  sandbox.inject({ kind: 'html_504' });
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
  assert.ok(!textOf(request).includes('hunter2'));
  const number = normalizePhone(`+${NUMBER}`);
  assertSilent(number);
  assert.deepEqual(plain(number), {
    e164: `+${NUMBER}`,
    digits: NUMBER,
    region: 'RU',
    valid: true,
    wa_id_candidates: [],
  });
});

test('a body of bytes', () => {
  const image = { data: new Uint8Array([1, 255]), mime_type: 'image/png', filename: 'a.png' };
  const options = { 'chat-api': { form_data: true } };
  const request = buildRequest('chat-api', { to: `+${NUMBER}`, type: 'image', image, options });
  assertSilent(request);
  assert.ok(request.body instanceof Uint8Array);
  assert.equal(inspect(request.body), `bytes(${request.body.length})`);
});

test('wrong settings and wrong numbers', () => {
  assertSilent(exception(() => new Client({ gateway: 'devino-v2', baseUrl: 'hunter2' })));
  const line = { gateway: 'devino-v2', apiKey: 'hunter2\n' } as const;
  assertSilent(exception(() => new Client(line)));
  assertSilent(exception(() => new Client({ ...line, proxy: 'hunter2:// x' })));
  assertSilent(exception(() => normalizePhone(`${NUMBER}${NUMBER}`)));
});

test('arguments of wrong types are named, and not repeated', async () => {
  await using sandbox = await Sandbox.start();
  const client = connect(sandbox, 'devino-v2');
  const secret = 'hunter2';
  const wrongs = [Number(NUMBER), BigInt(NUMBER), { phone: NUMBER, secret }, [NUMBER], true];
  const calls: Record<string, (wrong: never) => unknown> = {
    text: (wrong) => normalizePhone(wrong),
    region: (wrong) => normalizePhone(`+${NUMBER}`, { region: wrong }),
    callName: (wrong) => validatePayload('devino-v2', {}, wrong),
    body: (wrong) => parseWebhook('devino-v2', wrong),
    kind: (wrong) => {
      sandbox.inject({ kind: wrong });
    },
  };
  const withGateway: ((wrong: never) => unknown)[] = [
    (wrong) => new Client({ gateway: wrong }),
    (wrong) => Client.fromEnvironment(wrong),
    (wrong) => buildRequest(wrong, TEXT),
    (wrong) => validatePayload(wrong, {}),
    (wrong) => parseWebhook(wrong, '{}'),
    (wrong) => parseResponse(wrong, '{}'),
    (wrong) => sandbox.baseUrl(wrong),
    (wrong) => sandbox.settings(wrong),
    (wrong) => {
      sandbox.inject({ kind: 'cut', gateway: wrong });
    },
  ];
  const all = Object.entries(calls);
  all.push(['body', (wrong) => parseResponse('devino-v2', wrong)]);
  all.push(...withGateway.map((call): [string, typeof call] => ['gateway', call]));
  for (const [name, call] of all) {
    for (const wrong of wrongs) {
      assertMistyped(() => call(wrong as never), name);
    }
  }
  const text = secret as never;
  assertMistyped(() => normalizePhone(`+${NUMBER}`, { strict: text }), 'strict');
  assertMistyped(() => parseResponse('devino-v2', '{}', text), 'status');
  assertMistyped(() => {
    sandbox.inject({ kind: 'cut', count: text });
  }, 'count');
  assertMistyped(() => buildRequest('devino-v2', TEXT, text), 'settings');
  assertMistyped(await failure(Sandbox.start({ port: text })), 'port');
  assertMistyped(await failure(client.send(TEXT, { signal: text })), 'signal');
});

test('the words of the native module that are not ours are not passed on', async () => {
  const errors = (await import(join(ROOT, 'node/dist/errors.js'))) as {
    thrown: (fault: unknown) => Error;
  };
  for (const words of [
    `\`hunter2\` into String`,
    `{ phone: ${NUMBER} }`,
    `{"phone":"${NUMBER}"}`,
  ]) {
    const error = errors.thrown(new Error(words));
    assert.ok(error instanceof TypeError);
    assert.match(error.message, /argument/);
    assertSilent(error);
  }
});

test('parts print masked too', async () => {
  const incoming = {
    contacts: [{ profile: { name: 'Ada Lovelace' }, wa_id: NUMBER }],
    messages: [{ from: NUMBER, id: 'A1', type: 'text', text: { body: 'Code: 1234' } }],
  };
  const [event] = parseWebhook('tujenge', JSON.stringify(incoming));
  assert.ok(event?.type === 'message' && event.content.type === 'text');
  const { content } = event;
  for (const part of [content, content.text, { content }]) {
    assertSilent(part);
  }
  assert.match(inspect({ content }), /content: \{ type: 'text', text: \{ body: string\(10\) \} \}/);
  assert.deepStrictEqual(content, { type: 'text', text: { body: 'Code: 1234' } });
  assert.equal(JSON.stringify(content), '{"type":"text","text":{"body":"Code: 1234"}}');

  const mexican = normalizePhone('+5215512345678');
  assert.deepEqual(mexican.wa_id_candidates.length, 1);
  assert.doesNotMatch(printed(mexican.wa_id_candidates), /\d{9}/);

  await using sandbox = await Sandbox.start();
  for (const gateway of GATEWAYS) {
    const request = buildRequest(gateway, TEXT, { from: NUMBER });
    assertSilent([request, request.headers]);
    await connect(sandbox, gateway).send(TEXT);
  }
  const row = { id: 'hunter2', title: 'Ada Lovelace' };
  await connect(sandbox, 'devino-v2').send({
    to: TEXT.to,
    type: 'interactive',
    interactive: {
      type: 'list',
      body: { text: 'Code: 1234' },
      action: { button: 'x', sections: [{ title: 'hunter2', rows: [row] }] },
    },
  });
  const { messages } = sandbox;
  assert.equal(messages.length, GATEWAYS.length + 1);
  assertSilent(messages);
  for (const message of messages) {
    assertSilent(message.body);
    assert.match(JSON.stringify(message.body), /Code: 1234/);
  }

  const repeated = { errors: [{ code: 1008, title: 'x', details: `Ada Lovelace ${NUMBER}` }] };
  for (const result of parseResponse('tujenge', JSON.stringify(repeated), 400)) {
    assert.ok(result instanceof WamuxError);
    assert.match(JSON.stringify(result.reasons), /Ada Lovelace/);
    assertSilent([result.reasons, result.reasons[0]]);
  }
});

/** The call throws a `TypeError` that names the argument, and nothing secret. */
function assertMistyped(call: () => unknown, name: string): void {
  try {
    call();
  } catch (error) {
    assert.ok(error instanceof TypeError, String(error));
    assert.match(error.message, new RegExp(`^\`${name}\` must be `));
    assertSilent(error);
    return;
  }
  assert.fail(`${name} was taken`);
}

/** A call that throws what the promise rejects with. */
async function failure(promise: Promise<unknown>): Promise<() => unknown> {
  try {
    await promise;
    return () => undefined;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}
