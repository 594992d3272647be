/** The packed tarball, installed in an empty folder: what a user gets. */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { ROOT, run } from './support';

let folder = '';

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wamux-package-'));
  const packed = await run('npm', ['pack', '--silent', '--pack-destination', folder]);
  assert.equal(packed.status, 0, packed.errors);
  const [tarball = ''] = readdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  const install = ['install', '--offline', '--ignore-scripts', '--no-audit', `./${tarball}`];
  const installed = await run('npm', install, { cwd: folder });
  assert.equal(installed.status, 0, installed.errors);
});

after(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('it has no dependencies and no script that runs at its installation', () => {
  assert.deepEqual(
    readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.')),
    ['wamux'],
  );
});

test('ESM and CJS share their classes', async () => {
  writeFileSync(
    join(folder, 'both.mjs'),
    `import { createRequire } from 'node:module';
     import * as esm from 'wamux';
     import * as esmTesting from 'wamux/testing';
     const require = createRequire(import.meta.url);
     const cjs = require('wamux');
     const same = (a, b) => Object.keys(b).every((name) => a[name] === b[name]);
     const names = Object.keys(esm).filter((name) => !['default', 'module.exports', '__esModule'].includes(name));
     console.log(same(esm, cjs), same(esmTesting, require('wamux/testing')), names.sort().join() === Object.keys(cjs).sort().join());
     await using_();
     async function using_() {
       const sandbox = await esmTesting.Sandbox.start();
       const client = new esm.Client(sandbox.settings('devino-v2'));
       try {
         await client.send({ to: '1', type: 'text', text: { body: 'x' } });
       } catch (error) {
         console.log(error instanceof cjs.ValidationError, error instanceof cjs.WamuxError);
       }
       await sandbox.stop();
     }`,
  );
  const { output, errors } = await run(process.execPath, ['both.mjs'], { cwd: folder });
  assert.equal(output, 'true true true\ntrue true\n', errors);
});

test('its types compile for ESM and CJS, strictly and with the libraries checked', async () => {
  const source = `
    import { Client, type Message, WamuxError } from 'wamux';
    import { Sandbox } from 'wamux/testing';
    export async function send(message: Message): Promise<string | undefined> {
      const sandbox = await Sandbox.start();
      const client = new Client(sandbox.settings('devino-v2'));
      try {
        return (await client.send(message, { signal: AbortSignal.timeout(1000) })).message_id;
      } catch (error) {
        return error instanceof WamuxError ? error.code : undefined;
      }
    }`;
  writeFileSync(join(folder, 'esm.mts'), source);
  writeFileSync(join(folder, 'cjs.cts'), source);
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  const types = join(ROOT, 'node_modules/@types');
  const options = ['--noEmit', '--strict', '--exactOptionalPropertyTypes', '--target', 'es2022'];
  options.push('--module', 'node16', '--lib', 'es2023,esnext.disposable', '--types', 'node');
  const args = [tsc, ...options, '--typeRoots', types, 'esm.mts', 'cjs.cts'];
  const { status, output } = await run(process.execPath, args, { cwd: folder });
  assert.equal(status, 0, output);
});

test('its command runs, and so does the demo', async () => {
  const command = join(folder, 'node_modules/.bin/wamux');
  const phone = await run(command, ['phone', '+79034567890'], { cwd: folder });
  assert.match(phone.output, /"valid":true/);
  const demo = await run(command, ['demo'], { cwd: folder });
  assert.equal(demo.status, 0, demo.errors);
  assert.match(demo.output, /\bnode\b/);
});

test('a platform without a native module is told so', async () => {
  const script = `Object.defineProperty(process, 'arch', { value: 'mips' }); require('wamux')`;
  const { status, errors } = await run(process.execPath, ['-e', script], { cwd: folder });
  assert.equal(status, 1);
  assert.match(
    errors,
    /no native module that runs on linux-mips; this package was built for linux-/,
  );
});
