/** What a client counts, and what it tells those who listen. */
import assert from 'node:assert/strict';
import { tracingChannel } from 'node:diagnostics_channel';
import { after, before, beforeEach, test } from 'node:test';
import { inspect } from 'node:util';

import { type HistogramPoint, type NumberPoint, ProtocolError, type SendTrace } from 'wamux';
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

test('a send is told to those who listen, and to nobody else', async () => {
  const client = connect(sandbox, 'rapporto');
  const channel = tracingChannel<unknown, SendTrace>('wamux:send');
  const told: [string, SendTrace][] = [];
  const subscribers = {
    start: (trace: SendTrace) => told.push(['start', trace]),
    end: () => undefined,
    asyncStart: () => undefined,
    asyncEnd: (trace: SendTrace) => told.push(['asyncEnd', trace]),
    error: (trace: SendTrace) => told.push(['error', trace]),
  };
  await client.send(TEXT);
  assert.equal(told.length, 0);

  channel.subscribe(subscribers);
  try {
    const receipt = await client.send(TEXT);
    sandbox.inject({ kind: 'cut' });
    const error = await rejection(client.send(TEXT));
    assert.ok(error instanceof ProtocolError);
    assert.deepEqual(
      told.map(([event]) => event),
      ['start', 'asyncEnd', 'start', 'error', 'asyncEnd'],
    );
    const [first, , second] = told.map(([, trace]) => trace);
    assert.equal(first?.gateway, 'rapporto');
    assert.equal(first.result, receipt);
    assert.equal(second?.error, error);
    assert.equal(second.result, undefined);
    assert.doesNotMatch(inspect(told, { depth: 9 }), /9034567890|1234/);
  } finally {
    channel.unsubscribe(subscribers);
  }
  await client.send(TEXT);
  assert.equal(told.length, 5);
});
