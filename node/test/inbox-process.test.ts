/** An inbox and its process: kills, ends, threads, and what is logged. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, test } from 'node:test';
import { Worker } from 'node:worker_threads';

import { Authentication, Inbox } from 'wamux';

import { temporaryFolder } from './inbox-support';
import { ROOT, run, until } from './support';

const folder = temporaryFolder();

after(() => {
  folder[Symbol.dispose]();
});

/** What each program begins with. `argv[1]` is the store, and what it writes are lines. */
const BEGIN = `
  const { readdirSync, readFileSync } = require('node:fs');
  const { Authentication, Inbox } = require('wamux');
  const request = { method: 'POST', path: '/', headers: {}, body: '[{"messageId":"1","status":"SENT"}]' };
  const inboxOf = (handler, store = process.argv[1]) => new Inbox({
    gateway: 'devino-v2', authentication: Authentication.none(), store, handler,
    lease: 0.3, firstWait: 0.01, longestWait: 0.02,
  });
  // Each SQLite store has a thread.
  const stores = () => readdirSync('/proc/self/task').filter((id) => {
    try { return readFileSync('/proc/self/task/' + id + '/comm', 'utf8') === 'wamux-inbox\\n'; } catch { return false; }
  }).length;`;

function storeNamed(name: string): string {
  return `sqlite:${join(folder.path, name)}`;
}

/** How many threads of this process have a store's file. */
function storeThreads(): number {
  const tasks = readdirSync('/proc/self/task').filter((task) => {
    try {
      return readFileSync(`/proc/self/task/${task}/comm`, 'utf8') === 'wamux-inbox\n';
    } catch {
      // It has ended meanwhile.
      return false;
    }
  });
  return tasks.length;
}

/** Runs a program to its end; its lines. */
async function lines(script: string, store: string, flags: string[] = []): Promise<string[]> {
  const ended = await run(process.execPath, [...flags, '-e', BEGIN + script, store]);
  assert.equal(ended.status, 0, `${ended.status} ${ended.signal} ${ended.errors}`);
  assert.equal(ended.errors, '');
  return ended.output.split('\n').slice(0, -1);
}

test('what was being handled when its process was killed is handled by the next', async () => {
  const store = storeNamed('killed');
  const script = `${BEGIN}
    const inbox = inboxOf(({ attempt }) => { console.log('attempt', attempt); return new Promise(() => {}); });
    inbox.receive(request).then(({ status }) => { console.log(status); setInterval(() => {}, 1000); });`;
  const killed = spawn(process.execPath, ['-e', script, store], { cwd: ROOT });
  const said: string[] = [];
  createInterface({ input: killed.stdout }).on('line', (line) => said.push(line));
  await until(() => said.length === 2);
  assert.deepEqual(said.sort(), ['200', 'attempt 1']);
  killed.kill('SIGKILL');
  await once(killed, 'exit');

  const next = `
    const inbox = inboxOf(async ({ attempt, event }) => {
      console.log('attempt', attempt, event.status);
      setTimeout(() => clearInterval(alive), 100);
    });
    const alive = setInterval(() => {}, 1000);
    inbox.start();`;
  assert.deepEqual(await lines(next, store), ['attempt 2 sent']);
  // It was completed although nobody stopped the inbox.
  const last = `inboxOf(() => {}).waiting().then(console.log);`;
  assert.deepEqual(await lines(last, store), ['0']);
});

test('an inbox that has started does not keep the process alive', async () => {
  const script = `
    globalThis.inbox = inboxOf(() => {});
    inbox.start().then(() => console.log('started'));`;
  assert.deepEqual(await lines(script, storeNamed('alone')), ['started']);
});

test('a handler keeps the process alive until what became of its event is noted', async () => {
  const store = storeNamed('noted');
  const script = `
    const alive = setInterval(() => {}, 1000);
    const inbox = inboxOf(async () => {
      clearInterval(alive);
      // Nothing but the handler itself waits for this.
      await new Promise((resolve) => setTimeout(resolve, 300).unref());
      console.log('handled');
    });
    inbox.receive(request).then(({ status }) => console.log(status));`;
  for (let round = 0; round < 5; round += 1) {
    const own = store + String(round);
    assert.deepEqual(await lines(script, own), ['200', 'handled']);
    const left = await lines(`inboxOf(() => {}).waiting().then(console.log);`, own);
    assert.deepEqual(left, ['0']);
  }
});

