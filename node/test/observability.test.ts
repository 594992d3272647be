/** What a client counts, and what it tells those who listen. */
import assert from 'node:assert/strict';
import { tracingChannel } from 'node:diagnostics_channel';
import { after, before, beforeEach, test } from 'node:test';
import { inspect } from 'node:util';

import {
  Client,
  Failover,
  type HistogramPoint,
  type NumberPoint,
  ProtocolError,
  type SendTrace,
  ValidationError,
} from 'wamux';
import { Sandbox } from 'wamux/testing';

import { connect, rejection, TEXT } from './support';

let sandbox: Sandbox;

before(async () => {
  sandbox = await Sandbox.start();
});

beforeEach(() => {
  sandbox.clear();
});

after(async () => {
  await sandbox.stop();
});

function named<P extends NumberPoint | HistogramPoint>(points: readonly P[], name: string): P[] {
  return points.filter((point) => point.name === name);
}

test('messages, requests and their durations are counted', async () => {
  const client = connect(sandbox, 'devino-v2');
  assert.deepEqual(client.metrics().counters, []);
  await client.send(TEXT);
  await client.send(TEXT);
  sandbox.inject({ kind: 'cut' });
  await rejection(client.send(TEXT));
  await rejection(client.send({ ...TEXT, to: 'nobody' }));

  const { counters, gauges, histograms } = client.metrics();
  const sent = named(counters, 'messaging.client.sent.messages');
  assert.deepEqual(
    sent.map(({ value, attributes }) => [value, attributes['error.type']]),
    [
      [2, undefined],
      [1, 'protocol'],
    ],
  );
  const own = { 'messaging.system': 'devino-v2', 'messaging.operation.name': 'send' };
  const server = {
    'server.address': '127.0.0.1',
    'server.port': Number(new URL(sandbox.url).port),
  };
  const doubt = { 'error.type': 'protocol', 'wamux.delivery': 'unknown' };
  assert.deepEqual(sent[1]?.attributes, { ...own, ...server, ...doubt });
  assert.equal(named(counters, 'wamux.client.refused.messages')[0]?.value, 1);
  assert.equal(named(gauges, 'http.client.active_requests')[0]?.value, 0);
  const [requests] = named(histograms, 'http.client.request.duration');
  assert.ok(requests);
  assert.equal(requests.unit, 's');
  assert.equal(requests.count, 2);
  assert.equal(requests.attributes['http.response.status_code'], 200);
  assert.equal(requests.bucket_counts.length, requests.explicit_bounds.length + 1);
});

/** What those who listen are told while something runs. */
async function toldWhile(run: () => Promise<unknown>): Promise<[string, SendTrace][]> {
  const channel = tracingChannel<unknown, SendTrace>('wamux:send');
  const told: [string, SendTrace][] = [];
  const subscribers = {
    start: (trace: SendTrace) => told.push(['start', { ...trace }]),
    end: () => undefined,
    asyncStart: () => undefined,
    asyncEnd: (trace: SendTrace) => told.push(['asyncEnd', { ...trace }]),
    error: (trace: SendTrace) => told.push(['error', { ...trace }]),
  };
  channel.subscribe(subscribers);
  try {
    await run();
  } finally {
    channel.unsubscribe(subscribers);
  }
  return told;
}

test('each of many messages is told', async () => {
  const client = new Client({ ...sandbox.settings('tujenge'), concurrency: 1, retries: 0 });
  const messages = [TEXT, { ...TEXT, to: 'nobody' }, 'no JSON', TEXT];
  const results = new Map<number, unknown>();
  sandbox.inject({ kind: 'cut' });
  const told = await toldWhile(async () => {
    for await (const { index, receipt, error } of client.sendMany(messages)) {
      results.set(index, receipt ?? error);
    }
  });
  const counts = ['start', 'error', 'asyncEnd'].map(
    (name) => told.filter(([event]) => event === name).length,
  );
  assert.deepEqual(counts, [4, 3, 4]);
  assert.ok(results.get(0) instanceof ProtocolError);
  assert.ok(results.get(1) instanceof ValidationError);
  const ended = told.filter(([event]) => event === 'asyncEnd');
  assert.deepEqual(
    new Set(ended.map(([, { result, error }]) => result ?? error)),
    new Set(results.values()),
  );
  assert.ok(ended.every(([, { gateway }]) => gateway === 'tujenge'));
});

test('of several gateways the last that was tried is told', async () => {
  const clients = [
    new Client({ ...sandbox.settings('rapporto'), retries: 0 }),
    connect(sandbox, 'devino-v2'),
  ];
  sandbox.inject({ kind: 'rate_limited', gateway: 'rapporto', retryAfter: 60 });
  const told = await toldWhile(async () => new Failover(clients).send(TEXT));
  assert.deepEqual(
    told.map(([event, { gateway }]) => [event, gateway]),
    [
      ['start', 'rapporto'],
      ['asyncEnd', 'devino-v2'],
    ],
  );
});

test('a send is told to those who listen, and to nobody else', async () => {
  const client = connect(sandbox, 'rapporto');
  let receipt: unknown;
  let error: unknown;
  await client.send(TEXT);
  const told = await toldWhile(async () => {
    receipt = await client.send(TEXT);
    sandbox.inject({ kind: 'cut' });
    error = await rejection(client.send(TEXT));
  });
  await client.send(TEXT);
  assert.ok(error instanceof ProtocolError);
  assert.deepEqual(
    told.map(([event]) => event),
    ['start', 'asyncEnd', 'start', 'error', 'asyncEnd'],
  );
  const [, first, , second] = told.map(([, trace]) => trace);
  assert.equal(first?.gateway, 'rapporto');
  assert.equal(first.result, receipt);
  assert.equal(second?.error, error);
  assert.equal(second.result, undefined);
  assert.doesNotMatch(inspect(told, { depth: 9 }), /9034567890|1234/);
});
