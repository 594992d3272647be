/** The inbox behind a real HTTP server, with the sandbox as the gateway, and with each of its stores. */
import assert from 'node:assert/strict';
import { tracingChannel } from 'node:diagnostics_channel';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { inspect } from 'node:util';

import { Inbox, type InboxTrace, type Notification, UnavailableError } from 'wamux';
import { Sandbox } from 'wamux/testing';

import {
  devino,
  HEADER,
  line,
  type Listening,
  redisServer,
  SECRET,
  serve,
  statusOf,
  temporaryFolder,
  webhook,
} from './inbox-support';
import { connect, rejection, TEXT, until } from './support';

const folder = temporaryFolder();
let redis: Listening;

before(async () => {
  redis = await redisServer();
});

after(async () => {
  await redis[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

/** An address of a durable store of its own for each name. */
function durable(name: string): [kind: string, store: string][] {
  return [
    ['SQLite', `sqlite:${join(folder.path, name)}`],
    ['Redis', redis.url],
  ];
}

test('what the sandbox posts twice is handled once, in order', async () => {
  await using sandbox = await Sandbox.start({ callbackDelay: 0.01, tujengeSentStatus: true });
  const seen: Notification[] = [];
  await using inbox = new Inbox({
    gateway: 'tujenge',
    authentication: HEADER,
    handler: async (notification) => {
      await new Promise((resolve) => setImmediate(resolve));
      seen.push(notification);
    },
  });
  await using server = await serve(inbox);
  const client = connect(sandbox, 'tujenge');
  const headers = { 'X-Webhook-Secret': SECRET };
  await client.tujenge.setWebhook({ url: server.url, headers });
  sandbox.inject({ kind: 'duplicated_callbacks' });
  const { message_id } = await client.send(TEXT);
  await until(async () => {
    const log = (await (await fetch(`${sandbox.url}/_sandbox/log`)).json()) as {
      callbacks: { status: number }[];
    };
    return log.callbacks.filter(({ status }) => status === 200).length === 6;
  });
  assert.deepEqual(
    seen.map(({ event }) => event.type === 'status' && [event.message_id, event.status]),
    ['sent', 'delivered', 'read'].map((status) => [message_id, status]),
  );
  assert.ok(seen.every(({ advances, attempt }) => advances && attempt === 1));
  const [{ alias, gateway, key } = assert.fail()] = seen;
  assert.deepEqual([alias, gateway], ['tujenge', 'tujenge']);
  assert.match(key, /^[0-9a-f]{64}$/);

  const incoming = { gateway: 'tujenge', from: '255712345678', text: 'Hello' };
  await fetch(`${sandbox.url}/_sandbox/incoming`, {
    method: 'POST',
    body: JSON.stringify(incoming),
  });
  await until(() => seen.length === 4);
  const message = seen[3]?.event;
  assert.ok(message?.type === 'message' && message.content.type === 'text');
  assert.equal(message.content.text.body, 'Hello');
});

test('a durable store tries again in order, and keeps what is dead until it is revived', async (t) => {
  for (const [kind, store] of durable('dead')) {
    await t.test(kind, async () => {
      const seen: string[] = [];
      let failures = 2;
      await using inbox = devino({
        store,
        attempts: 2,
        handler: (notification) => {
          seen.push(`${line(notification)} ${notification.attempt}`);
          if (line(notification) === '1 sent' && failures > 0) {
            failures -= 1;
            throw new RangeError('no room for +79034567890');
          }
        },
      });
      await inbox.start();
      const request = webhook(['1', 'SENT'], ['1', 'DELIVERED']);
      assert.equal(await statusOf(inbox, request), 200);
      await until(() => seen.length === 3);
      assert.deepEqual(seen, ['1 sent 1', '1 sent 2', '1 delivered 1']);
      await until(async () => (await inbox.waiting()) === 0);
      const [dead, ...others] = await inbox.dead();
      assert.ok(dead && others.length === 0);
      assert.deepEqual([dead.attempts, dead.error], [2, 'RangeError: no room for +79034567890']);
      assert.ok(dead.event.type === 'status' && dead.event.status === 'sent');
      assert.deepEqual(await inbox.dead(0), []);

      assert.equal(await inbox.revive('0'.repeat(64)), false);
      assert.equal(await inbox.revive(dead.key), true);
      await until(() => seen.length === 4);
      assert.equal(seen[3], '1 sent 1');
      await until(async () => (await inbox.waiting()) === 0);
      assert.deepEqual(await inbox.dead(), []);
      // All of it is known now.
      assert.equal(await statusOf(inbox, request), 200);
      await until(async () => (await inbox.waiting()) === 0);
      assert.equal(seen.length, 4);
    });
  }
});

test('with the memory store a failure is the gateway’s to mend', async () => {
  const seen: number[] = [];
  await using inbox = devino({
    handler: async ({ attempt }) => {
      seen.push(attempt);
      await Promise.resolve();
      if (seen.length === 1) {
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- Anything can be thrown.
        return Promise.reject({ reason: 'none' });
      }
      return undefined;
    },
  });
  assert.equal(await statusOf(inbox, webhook(['1', 'SENT'])), 503);
  assert.deepEqual([await inbox.waiting(), await inbox.dead()], [0, []]);
  assert.equal(await statusOf(inbox, webhook(['1', 'SENT'])), 200);
  assert.equal(await statusOf(inbox, webhook(['1', 'SENT'])), 200);
  assert.equal(seen.length, 2);
});

test('a status that comes late does not advance', async () => {
  const seen: [string, boolean][] = [];
  await using inbox = devino({
    handler: (notification) => seen.push([line(notification), notification.advances]),
  });
  await statusOf(inbox, webhook(['1', 'READ']));
  await statusOf(inbox, webhook(['1', 'DELIVERED']));
  assert.deepEqual(seen, [
    ['1 read', true],
    ['1 delivered', false],
  ]);
});

test('a handler that never returns holds up no other message', async () => {
  const seen: string[] = [];
  let end: (() => void) | undefined;
  const endless = new Promise<void>((resolve) => (end = resolve));
  await using inbox = devino({
    concurrency: 2,
    handler: (notification) => {
      seen.push(line(notification));
      return line(notification) === '1 sent' ? endless : undefined;
    },
  });
  const held = inbox.receive(webhook(['1', 'SENT'], ['1', 'READ']));
  await until(() => seen.length === 1);
  assert.equal(await statusOf(inbox, webhook(['2', 'SENT'], ['3', 'SENT'])), 200);
  assert.deepEqual(seen.sort(), ['1 sent', '2 sent', '3 sent']);
  end?.();
  assert.equal((await held).status, 200);
});

test('no more handlers run at once than concurrency says', async () => {
  let running = 0;
  let most = 0;
  await using inbox = devino({
    concurrency: 3,
    handler: async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 5));
      running -= 1;
    },
  });
  const statuses = Array.from({ length: 20 }, (_, id): [string, string] => [String(id), 'SENT']);
  assert.equal(await statusOf(inbox, webhook(...statuses)), 200);
  assert.equal(most, 3);
});

