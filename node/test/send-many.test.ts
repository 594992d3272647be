/** Many messages: their results, how far ahead they are taken, and how a sending ends. */
import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { test } from 'node:test';

import {
  CancelledError,
  Client,
  type Message,
  type MessageInput,
  type MessageSource,
  type SendOptions,
  type SendResult,
  ValidationError,
} from 'wamux';
import { Sandbox } from 'wamux/testing';

import { connect, GATEWAYS, TEXT, until, untyped } from './support';

function numbered(count: number): Message[] {
  return Array.from({ length: count }, (_, position) => ({
    ...TEXT,
    to: `+7903456${String(position).padStart(4, '0')}`,
    client_id: String(1000 + position),
  }));
}

async function collected(
  client: Client,
  messages: MessageSource,
  options?: SendOptions,
): Promise<SendResult[]> {
  const results = [];
  for await (const result of client.sendMany(messages, options)) {
    results.push(result);
  }
  return results.sort((one, other) => one.index - other.index);
}

/** What a loop over the results throws, and what it was given before. */
async function failed(
  results: AsyncIterable<SendResult>,
): Promise<{ error: unknown; given: SendResult[] }> {
  const given: SendResult[] = [];
  try {
    for await (const result of results) {
      given.push(result);
    }
  } catch (error) {
    return { error, given };
  }
  throw new assert.AssertionError({ message: 'the loop did not throw' });
}

/** Messages without an end, which note how many were taken and whether they were closed. */
class Endless implements AsyncIterable<Message> {
  taken = 0;
  closed = 0;

  [Symbol.asyncIterator](): AsyncIterator<Message> {
    return {
      next: async () => {
        this.taken += 1;
        return Promise.resolve({ done: false, value: TEXT });
      },
      return: async () => {
        this.closed += 1;
        return Promise.resolve({ done: true, value: undefined });
      },
    };
  }
}

test('each message has its own result, at every gateway, in the batches that it has', async () => {
  await using sandbox = await Sandbox.start();
  for (const gateway of GATEWAYS) {
    sandbox.clear();
    const messages = numbered(250);
    messages[7] = { ...TEXT, to: '+7903' };
    messages[133] = untyped({ to: TEXT.to, type: 'txt' });
    const results = await collected(connect(sandbox, gateway), messages);
    assert.deepEqual(
      results.map(({ index }) => index),
      messages.map((_, index) => index),
    );
    for (const { index, receipt, error } of results) {
      if (error) {
        assert.ok([7, 133].includes(index), String(error));
        assert.ok(error instanceof ValidationError);
      } else {
        assert.equal(receipt.to, messages[index]?.to);
        assert.equal(receipt.client_id, messages[index]?.client_id);
        assert.equal(receipt.attempts.length, 1);
      }
    }
    const { requests, accepted } = sandbox.counts;
    assert.equal(accepted, 248, gateway);
    if (gateway.startsWith('devino')) {
      assert.ok(requests <= 4, `${requests} requests`);
    } else {
      assert.equal(requests, 248);
    }
  }
});

test('messages of every source, in every form', async () => {
  await using sandbox = await Sandbox.start();
  const client = connect(sandbox, 'devino-v2');
  const [one, two, three] = numbered(3) as [Message, Message, Message];
  const forms = [one, JSON.stringify(two), Buffer.from(JSON.stringify(three))];
  function* generator(): Generator<MessageInput> {
    yield* forms;
  }
  async function* asyncGenerator(): AsyncGenerator<MessageInput> {
    for (const form of forms) {
      await new Promise(setImmediate);
      yield form;
    }
  }
  for (const source of [forms, new Set(forms), generator(), asyncGenerator()]) {
    const results = await collected(client, source);
    assert.deepEqual(
      results.map(({ receipt }) => receipt?.client_id),
      ['1000', '1001', '1002'],
    );
  }
  assert.deepEqual(await collected(client, []), []);
});

test('what is wrong with a message is its own result', async () => {
  await using sandbox = await Sandbox.start();
  const fault = new Error('hunter2');
  const wrong: unknown[] = [
    undefined,
    7903n,
    '{',
    '',
    'a\0b',
    new Uint8Array([255]),
    Promise.resolve(TEXT),
    { ...TEXT, text: { body: '\ud800' } },
    { ...TEXT, text: { body: 'x'.repeat(5000) } },
    Object.defineProperty({ ...TEXT }, 'ttl', {
      enumerable: true,
      get: () => {
        throw fault;
      },
    }),
  ];
  const messages = wrong.flatMap((message) => [TEXT, untyped(message)]);
  const results = await collected(connect(sandbox, 'tujenge'), [...messages, TEXT]);
  assert.equal(results.length, messages.length + 1);
  for (const { index, receipt, error } of results) {
    if (index % 2 === 0) {
      assert.equal(receipt?.status, 'accepted');
    } else {
      assert.ok(error instanceof ValidationError, String(index));
      assert.equal(error.delivery, 'not_sent');
      assert.ok(error.violations.length > 0);
    }
  }
  assert.equal(results[messages.length - 1]?.error?.cause, fault);
  assert.doesNotMatch(String(results[messages.length - 1]?.error), /hunter2/);
  assert.equal(sandbox.counts.accepted, wrong.length + 1);
});

