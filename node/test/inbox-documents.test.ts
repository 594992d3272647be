/** The example on the inbox's page, as a program of its own. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';

import { Sandbox } from 'wamux/testing';

import { freePort } from './inbox-support';
import { connect, ROOT, run, TEXT, until } from './support';

test('the example on the page compiles, receives, and ends at SIGTERM', async (t) => {
  const page = readFileSync(join(ROOT, 'docs/inbox.md'), 'utf8');
  const code = /^## In Node\n+```ts\n([^]*?)^```/m.exec(page)?.[1];
  assert.ok(code !== undefined, 'the page has no example');
  // Within the package, which knows itself by its name.
  const folder = mkdtempSync(join(ROOT, 'node/build/inbox-'));
  t.after(() => {
    rmSync(folder, { recursive: true });
  });
  writeFileSync(join(folder, 'server.mts'), code);
  const options = [
    '--strict',
    '--exactOptionalPropertyTypes',
    '--target',
    'es2022',
    '--types',
    'node',
  ];
  options.push('--module', 'node16', '--lib', 'es2023,esnext.disposable', '--skipLibCheck');
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  const compiled = await run(process.execPath, [tsc, ...options, join(folder, 'server.mts')]);
  assert.equal(compiled.status, 0, compiled.output);

  const port = await freePort();
  const variables = { WAMUX_SECRET: 'correct horse', PORT: String(port) };
  const server = spawn(process.execPath, ['server.mjs'], {
    cwd: folder,
    env: { ...process.env, ...variables },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.after(() => server.kill('SIGKILL'));
  const said: string[] = [];
  createInterface({ input: server.stdout }).on('line', (line) => said.push(line));
  const url = `http://127.0.0.1:${port}/webhook`;
  const post = async (): Promise<number> => (await fetch(url, { method: 'POST' })).status;
  await until(async () => post().then(Boolean, () => false));
  assert.equal(await post(), 401);

  await using sandbox = await Sandbox.start({ callbackDelay: 0.01 });
  const client = connect(sandbox, 'tujenge');
  await client.tujenge.setWebhook({ url, headers: { 'X-Webhook-Secret': 'correct horse' } });
  const { message_id } = await client.send(TEXT);
  await until(() => said.length === 2);
  assert.deepEqual(said, [`${message_id} is delivered`, `${message_id} is read`]);
  server.kill('SIGTERM');
  assert.deepEqual(await once(server, 'exit'), [0, null]);
});