test('a stopped inbox lets its handlers end, and takes no more', async () => {
  let end: (() => void) | undefined;
  const seen: string[] = [];
  const store = `sqlite:${join(folder.path, 'stopped')}`;
  const handler = async (notification: Notification): Promise<void> => {
    await new Promise<void>((resolve) => (end = resolve));
    seen.push(line(notification));
  };
  const inbox = devino({ store, handler });
  assert.equal(await statusOf(inbox, webhook(['1', 'SENT'], ['1', 'READ'])), 200);
  await until(() => end !== undefined);
  const stopping = inbox.stop();
  assert.equal(await statusOf(inbox, webhook(['2', 'SENT'])), 503);
  assert.equal(seen.length, 0);
  end?.();
  await Promise.all([stopping, inbox.stop()]);
  assert.deepEqual(seen, ['1 sent']);
  assert.equal(await statusOf(inbox, webhook(['2', 'SENT'])), 503);

  // The rest is the next one's.
  await using next = devino({ store, handler: (notification) => seen.push(line(notification)) });
  await next.start();
  await next.start();
  await until(() => seen.length === 2);
  assert.deepEqual(seen, ['1 sent', '1 read']);

  const unused = devino({ handler });
  await unused.stop();
  assert.equal(await statusOf(unused, webhook(['2', 'SENT'])), 503);
});