test('process.exit and Ctrl-C end a process whose handler never returns', async () => {
  const hanging = `
    setInterval(() => {}, 1000);
    const inbox = inboxOf(() => { console.log('handling'); return new Promise(() => {}); });`;
  const exits = `${BEGIN} ${hanging}
    inbox.receive(request).then(() => setTimeout(() => process.exit(7), 50));`;
  const ended = await run(process.execPath, ['-e', exits, storeNamed('exits')]);
  assert.equal(ended.status, 7, ended.errors);

  const waits = `${BEGIN} ${hanging}
    process.once('SIGINT', () => { console.log('stopping'); inbox.stop(); });
    void inbox.receive(request);`;
  const child = spawn(process.execPath, ['-e', waits, storeNamed('waits')], { cwd: ROOT });
  const said = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  assert.equal((await said.next()).value, 'handling');
  child.kill('SIGINT');
  assert.equal((await said.next()).value, 'stopping');
  child.kill('SIGINT');
  assert.deepEqual(await once(child, 'exit'), [null, 'SIGINT']);
});

test('an inbox that nothing refers to ends, with its worker and its store', async () => {
  const script = `
    (async () => {
      for (let round = 0; round < 20; round += 1) {
        // A handler that knows its inbox.
        const inbox = inboxOf(() => inbox.alias, process.argv[1] + round);
        await inbox.receive(request);
        await inbox.start();
      }
      const began = stores();
      for (let turn = 0; stores() > 1 && turn < 500; turn += 1) {
        globalThis.gc();
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      // One may still be known to the engine's stack.
      console.log(began > 1, stores() <= 1);
    })();`;
  const ended = await lines(script, storeNamed('dropped'), ['--expose-gc']);
  assert.deepEqual(ended, ['true true']);
});

test('an inbox ends with its worker thread, in the middle of a handler too', async () => {
  const script = `${BEGIN}
    const { parentPort, workerData } = require('node:worker_threads');
    const inboxes = workerData.map((store) => inboxOf(() => {
      parentPort.postMessage('handling');
      return new Promise(() => {});
    }, store));
    for (const inbox of inboxes) { void inbox.receive(request); }`;
  const before = storeThreads();
  for (let round = 0; round < 3; round += 1) {
    const store = storeNamed(`thread${round}`);
    const worker = new Worker(script, { eval: true, workerData: [store, 'memory'] });
    let handling = 0;
    worker.on('message', () => (handling += 1));
    await until(() => handling === 2);
    assert.equal(storeThreads(), before + 1);
    await worker.terminate();
    await until(() => storeThreads() === before);

    // What the thread has left is handled here, after the lease.
    const seen: number[] = [];
    await using inbox = new Inbox({
      gateway: 'devino-v2',
      authentication: Authentication.none(),
      store,
      handler: ({ attempt }) => seen.push(attempt),
    });
    await inbox.start();
    await until(() => seen.length === 1);
    assert.deepEqual(seen, [2]);
  }
});

test('a thread that ends by itself leaves nothing behind', async () => {
  const script = `${BEGIN}
    const inbox = inboxOf(() => {}, 'memory');
    inbox.receive(request).then(({ status }) => require('node:worker_threads').parentPort.postMessage(status));`;
  const worker = new Worker(script, { eval: true });
  const [[status], [code]] = (await Promise.all([
    once(worker, 'message'),
    once(worker, 'exit'),
  ])) as [[number], [number]];
  assert.deepEqual([status, code], [200, 0]);
});

test('what a handler throws is written nowhere but into the store', async () => {
  const script = `
    const inbox = inboxOf(() => { throw new Error('no such number: +79034567890'); });
    inbox.receive(request).then(async ({ status }) => {
      console.log(status);
      await new Promise((resolve) => setTimeout(resolve, 200));
      await inbox.stop();
    });`;
  assert.deepEqual(await lines(script, storeNamed('silent')), ['200']);
});

test('the command of the package has the stores too', async () => {
  const store = storeNamed('command');
  const fails = `
    const inbox = new Inbox({
      gateway: 'devino-v2', authentication: Authentication.none(), store: process.argv[1], attempts: 1,
      handler: () => { throw new Error('no room'); },
    });
    inbox.receive(request).then(async () => {
      while ((await inbox.dead()).length === 0) {}
      await inbox.stop();
    });`;
  assert.deepEqual(await lines(fails, store), []);
  const bin = join(ROOT, 'node/dist/bin.js');
  const listen = [bin, 'listen', '--gateway', 'devino-v2', '--store', store, '--dead'];
  const { status, output, errors } = await run(process.execPath, listen);
  assert.equal(status, 0, errors);
  assert.match(output, /"error":"Error: no room"/);
});
