/** The messages of a gateway one after another. */
import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { test } from 'node:test';
import { inspect } from 'node:util';

import {
  CancelledError,
  type Client,
  type Event,
  type Messages,
  ProtocolError,
  UnsupportedError,
  ValidationError,
} from 'wamux';
import { Sandbox } from 'wamux/testing';

import { calledPaths, connect, exception, GATEWAYS, rejection } from './support';

/** Sends texts, which the instance lists then. */
async function send(client: Client, ...texts: string[]): Promise<void> {
  for (const body of texts) {
    await client.send({ to: '+79034567890', type: 'text', text: { body } });
  }
}

function textOf(event: Event): string {
  assert.ok(event.type === 'message' && event.content.type === 'text');
  return event.content.text.body;
}

async function texts(messages: Messages): Promise<string[]> {
  const read: string[] = [];
  for await (const event of messages) {
    read.push(textOf(event));
  }
  return read;
}

test('each message is given once and in order, until there is nothing new', async () => {
  await using sandbox = await Sandbox.start();
  const client = connect(sandbox, 'chat-api');
  await send(client, 'a', 'b', 'c', 'd', 'e');
  const messages = client.chatApi.iterateMessages({ limit: 2 });
  assert.equal(messages.position, undefined);
  assert.deepEqual(await texts(messages), ['a', 'b', 'c', 'd', 'e']);
  assert.equal(messages.position, 5);

  assert.deepEqual(await texts(messages), []);
  await send(client, 'f');
  assert.deepEqual(await texts(messages), ['f']);
  assert.equal(messages.position, 6);
  assert.deepEqual(await texts(client.chatApi.iterateMessages()), ['a', 'b', 'c', 'd', 'e', 'f']);
});

test('the position is that of the last message that was given, and a later run goes on there', async () => {
  await using sandbox = await Sandbox.start();
  const client = connect(sandbox, 'chat-api');
  await send(client, 'a', 'b', 'c', 'd');
  const messages = client.chatApi.iterateMessages({ limit: 3 });
  const positions: (number | undefined)[] = [];
  for await (const event of messages) {
    positions.push(messages.position);
    if (textOf(event) === 'b') {
      break;
    }
  }
  assert.deepEqual(positions, [1, 2]);
  const later = client.chatApi.iterateMessages({ last_message_number: messages.position });
  assert.equal(later.position, 2);
  assert.deepEqual(await texts(later), ['c', 'd']);
  // The loop that was left can be gone on with, too.
  assert.deepEqual(await texts(messages), ['c', 'd']);
});

test('pages that repeat and that are empty change nothing', async () => {
  await using sandbox = await Sandbox.start();
  const client = connect(sandbox, 'chat-api');
  await send(client, 'a', 'b', 'c', 'd', 'e');
  const messages = client.chatApi.iterateMessages({ limit: 2 });
  const read: string[] = [];
  for await (const event of messages) {
    read.push(textOf(event));
    if (read.length === 2) {
      sandbox.inject({ kind: 'repeated_page', gateway: 'chat-api', count: 2 });
    }
  }
  assert.deepEqual(read, ['a', 'b', 'c', 'd', 'e']);
});

test('a page that does not come is an error, and the next loop asks for it again', async () => {
  await using sandbox = await Sandbox.start();
  const client = connect(sandbox, 'chat-api');
  await send(client, 'a', 'b', 'c');
  const messages = client.chatApi.iterateMessages({ limit: 2 });
  const iterator = messages[Symbol.asyncIterator]();
  await iterator.next();
  await iterator.next();
  sandbox.inject({ kind: 'truncated', path: '/instance1/messages' });
  const error = await rejection(iterator.next());
  assert.ok(error instanceof ProtocolError);
  assert.equal(messages.position, 2);
  assert.deepEqual(await texts(messages), ['c']);
});

test('a signal calls a loop off', async () => {
  await using sandbox = await Sandbox.start();
  const client = connect(sandbox, 'chat-api');
  await send(client, 'a');
  sandbox.inject({ kind: 'delay', seconds: 30, path: '/instance1/messages' });
  const signal = AbortSignal.timeout(100);
  const error = await rejection(texts(client.chatApi.iterateMessages({}, { signal })));
  assert.ok(error instanceof CancelledError);
  assert.equal(error.cause, signal.reason);
  assert.deepEqual(getEventListeners(signal, 'abort'), []);
});

test('events print masked, and so does what gives them', async () => {
  await using sandbox = await Sandbox.start();
  const client = connect(sandbox, 'chat-api');
  await send(client, 'hunter2');
  const messages = client.chatApi.iterateMessages();
  const iterator = messages[Symbol.asyncIterator]();
  const { value } = (await iterator.next()) as IteratorYieldResult<Event>;
  assert.equal(textOf(value), 'hunter2');
  for (const shown of [inspect(value), inspect(messages, { depth: 5, showHidden: true })]) {
    assert.doesNotMatch(shown, /hunter2|4567890|sandbox-token/);
  }
});

test('wrong arguments and other gateways are refused at once', async () => {
  await using sandbox = await Sandbox.start();
  const { chatApi } = connect(sandbox, 'chat-api');
  const wrong = exception(() => chatApi.iterateMessages({ limit: 'two', page: 1 } as never));
  assert.ok(wrong instanceof ValidationError);
  assert.deepEqual(wrong.violations.map(({ path }) => path).sort(), ['limit', 'page']);
  const { signal } = new AbortController();
  assert.throws(() => chatApi.iterateMessages({}, signal as never), TypeError);
  for (const gateway of GATEWAYS.filter((id) => id !== 'chat-api')) {
    const error = exception(() => connect(sandbox, gateway).chatApi.iterateMessages());
    assert.ok(error instanceof UnsupportedError);
  }
  assert.deepEqual(await calledPaths(sandbox), []);
});