test('the store of several clients tells them apart by their aliases', async () => {
  const store = `sqlite:${join(folder.path, 'aliases')}`;
  const seen: string[] = [];
  const handler = ({ alias }: Notification): void => void seen.push(alias);
  await using shop = devino({ store, handler, alias: 'shop' });
  await using support = devino({ store, handler, alias: 'support' });
  await statusOf(shop, webhook(['1', 'SENT']));
  await statusOf(support, webhook(['1', 'SENT']));
  await until(() => seen.length === 2);
  assert.deepEqual(seen.sort(), ['shop', 'support']);
  assert.deepEqual([shop.alias, shop.gateway], ['shop', 'devino-v2']);
});

test('who looks at dead events handles none', async () => {
  const store = `sqlite:${join(folder.path, 'looked-at')}`;
  await using first = devino({
    store,
    handler: () => {
      throw new Error();
    },
  });
  await statusOf(first, webhook(['1', 'SENT']));
  await first.stop();
  await using second = devino({ store, handler: () => assert.fail('it was not started') });
  assert.deepEqual([await second.dead(), await second.waiting()], [[], 1]);
});

test('a store that cannot be opened is told of, and tried again', async () => {
  const path = join(folder.path, 'later');
  await using inbox = devino({ store: `sqlite:${join(path, 'inbox')}`, handler: () => undefined });
  const error = await rejection(inbox.start());
  assert.ok(error instanceof UnavailableError);
  assert.ok((await rejection(inbox.receive(webhook(['1', 'SENT'])))) instanceof UnavailableError);
  // A stranger is refused all the same.
  const stranger = { ...webhook(['1', 'SENT']), headers: {} };
  assert.equal(await statusOf(inbox, stranger), 401);
  mkdirSync(path);
  assert.equal(await statusOf(inbox, webhook(['1', 'SENT'])), 200);

  const away = devino({ store: 'redis://:hunter2@127.0.0.1:1/0', handler: () => undefined });
  assert.doesNotMatch(inspect(await rejection(away.start())), /hunter2/);
});

test('attempts are told to those who listen', async () => {
  const channel = tracingChannel<unknown, InboxTrace>('wamux:inbox');
  const told: [string, InboxTrace][] = [];
  const subscribers = {
    start: (trace: InboxTrace) => told.push(['start', { ...trace }]),
    end: () => undefined,
    asyncStart: () => undefined,
    asyncEnd: (trace: InboxTrace) => told.push(['asyncEnd', { ...trace }]),
    error: (trace: InboxTrace) => told.push(['error', { ...trace }]),
  };
  channel.subscribe(subscribers);
  const fault = new RangeError('no room');
  let key = '';
  await using inbox = devino({
    alias: 'shop',
    handler: (notification) => {
      key = notification.key;
      if (line(notification) === '1 sent') {
        throw fault;
      }
    },
  });
  await statusOf(inbox, webhook(['1', 'SENT']));
  await statusOf(inbox, webhook(['2', 'SENT']));
  channel.unsubscribe(subscribers);
  await statusOf(inbox, webhook(['3', 'SENT']));
  assert.deepEqual(
    told.map(([event]) => event),
    ['start', 'error', 'asyncEnd', 'start', 'asyncEnd'],
  );
  const [, failed, , second] = told.map(([, trace]) => trace);
  assert.equal(failed?.error, fault);
  assert.deepEqual([failed.gateway, failed.alias, failed.attempt], ['devino-v2', 'shop', 1]);
  assert.match(failed.key, /^[0-9a-f]{64}$/);
  assert.notEqual(second?.key, key);
});
