/** The process: its end, worker threads, and the command line. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';

import { Sandbox } from 'wamux/testing';

import { ROOT, run, until } from './support';

const BIN = join(ROOT, 'node/dist/bin.js');
const SEND = `
  const { Client } = require('wamux');
  const { Sandbox } = require('wamux/testing');
  const message = { to: '+79034567890', type: 'text', text: { body: 'Hi' } };`;

test('a process ends by itself, with a client and a running sandbox', async () => {
  const script = `${SEND}
    void (async () => {
      const sandbox = await Sandbox.start();
      const client = new Client(sandbox.settings('devino-v2'));
      globalThis.kept = [sandbox, client];
      console.log((await client.send(message)).status);
    })();`;
  const began = performance.now();
  const ended = await run(process.execPath, ['-e', script]);
  assert.deepEqual([ended.status, ended.output], [0, 'accepted\n'], ended.errors);
  assert.ok(performance.now() - began < 10_000);
});

test('a send that is under way keeps the process alive', async () => {
  const script = `${SEND}
    void (async () => {
      const sandbox = await Sandbox.start();
      sandbox.inject({ kind: 'delay', seconds: 0.5 });
      new Client(sandbox.settings('devino-v2')).send(message).then(({ status }) => console.log(status));
    })();`;
  const ended = await run(process.execPath, ['-e', script]);
  assert.deepEqual([ended.status, ended.output], [0, 'accepted\n'], ended.errors);
});

test('process.exit during a send ends the process', async () => {
  const script = `${SEND}
    void (async () => {
      const sandbox = await Sandbox.start();
      sandbox.inject({ kind: 'delay', seconds: 30 });
      void new Client(sandbox.settings('devino-v2')).send(message);
      setTimeout(() => process.exit(7), 100);
    })();`;
  const ended = await run(process.execPath, ['-e', script]);
  assert.equal(ended.status, 7, ended.errors);
});

test('an error that nobody catches prints nothing secret', async () => {
  const script = `${SEND} void new Client({ gateway: 'devino-v2', apiKey: 'hunter2', from: 'x' })
    .send({ ...message, text: { body: 'Code: 1234'.repeat(1000) } });`;
  const ended = await run(process.execPath, ['-e', script]);
  assert.equal(ended.status, 1);
  assert.match(ended.errors, /ValidationError/);
  assert.doesNotMatch(ended.errors, /hunter2|Code: 1234|79034567890/);
});

test('worker threads send, fail, and are ended in the middle of a send', async () => {
  await using sandbox = await Sandbox.start();
  const script = `
    const { parentPort, workerData } = require('node:worker_threads');
    const { Client, WamuxError } = require('wamux');
    const client = new Client(workerData.settings);
    const message = { to: '+79034567890', type: 'text', text: { body: 'Hi' } };
    void (async () => {
      const { status } = await client.send(message);
      const error = await client.send({ ...message, to: '1' }).catch((error) => error);
      parentPort.postMessage([status, error instanceof WamuxError, error.kind]);
      if (workerData.hangs) { await client.send(message); }
    })();`;
  const settings = sandbox.settings('tujenge');
  for (let round = 0; round < 3; round += 1) {
    const workers = Array.from({ length: 4 }, () => {
      return new Worker(script, { eval: true, workerData: { settings, hangs: false } });
    });
    const answers = await Promise.all(
      workers.map(async (worker) => {
        const events = [once(worker, 'message'), once(worker, 'exit')];
        return (await Promise.all(events)).flat() as unknown[];
      }),
    );
    for (const answer of answers) {
      assert.deepEqual(answer, [['accepted', true, 'validation'], 0]);
    }
  }
  assert.equal(sandbox.counts.accepted, 12);

  const worker = new Worker(script, { eval: true, workerData: { settings, hangs: true } });
  await once(worker, 'message');
  sandbox.inject({ kind: 'delay', seconds: 2 });
  await new Promise((resolve) => setTimeout(resolve, 100));
  await worker.terminate();
  // This thread goes on.
  const { Client } = await import('wamux');
  const receipt = await new Client(sandbox.settings('rapporto')).send({
    to: '+79034567890',
    type: 'text',
    text: { body: 'Hi' },
  });
  assert.equal(receipt.status, 'accepted');
});

test('the command answers lines, keeps exit statuses, and writes errors to stderr', async () => {
  const phone = await run(process.execPath, [BIN, 'phone', '--region', 'RU'], {
    input: '8 (903) 456-78-90\n',
  });
  assert.equal(phone.status, 0);
  assert.match(phone.output, /"e164":"\+79034567890"/);
  assert.equal((await run(process.execPath, [BIN, 'phone', '123'])).status, 1);
  const usage = await run(process.execPath, [BIN, 'phone', '--region', 'XX']);
  assert.equal(usage.status, 2);
  assert.match(usage.errors, /region/i);
});

test('an argument of another command is no command', async () => {
  const phone = await run(process.execPath, [BIN, 'phone', 'demo']);
  assert.doesNotMatch(phone.errors, /--sender/);
  assert.match(phone.output, /"input":"demo"/);
  const help = await run(process.execPath, [BIN, 'demo', '--help']);
  assert.equal(help.status, 0);
  assert.match(help.output, /--sender/);
});

test('a broken pipe ends the command quietly', async () => {
  const command = `yes '+79034567890' | head -n 200000 | "${process.execPath}" "${BIN}" phone | head -n 1`;
  const ended = await run('bash', ['-c', command]);
  assert.deepEqual([ended.output.split('\n').length, ended.errors], [2, '']);
});

test('Ctrl-C ends the sandbox in order, and other commands at once', async () => {
  const sandbox = spawn(process.execPath, [BIN, 'sandbox', '--port', '0']);
  const lines = createInterface({ input: sandbox.stdout });
  await once(lines, 'line');
  const began = performance.now();
  sandbox.kill('SIGINT');
  assert.deepEqual(await once(sandbox, 'exit'), [0, null]);
  assert.ok(performance.now() - began < 2000);

  const phone = spawn(process.execPath, [BIN, 'phone', '--region', 'RU']);
  phone.stdin.write('8 (903) 456-78-90\n');
  await once(phone.stdout, 'data');
  phone.kill('SIGINT');
  assert.deepEqual(await once(phone, 'exit'), [null, 'SIGINT']);
});

test('the demo sends from Node', async () => {
  const { status, output, errors } = await run(process.execPath, [BIN, 'demo', '--json']);
  assert.equal(status, 0, errors);
  const lines = output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { language: string; statuses: string[] });
  const fromNode = lines.filter(({ language }) => language === 'node');
  assert.ok(fromNode.length >= 5);
  assert.ok(fromNode.every(({ statuses }) => statuses.includes('delivered')));
});

test('worker threads send many, of ESM and CommonJS, and are ended in the middle of it', async () => {
  await using sandbox = await Sandbox.start();
  const settings = sandbox.settings('tujenge');
  const script = `
    const { parentPort, workerData } = require('node:worker_threads');
    void (async () => {
      const { Client } = workerData.esm ? await import('wamux') : require('wamux');
      const message = { to: '+79034567890', type: 'text', text: { body: 'Hi' } };
      const client = new Client(workerData.settings);
      let sum = 0;
      for await (const { index, receipt } of client.sendMany(Array(20).fill(message))) {
        sum += receipt ? index : NaN;
      }
      parentPort.postMessage(sum);
      if (workerData.hangs) {
        const endless = (function* () { for (;;) yield message; })();
        for await (const _ of client.sendMany(endless)) { /* until the end */ }
      }
    })();`;
  const workers = [true, false].map((esm) => {
    return new Worker(script, { eval: true, workerData: { settings, esm, hangs: false } });
  });
  const ended = workers.map(async (worker) => {
    return Promise.all([once(worker, 'message'), once(worker, 'exit')]);
  });
  assert.deepEqual(await Promise.all(ended), [
    [[190], [0]],
    [[190], [0]],
  ]);
  assert.equal(sandbox.counts.accepted, 40);

  const hanging = new Worker(script, { eval: true, workerData: { settings, hangs: true } });
  await once(hanging, 'message');
  await until(() => sandbox.counts.accepted > 80);
  await hanging.terminate();
  // What the thread had under way comes to its end, and no more begins.
  const before = sandbox.counts.requests;
  await new Promise((resolve) => setTimeout(resolve, 500));
  assert.ok(sandbox.counts.requests - before <= 64, `${sandbox.counts.requests - before}`);
});

test('a sending that nobody reads on, and one whose source fails late, end with the process', async () => {
  const script = `${SEND}
    process.on('unhandledRejection', (reason) => { console.log('unhandled', reason); });
    const fail = async function* (seconds) {
      yield message;
      await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
      throw new Error('late');
    };
    void (async () => {
      const sandbox = await Sandbox.start();
      const client = new Client(sandbox.settings('devino-v2'));
      const left = client.sendMany(Array(5).fill(message));
      console.log((await left.next()).value.receipt.status);
      const failing = client.sendMany(fail(0.1));
      console.log((await failing.next()).value.receipt.status);
      const closed = client.sendMany(fail(0.2));
      await closed.next();
      await closed.return();
      const controller = new AbortController();
      const aborted = client.sendMany(fail(0.3), { signal: controller.signal });
      await aborted.next();
      controller.abort();
    })();`;
  const ended = await run(process.execPath, ['-e', script]);
  assert.deepEqual([ended.status, ended.output], [0, 'accepted\naccepted\n'], ended.errors);
});

test('a campaign of any size needs the same memory', async (t) => {
  // `make soak` sets it to a million.
  const count = Number(process.env['WAMUX_SOAK_MESSAGES'] ?? 20_000);
  await using sandbox = await Sandbox.start({ keepMessages: 10 });
  const settings = sandbox.settings('devino-v2');
  const script = `${SEND}
    const { readFileSync, writeFileSync } = require('node:fs');
    const memory = (name) => Number(readFileSync('/proc/self/status', 'utf8').match(name + ':[^0-9]*([0-9]+)')[1]);
    const [settings, count] = JSON.parse(process.argv[1]);
    const messages = (function* () {
      for (let sent = 0; sent < count; sent += 1) {
        yield { ...message, to: '+7903' + String(sent % 1e7).padStart(7, '0'), text: { body: 'x'.repeat(1000) } };
      }
    })();
    void (async () => {
      let [done, before, seconds, start] = [0, 0, [], performance.now()];
      for await (const { error } of new Client(settings).sendMany(messages)) {
        if (error) { throw error; }
        done += 1;
        if (done % (count / 10) === 0) {
          seconds.push((performance.now() - start) / 1000);
          start = performance.now();
        }
        if (done === count / 10) {
          before = memory('VmRSS');
          // The highest is counted from here.
          writeFileSync('/proc/self/clear_refs', '5');
        }
      }
      console.log(JSON.stringify({ done, kilobytes: [before, memory('VmHWM')], seconds }));
    })();`;
  const few = JSON.stringify([{ ...settings, concurrency: 4 }, count]);
  const timeout = Math.max(120_000, count * 10);
  const ended = await run(process.execPath, ['-e', script, few], { timeout });
  assert.equal(ended.status, 0, ended.errors);
  t.diagnostic(ended.output);
  const { done, kilobytes } = JSON.parse(ended.output) as {
    done: number;
    kilobytes: [number, number];
  };
  assert.deepEqual([done, sandbox.counts.accepted], [count, count]);
  const grown = (kilobytes[1] - kilobytes[0]) / 2 ** 10;
  assert.ok(grown <= 32, `${grown.toFixed(1)} MiB`);
});