test('nothing begins before a result is asked for, and no more is taken than can be under way', async () => {
  await using sandbox = await Sandbox.start();
  const client = new Client({ ...sandbox.settings('tujenge'), concurrency: 4 });
  const source = new Endless();
  const results = client.sendMany(source);
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(source.taken, 0);
  for (let given = 1; given <= 20; given += 1) {
    assert.ok((await results.next()).value?.receipt);
    // Whatever can be taken is: the results of the others come, and wait.
    await until(() => sandbox.counts.accepted >= given + 3);
    assert.ok(source.taken <= given + 4, `${source.taken} taken for ${given} results`);
  }
  await results.return?.();
  const { taken } = source;
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.deepEqual([source.taken, source.closed], [taken, 1]);
});

test('results come as they come: a slow message holds no other up', async () => {
  await using sandbox = await Sandbox.start();
  sandbox.inject({ kind: 'delay', seconds: 1 });
  const order: number[] = [];
  for await (const { index } of connect(sandbox, 'tujenge').sendMany(numbered(10))) {
    order.push(index);
  }
  assert.equal(order.length, 10);
  assert.notEqual(order.at(-1), 9, String(order));
});

test('what the source throws is thrown, after the results of what was under way', async () => {
  await using sandbox = await Sandbox.start();
  const client = connect(sandbox, 'rapporto');
  const fault = new Error('the database is gone');
  function* generator(): Generator<Message> {
    yield* numbered(5);
    throw fault;
  }
  async function* asyncGenerator(): AsyncGenerator<Message> {
    yield* numbered(5);
    await new Promise(setImmediate);
    throw fault;
  }
  for (const source of [generator(), asyncGenerator()]) {
    const results = client.sendMany(source);
    const { error, given } = await failed(results);
    assert.equal(error, fault);
    assert.equal(given.length, 5);
    assert.ok(given.every(({ receipt }) => receipt));
    assert.deepEqual(await results.next(), { done: true, value: undefined });
  }
  const unreadable = {
    [Symbol.iterator]: () => {
      throw fault;
    },
  };
  assert.deepEqual(await failed(client.sendMany(unreadable)), { error: fault, given: [] });
});

test('leaving the loop calls off what is under way, and closes the source', async () => {
  await using sandbox = await Sandbox.start();
  const client = new Client({ ...sandbox.settings('tujenge'), concurrency: 4 });
  let closed = 0;
  async function* messages(): AsyncGenerator<Message> {
    try {
      yield TEXT;
      await until(() => sandbox.counts.accepted === 1);
      // The others are handled after the delay, if the client still waits.
      sandbox.inject({ kind: 'delay', seconds: 0.5, accepts: false, count: 100 });
      for (;;) {
        yield TEXT;
      }
    } finally {
      closed += 1;
    }
  }
  for await (const { receipt } of client.sendMany(messages())) {
    assert.ok(receipt);
    await until(() => sandbox.counts.requests === 5);
    break;
  }
  assert.equal(closed, 1);
  await new Promise((resolve) => setTimeout(resolve, 800));
  assert.deepEqual(sandbox.counts, { requests: 5, accepted: 1 });
});

test('a source that waits does not hold up who leaves, or who aborts', async () => {
  await using sandbox = await Sandbox.start();
  const client = connect(sandbox, 'devino-v2');
  let closed = 0;
  async function* stuck(): AsyncGenerator<Message> {
    try {
      yield TEXT;
      await new Promise(() => undefined);
    } finally {
      closed += 1;
    }
  }
  const left = client.sendMany(stuck());
  assert.ok((await left.next()).value?.receipt);
  const waiting = left.next();
  assert.deepEqual(await left.return?.(), { done: true, value: undefined });
  assert.deepEqual(await waiting, { done: true, value: undefined });

  const controller = new AbortController();
  const aborted = client.sendMany(stuck(), { signal: controller.signal });
  assert.ok((await aborted.next()).value?.receipt);
  const refused = failed(aborted);
  controller.abort();
  assert.ok((await refused).error instanceof CancelledError);
  // The generator's own wait goes on for ever; nobody can end it.
  assert.equal(closed, 0);
});

