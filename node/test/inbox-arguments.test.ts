/** Who may post to an inbox, what it takes, and that nothing secret is printed. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { inspect } from 'node:util';

import {
  Authentication,
  ConfigurationError,
  Inbox,
  type InboxRequest,
  type Notification,
} from 'wamux';

import { devino, HEADER, SECRET, serve, statusOf, temporaryFolder, webhook } from './inbox-support';
import { exception, until } from './support';

const folder = temporaryFolder();

after(() => {
  folder[Symbol.dispose]();
});

test('strangers are refused before their body is read', async () => {
  const seen: Notification[] = [];
  await using inbox = devino({ handler: (notification) => seen.push(notification) });
  await using server = await serve(inbox);
  const post = async (init: RequestInit): Promise<Response> =>
    fetch(server.url, { method: 'POST', body: '[]', ...init });
  const headers = { 'X-Webhook-Secret': SECRET };
  assert.equal((await post({})).status, 401);
  assert.equal((await post({ headers: { 'X-Webhook-Secret': 'battery' } })).status, 403);
  assert.equal((await post({ headers: { 'X-Webhook-Secret': '\xff\xfe' } })).status, 403);
  const wrong = await post({ method: 'PUT', headers });
  assert.deepEqual([wrong.status, wrong.headers.get('allow')], [405, 'POST']);
  assert.equal((await post({ headers })).status, 200);
  assert.equal((await post({ headers, body: 'x'.repeat(2 ** 20 + 1) })).status, 413);

  // A length that nobody has told.
  const chunked = httpRequest(server.url, { method: 'POST', headers });
  chunked.write('x'.repeat(2 ** 20));
  chunked.end('x');
  const [answer] = (await once(chunked, 'response')) as [{ statusCode: number }];
  assert.equal(answer.statusCode, 413);
  assert.equal(seen.length, 0);
  // What cannot be read is an event all the same.
  assert.equal((await post({ headers, body: '<html>' })).status, 200);
  assert.deepEqual(
    seen.map(({ event }) => event.type),
    ['error'],
  );
});

test('a header that cannot be is no match', async () => {
  await using inbox = devino({ handler: () => undefined });
  const status = async (headers: Record<string, string | string[]>): Promise<number> => {
    const answer = await inbox.receive({ method: 'POST', path: '/', headers, body: '[]' });
    return answer.status;
  };
  for (const value of ['a\nb', '\0', '']) {
    assert.equal(await status({ 'X-Webhook-Secret': value }), 403);
  }
  assert.equal(await status({ 'X-Webhook-Secret': [SECRET, '\n'] }), 403);
  assert.equal(await status({ 'X-Webhook-Secret\n': SECRET }), 401);
  const many = Array.from({ length: 40_000 }, (_, number) => [`x-${number}`, '1'] as const);
  assert.equal(await status(Object.fromEntries(many)), 401);
});

test('each way of authentication, by the headers of node:http and of fetch', async () => {
  const body = '[]';
  const signature = '8c8fa10a0a358dcaffcec61d2679a7460d2f2fbf1046be7aa8686e68ccab130e';
  const basic = `Basic ${Buffer.from('gateway:correct horse').toString('base64')}`;
  const cases: [Authentication, InboxRequest, number][] = [
    [Authentication.none(), { method: 'POST', path: undefined, headers: {}, body }, 200],
    [
      Authentication.path('correct horse'),
      { method: 'POST', path: '/webhook/correct%20horse?retry=1', headers: {}, body },
      200,
    ],
    [Authentication.path(SECRET), { method: 'POST', path: '/webhook/x', headers: {}, body }, 403],
    [
      Authentication.basic('gateway', SECRET),
      { method: 'POST', path: '/', headers: new Headers({ Authorization: basic }), body },
      200,
    ],
    [
      Authentication.signature('X-Signature', SECRET),
      { method: 'POST', path: '/', headers: { 'x-signature': signature }, body: Buffer.from('{}') },
      200,
    ],
    [
      Authentication.signature('X-Signature', SECRET),
      { method: 'POST', path: '/', headers: { 'x-signature': signature }, body: '{} ' },
      403,
    ],
    // The bytes of UTF-8, as node:http shows them, and as other servers do.
    [
      Authentication.header('X', 'пароль'),
      { method: 'POST', path: '/', headers: { x: 'Ð¿Ð°Ñ\x80Ð¾Ð»Ñ\x8c' }, body },
      200,
    ],
    [
      Authentication.header('X', 'пароль'),
      { method: 'POST', path: '/', headers: [['X', 'пароль']], body },
      200,
    ],
    [
      Authentication.header('X', SECRET),
      { method: 'POST', path: '/', headers: { x: [SECRET, SECRET], y: undefined }, body },
      403,
    ],
    [
      Authentication.header('X', SECRET),
      { method: 'PO ST\ud800', path: '\ud800', headers: { 'no name': 'x', x: 'a\nb' }, body },
      405,
    ],
    [
      Authentication.header('X', SECRET),
      { method: 'POST', path: '\ud800', headers: { 'no name': 'x', x: 'a\nb' }, body },
      403,
    ],
  ];
  for (const [authentication, request, status] of cases) {
    await using inbox = devino({ authentication, handler: () => undefined });
    assert.equal(await statusOf(inbox, request), status, JSON.stringify(request));
  }
  await using inbox = devino({
    authentication: Authentication.basic('gateway', SECRET),
    handler: () => undefined,
  });
  const asked = inbox.checkHead({ method: 'POST', path: '/', headers: {} });
  assert.deepEqual(asked, {
    status: 401,
    headers: { 'www-authenticate': 'Basic realm="webhook"' },
  });
});

test('wrong settings and arguments are named, and not repeated', async () => {
  const handler = (): void => undefined;
  const good = { gateway: 'devino-v2', handler, authentication: HEADER } as const;
  const wrong: [settings: object, words: RegExp, type: typeof Error | typeof ConfigurationError][] =
    [
      [{ gateway: 'pigeon' }, /`pigeon` is not a gateway.*devino-v2/, ConfigurationError],
      [
        { store: 'postgres://hunter2@host' },
        /store must be memory, sqlite:PATH/,
        ConfigurationError,
      ],
      [{ alias: '' }, /alias must not be empty/, ConfigurationError],
      [{ alias: '\ud800' }, /lone surrogates/, ConfigurationError],
      [
        { concurrency: 0 },
        /concurrency must be a whole number from 1 to 100000/,
        ConfigurationError,
      ],
      [{ attempts: 1.5 }, /attempts must be a whole number/, ConfigurationError],
      [{ firstWait: -1 }, /first_wait must be a number of seconds/, ConfigurationError],
      [{ longestWait: 1e300 }, /longest_wait must be/, ConfigurationError],
      [{ lease: 0 }, /lease must be above 0/, ConfigurationError],
      [{ retention: -0.5 }, /retention must be/, ConfigurationError],
      [{ gateway: undefined }, /needs a `gateway`/, TypeError],
      [{ handler: undefined }, /needs a `gateway` and a `handler`/, TypeError],
      [{ handler: 'hunter2' }, /`handler` must be a function/, TypeError],
      [{ authentication: undefined }, /Authentication\.none\(\)/, TypeError],
      [
        { authentication: { secret: 'hunter2' } },
        /`authentication` must be an Authentication/,
        TypeError,
      ],
      [{ concurrency: 'hunter2' }, /`concurrency` must be a finite number/, TypeError],
      [{ lease: Number.NaN }, /`lease` must be a finite number/, TypeError],
      [{ leases: 1 }, /`leases` is not a member of `settings`.*retention/, TypeError],
    ];
  for (const [settings, words, type] of wrong) {
    assert.throws(
      () => new Inbox({ ...good, ...settings }),
      (error: Error) => {
        assert.ok(error instanceof type, String(error));
        assert.match(error.message, words);
        assert.doesNotMatch(inspect(error), /hunter2/);
        return true;
      },
    );
  }
  for (const make of [
    () => Authentication.header('no name', 'hunter2'),
    () => Authentication.header('X-Secret', ''),
    () => Authentication.path('hunter2/'),
    () => Authentication.basic('a:hunter2', 'x'),
    () => Authentication.signature('X-Signature', '\ud800hunter2'),
  ]) {
    const error = exception(make);
    assert.ok(error instanceof ConfigurationError);
    assert.doesNotMatch(inspect(error), /hunter2/);
  }
  assert.throws(() => Authentication.path(1 as never), /`secret` must be a string/);

  await using inbox = new Inbox(good);
  const request = { method: 'POST', path: '/', headers: {}, body: '' };
  const requests: [object, RegExp][] = [
    [{ method: 1 }, /`method` must be a string/],
    [{ path: ['hunter2'] }, /`path` must be a string/],
    [{ headers: undefined }, /`headers` must be/],
    [{ headers: { 'x-secret': 7 } }, /`headers` must be/],
    [{ headers: ['hunter2'] }, /`headers` must be/],
    [{ body: { items: 'hunter2' } }, /`body` must be a string or a Uint8Array/],
  ];
  for (const [members, words] of requests) {
    const taken = inbox.receive({ ...request, ...members });
    await assert.rejects(taken, (error: Error) => {
      assert.ok(error instanceof TypeError);
      assert.match(error.message, words);
      assert.doesNotMatch(error.message, /hunter2/);
      return true;
    });
  }
  await assert.rejects(inbox.revive('hunter2'), /64 hexadecimal digits/);
  await assert.rejects(inbox.dead(-1), /`limit` must be at least 0/);
});

test('nothing secret is printed', async () => {
  const printed: string[] = [];
  const authentications = [
    HEADER,
    Authentication.path('correct-horse'),
    Authentication.basic('gateway', SECRET),
    Authentication.signature('X-Signature', SECRET),
    Authentication.none(),
  ];
  assert.deepEqual(
    authentications.map((authentication) => inspect(authentication)),
    [
      "Authentication.header('X-Webhook-Secret', '***')",
      "Authentication.path('***')",
      "Authentication.basic('***', '***')",
      "Authentication.signature('X-Signature', '***')",
      'Authentication.none()',
    ],
  );
  await using inbox = new Inbox({
    gateway: 'tujenge',
    authentication: HEADER,
    store: `sqlite:${join(folder.path, 'printed')}`,
    attempts: 1,
    handler: (notification) => {
      printed.push(inspect(notification, { depth: 9, showHidden: true }));
      throw new Error('Hello from 79034567890');
    },
  });
  const text = {
    from: '79034567890',
    id: 'A',
    timestamp: '1',
    type: 'text',
    text: { body: 'Hello' },
  };
  const body = JSON.stringify({ messages: [text] });
  await inbox.receive({ ...webhook(), body });
  await until(async () => (await inbox.dead()).length === 1);
  printed.push(inspect(await inbox.dead(), { depth: 9 }), inspect(inbox, { showHidden: true }));
  assert.doesNotMatch(printed.join(), /Hello|9034567890|horse|sqlite/);
  assert.match(printed[0] ?? '', /^Notification \{[^]*alias: 'tujenge'[^]*key: '[0-9a-f]{64}'/);
});
