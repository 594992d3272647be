/** The calls beyond sending, and the one that has no name. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { Worker } from 'node:worker_threads';

import {
  buildCall,
  CancelledError,
  capabilities,
  Client,
  ConfigurationError,
  parseCallResponse,
  ProtocolError,
  RejectedError,
  UnsupportedError,
  ValidationError,
} from 'wamux';
import { Sandbox } from 'wamux/testing';

import { calledPaths, connect, exception, GATEWAYS, plain, rejection, textOf } from './support';

const WA_ID = '255712345678';

test('a call gives its output in the shape of JSON, and nothing where there is none', async () => {
  await using sandbox = await Sandbox.start();
  const { tujenge } = connect(sandbox, 'tujenge');
  // eslint-disable-next-line @typescript-eslint/no-confusing-void-expression -- That it is none is what is tested.
  assert.equal(await tujenge.setAbout({ text: 'Karibu' }), undefined);
  assert.deepEqual(plain(await tujenge.getAbout()), { text: 'Karibu' });
  const contacts = [`+${WA_ID}`];
  const checked = await tujenge.checkContacts({ contacts, blocking: 'wait', force_check: null });
  assert.deepEqual(plain(checked.contacts), [
    { input: `+${WA_ID}`, status: 'valid', raw_status: 'valid', wa_id: WA_ID },
  ]);
  const status = await connect(sandbox, 'chat-api').chatApi.getStatus();
  assert.equal(status.account_status, 'authenticated');
});

test('a method can be taken out of its object', async () => {
  await using sandbox = await Sandbox.start();
  const client = connect(sandbox, 'tujenge');
  assert.equal(client.tujenge, client.tujenge);
  const { listGroups } = client.tujenge;
  assert.deepEqual(plain(await listGroups()), { groups: [] });
});

test('every call that the gateways list is a method, and no other', () => {
  const client = new Client({ gateway: 'tujenge', apiKey: 'x' });
  const objects = { tujenge: client.tujenge, 'chat-api': client.chatApi };
  const withCalls = GATEWAYS.filter((gateway) => capabilities(gateway).calls.length > 0);
  assert.deepEqual(withCalls, Object.keys(objects));
  // It is made of several calls.
  assert.equal(typeof client.chatApi.iterateMessages, 'function');
  for (const [gateway, calls] of Object.entries(objects)) {
    const names = capabilities(gateway as keyof typeof objects).calls.map((name) =>
      name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
    );
    const methods = Object.keys(calls).filter((name) => name !== 'iterateMessages');
    assert.deepEqual(methods, names);
  }
});

test('what the gateway refuses is an error of its kind', async () => {
  await using sandbox = await Sandbox.start();
  const { tujenge } = connect(sandbox, 'tujenge');
  const error = await rejection(tujenge.markAsRead({ message_id: 'none' }));
  assert.ok(error instanceof RejectedError);
  assert.deepEqual(
    [error.code, error.httpStatus, error.delivery, error.gateway, error.attempts.length],
    ['1006', 404, 'not_sent', 'tujenge', 1],
  );
});

test('wrong arguments are violations at their paths, and nothing is called', async () => {
  await using sandbox = await Sandbox.start();
  const { tujenge } = connect(sandbox, 'tujenge');
  const paths = async (call: Promise<unknown>): Promise<string[]> => {
    const error = await rejection(call);
    assert.ok(error instanceof ValidationError);
    return error.violations.map(({ code, path }) => `${code} ${path}`);
  };
  const wrong = { message_id: 7, status: 'read' } as never;
  assert.deepEqual(await paths(tujenge.markAsRead(wrong)), [
    'invalid message_id',
    'unknown.field status',
  ]);
  assert.deepEqual(await paths(tujenge.markAsRead(undefined as never)), [
    'must.be.not.null message_id',
  ]);
  assert.deepEqual(await paths(tujenge.setAbout({ text: 'x'.repeat(140) })), [
    'length.too.long text',
  ]);
  assert.deepEqual(await paths(tujenge.setAbout({ text: '\ud800' })), ['invalid text']);
  const numbers = tujenge.checkContacts({ contacts: [`+${WA_ID}`, 'nobody'] });
  assert.deepEqual(await paths(numbers), ['invalid contacts[1]']);
  assert.deepEqual(await calledPaths(sandbox), []);
});

test('options of wrong types are named, with the right call', async () => {
  await using sandbox = await Sandbox.start();
  const client = connect(sandbox, 'tujenge');
  const { signal } = new AbortController();
  const wrongs: [call: Promise<unknown>, words: RegExp][] = [
    [client.tujenge.getAbout({}, signal as never), /`options` .*client\.tujenge\.getAbout\(/],
    [client.tujenge.getAbout({}, { timeout: 5 } as never), /`timeout` .*\{ signal \}\)/],
    [client.tujenge.getAbout({}, { signal: 'x' } as never), /`signal` must be an object/],
    [client.call('GET', '/', undefined, signal as never), /`options` .*client\.call\(/],
    [client.call(7 as never, '/'), /`method` must be a string/],
    [client.call('GET', {} as never), /`path` must be a string/],
  ];
  for (const [call, message] of wrongs) {
    await assert.rejects(call, { name: 'TypeError', message });
  }
  assert.deepEqual(await calledPaths(sandbox), []);
});

test("another gateway's calls are refused", async () => {
  await using sandbox = await Sandbox.start();
  for (const gateway of GATEWAYS.filter((id) => id !== 'tujenge')) {
    const error = await rejection(connect(sandbox, gateway).tujenge.getAbout());
    assert.ok(error instanceof UnsupportedError);
    assert.match(error.message, /tujenge has it/);
    assert.deepEqual([error.gateway, error.delivery], [gateway, 'not_sent']);
  }
  assert.deepEqual(await calledPaths(sandbox), []);
});

test('a signal calls a call off', async () => {
  await using sandbox = await Sandbox.start();
  const { tujenge } = connect(sandbox, 'tujenge');
  const before = await rejection(tujenge.getAbout({}, { signal: AbortSignal.abort('late') }));
  assert.ok(before instanceof CancelledError);
  assert.deepEqual([before.delivery, before.cause], ['not_sent', 'late']);

  sandbox.inject({ kind: 'delay', seconds: 30, path: '/v1/settings/profile/about' });
  const signal = AbortSignal.timeout(100);
  const during = await rejection(tujenge.getAbout({}, { signal }));
  assert.ok(during instanceof CancelledError);
  assert.deepEqual([during.delivery, during.cause], ['unknown', signal.reason]);
});

test('outputs print masked, with all of their parts', async () => {
  await using sandbox = await Sandbox.start();
  const { tujenge } = connect(sandbox, 'tujenge');
  await tujenge.setAbout({ text: 'Karibu' });
  assert.equal(inspect(await tujenge.getAbout()), 'AboutText { text: string(6) }');
  const checked = await tujenge.checkContacts({ contacts: [`+${WA_ID}`], blocking: 'wait' });
  for (const shown of [inspect(checked), inspect([checked.contacts[0]]), inspect({ checked })]) {
    assert.doesNotMatch(shown, /712345678/);
    assert.match(shown, /status: 'valid'/);
  }
  assert.match(JSON.stringify(checked), /712345678/);
});

test('the request of a call, without a client', () => {
  const request = buildCall('tujenge', 'mark_as_read', { message_id: 'a/b' });
  assert.deepEqual(
    [request.method, request.url, textOf(request)],
    ['PUT', 'https://waba.tujenge.io/v1/messages/a%2Fb', '{"status":"read"}'],
  );
  const blocked = buildCall(
    'tujenge',
    'block_contact',
    { phone: '8 (903) 456-78-90' },
    { region: 'RU', apiKey: 'hunter2', baseUrl: 'https://gateway.example' },
  );
  assert.equal(blocked.url, 'https://gateway.example/v1/contacts/79034567890/block');
  assert.doesNotMatch(JSON.stringify(blocked), /hunter2/);
  assert.doesNotMatch(inspect(blocked), /79034567890/);

  const picture = { mime_type: 'image/png' };
  const upload = buildCall('tujenge', 'upload_media', picture, { length: 1024 });
  assert.deepEqual([upload.headers['content-type'], upload.body], ['image/png', '']);
  const large = { length: 5 * 1024 * 1024 + 1 };
  const error = exception(() => buildCall('tujenge', 'upload_media', picture, large));
  assert.deepEqual([error.violations[0]?.path, error.violations[0]?.limit], ['source', 5242880]);

  for (const length of [-1, 1.5, '7' as never]) {
    assert.throws(() => buildCall('tujenge', 'upload_media', picture, { length }), TypeError);
  }
  const unknown = exception(() => buildCall('tujenge', 'mark_as_seen' as never, {} as never));
  assert.ok(unknown instanceof ConfigurationError);
  assert.match(unknown.message, /mark_as_read/);
});

test('the answer to a call, without a client', () => {
  const media = parseCallResponse('tujenge', 'upload_media', '{"media":[{"id":"f043"}]}');
  assert.equal(media.id, 'f043');
  assert.equal(inspect(media), "UploadedMedia { id: 'f043' }");
  // eslint-disable-next-line @typescript-eslint/no-confusing-void-expression -- As above.
  assert.equal(parseCallResponse('tujenge', 'mark_as_read', Buffer.from('{}')), undefined);
  const refusal = '{"errors":[{"code":1006,"title":"Resource not found"}]}';
  const error = exception(() =>
    parseCallResponse('tujenge', 'upload_media', refusal, { status: 404 }),
  );
  assert.deepEqual([error.code, error.kind], ['1006', 'rejected']);
  const page = exception(() => parseCallResponse('tujenge', 'upload_media', '<html>'));
  assert.ok(page instanceof ProtocolError);
  const wrong = exception(() => parseCallResponse('tujenge', 'get_about', '{}', { status: 99 }));
  assert.ok(wrong instanceof ConfigurationError);
});

test('the call that has no name', async () => {
  await using sandbox = await Sandbox.start();
  const client = connect(sandbox, 'tujenge');
  const path = '/v1/settings/profile/about';
  for (const body of [{ text: 'Karibu' }, '{"text":"Karibu"}', Buffer.from('{"text":"Karibu"}')]) {
    const answer = await client.call('PATCH', path, body);
    assert.deepEqual([answer.status, answer.json()], [200, {}]);
  }
  const answer = await client.call('GET', path);
  assert.deepEqual(answer.json(), JSON.parse(answer.body.toString()));
  assert.match(answer.body.toString(), /Karibu/);
  assert.equal(answer.headers['content-type'], 'application/json');
  assert.match(inspect(answer), /^Answer \{\s+status: 200/);
  assert.doesNotMatch(inspect(answer), /Karibu|application/);

  const missing = await rejection(client.call('GET', '/v1/media/none'));
  assert.deepEqual([missing.code, missing.httpStatus], ['1006', 404]);
  const kept = await rejection(client.call('GET', '/v1/users/login'));
  assert.ok(kept instanceof UnsupportedError);
  const wrong = await rejection(client.call('GET', 'v1/media'));
  assert.ok(wrong instanceof ValidationError);
  for (const method of ['get', 'GE T', '']) {
    const error = await rejection(client.call(method as never, '/'));
    assert.ok(error instanceof ConfigurationError);
  }
  const cancelled = await rejection(
    client.call('GET', path, undefined, { signal: AbortSignal.abort() }),
  );
  assert.ok(cancelled instanceof CancelledError);
});

test('a body that is no JSON is said to be none, and not repeated', async () => {
  await using sandbox = await Sandbox.start();
  const client = connect(sandbox, 'tujenge');
  const { id } = await client.tujenge.uploadMedia(
    { mime_type: 'text/plain' },
    Buffer.from('hunter2'),
  );
  const answer = await client.call('GET', `/v1/media/${id}`);
  assert.equal(answer.body.toString(), 'hunter2');
  assert.throws(
    () => answer.json(),
    (error: Error) => {
      assert.ok(error instanceof SyntaxError);
      assert.doesNotMatch(inspect(error), /hunter2/);
      return true;
    },
  );
});

test('worker threads make calls, and move files', async () => {
  await using sandbox = await Sandbox.start();
  const script = `
    const { parentPort, workerData } = require('node:worker_threads');
    const { Client } = require('wamux');
    const { tujenge } = new Client(workerData);
    void (async () => {
      async function* pieces() { for (let i = 0; i < 100; i += 1) { yield Buffer.alloc(10_000, i); } }
      const { id } = await tujenge.uploadMedia({ mime_type: 'application/pdf' }, pieces());
      const download = await tujenge.downloadMedia({ media_id: id });
      let length = 0;
      for await (const chunk of download) { length += chunk.length; }
      const error = await tujenge.downloadMedia({ media_id: 'none' }).catch((error) => error);
      parentPort.postMessage([length, error.code]);
    })();`;
  const workers = Array.from({ length: 3 }, () => {
    return new Worker(script, { eval: true, workerData: sandbox.settings('tujenge') });
  });
  const answers = await Promise.all(
    workers.map(async (worker) => {
      const events = [once(worker, 'message'), once(worker, 'exit')];
      return (await Promise.all(events)).flat() as unknown[];
    }),
  );
  for (const answer of answers) {
    assert.deepEqual(answer, [[1_000_000, '1006'], 0]);
  }

  // One that is ended in the middle of both ways leaves this thread and its sandbox alone.
  const endless = `
    const { parentPort, workerData } = require('node:worker_threads');
    const { Client } = require('wamux');
    async function* endless() {
      yield Buffer.alloc(100_000);
      parentPort.postMessage('begun');
      for (;;) { await new Promise((resolve) => setTimeout(resolve, 5)); yield Buffer.alloc(10); }
    }
    void new Client(workerData).tujenge.uploadMedia({ mime_type: 'application/pdf' }, endless());`;
  const worker = new Worker(endless, { eval: true, workerData: sandbox.settings('tujenge') });
  await once(worker, 'message');
  await worker.terminate();
  assert.deepEqual(plain(await connect(sandbox, 'tujenge').tujenge.listGroups()), { groups: [] });
});