test('a source that fails while it is closed tells who leaves', async () => {
  await using sandbox = await Sandbox.start();
  const fault = new Error('cannot be closed');
  const messages = numbered(10_000);
  const source = {
    *[Symbol.iterator]() {
      try {
        yield* messages;
      } finally {
        // eslint-disable-next-line no-unsafe-finally -- As sources do that cannot be closed.
        throw fault;
      }
    },
  };
  const client = new Client({ ...sandbox.settings('tujenge'), concurrency: 2 });
  const results = client.sendMany(source);
  await results.next();
  await until(() => sandbox.counts.accepted >= 3);
  await assert.rejects(async () => results.return?.(), fault);
});

test('a signal that was aborted before: nothing is taken', async () => {
  await using sandbox = await Sandbox.start();
  const source = new Endless();
  const reason = new Error('no time left');
  const signal = AbortSignal.abort(reason);
  const results = connect(sandbox, 'devino-v2').sendMany(source, { signal });
  const { error, given } = await failed(results);
  assert.ok(error instanceof CancelledError);
  assert.deepEqual(
    [error.delivery, error.gateway, error.cause, given.length, source.taken],
    ['not_sent', 'devino-v2', reason, 0, 0],
  );
  assert.deepEqual(await results.next(), { done: true, value: undefined });
});

test('a signal that is aborted: each message under way says whether it left', async () => {
  await using sandbox = await Sandbox.start();
  sandbox.inject({ kind: 'delay', seconds: 30, count: 100 });
  const client = new Client({ ...sandbox.settings('tujenge'), concurrency: 4 });
  const source = new Endless();
  const controller = new AbortController();
  const { signal } = controller;
  const ending = failed(client.sendMany(source, { signal }));
  await until(() => sandbox.counts.requests === 4);
  controller.abort();
  const { error, given } = await ending;
  assert.ok(error instanceof CancelledError);
  assert.deepEqual([error.delivery, error.cause], ['unknown', signal.reason]);
  assert.equal(given.length, 4);
  for (const { error } of given) {
    assert.ok(error instanceof CancelledError);
    assert.deepEqual([error.delivery, error.cause], ['unknown', signal.reason]);
  }
  assert.equal(source.closed, 1);
  assert.deepEqual(getEventListeners(signal, 'abort'), []);

  // Those that wait for their turn have not been sent.
  const slow = new Client({ ...sandbox.settings('tujenge'), rate: 0.01, concurrency: 4 });
  const other = new AbortController();
  const before = sandbox.counts.requests;
  const waited = failed(slow.sendMany(new Endless(), { signal: other.signal }));
  await until(() => sandbox.counts.requests === before + 1);
  other.abort();
  const deliveries = (await waited).given.map(({ error }) => error?.delivery).sort();
  assert.deepEqual(deliveries, ['not_sent', 'not_sent', 'not_sent', 'unknown']);
});

test('a signal that is aborted afterwards changes nothing', async () => {
  await using sandbox = await Sandbox.start();
  const controller = new AbortController();
  const { signal } = controller;
  const results = await collected(connect(sandbox, 'chat-api'), numbered(3), { signal });
  assert.ok(results.every(({ receipt }) => receipt));
  assert.deepEqual(getEventListeners(signal, 'abort'), []);
  controller.abort();
});

test('several who ask at once are given one result each', async () => {
  await using sandbox = await Sandbox.start();
  const results = connect(sandbox, 'devino-v2').sendMany(numbered(3));
  const asked = await Promise.all(Array.from({ length: 5 }, async () => results.next()));
  const indexes = asked.map(({ value }) => value?.index);
  assert.deepEqual(indexes.sort(), [0, 1, 2, undefined, undefined]);
});

test('await using calls off what is under way', async () => {
  await using sandbox = await Sandbox.start();
  const source = new Endless();
  {
    await using results = connect(sandbox, 'devino-v2').sendMany(source);
    await results.next();
  }
  assert.equal(source.closed, 1);
});

test('what is no source of messages is refused', async () => {
  await using sandbox = await Sandbox.start();
  const client = connect(sandbox, 'devino-v2');
  for (const wrong of [undefined, null, 7, 'hunter2', new Uint8Array(2), TEXT]) {
    assert.throws(
      () => client.sendMany(wrong as never),
      (error) => error instanceof TypeError && error.message.startsWith('`messages` must be '),
    );
  }
  assert.throws(() => client.sendMany([], { sigal: 1 } as never), TypeError);
  assert.throws(() => client.sendMany([], { signal: {} as never }), TypeError);
});
