/** The examples of calls on the gateways' pages, against the sandbox. */
import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import type { GatewayId } from 'wamux';
import { Sandbox } from 'wamux/testing';

import { camelCase, connect, ROOT } from './support';

/** A request to the sandbox, and the name of what its answer has at a JSON Pointer. */
interface Before {
  post: string;
  body: unknown;
  as?: string;
  at?: string;
}

interface Group {
  title: string;
  before?: Before[];
}

type Example = (client: unknown, ...values: unknown[]) => Promise<void>;
type ExampleConstructor = new (...words: string[]) => Example;

const DOCS = join(ROOT, 'docs');
const EXAMPLES = JSON.parse(readFileSync(join(DOCS, 'calls/examples.json'), 'utf8')) as Record<
  GatewayId,
  Group[]
>;
// The examples wait, so that each is the body of an asynchronous function.
const AsyncFunction = (async () => Promise.resolve()).constructor as ExampleConstructor;

/** Asks the sandbox for what an example needs: the names that the example knows, and their values. */
async function asked(sandbox: Sandbox, group: Group): Promise<Map<string, string>> {
  const named = new Map<string, string>();
  for (const request of group.before ?? []) {
    let body = JSON.stringify(request.body);
    for (const [name, value] of named) {
      body = body.replaceAll(`"$${name}"`, JSON.stringify(value));
    }
    const headers = { 'Content-Type': 'application/json', 'WA-API-KEY': 'sandbox-key' };
    const response = await fetch(sandbox.url + request.post, { method: 'POST', headers, body });
    assert.equal(response.status, 200);
    const steps = request.at?.split('/').slice(1) ?? [];
    const value = steps.reduce<unknown>(
      (within, step) => (within as Record<string, unknown>)[step],
      await response.json(),
    );
    if (request.as !== undefined) {
      named.set(request.as, String(value));
    }
  }
  return named;
}

test('every example of calls runs', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'wamux-examples-'));
  copyFileSync(join(DOCS, 'calls/photo.png'), join(folder, 'photo.png'));
  const before = process.cwd();
  process.chdir(folder);
  t.after(() => {
    process.chdir(before);
    rmSync(folder, { recursive: true });
  });
  for (const [gateway, groups] of Object.entries(EXAMPLES) as [GatewayId, Group[]][]) {
    const page = readFileSync(join(DOCS, `gateways/${gateway}.md`), 'utf8');
    for (const group of groups) {
      await t.test(`${gateway}: ${group.title}`, async () => {
        const below = page.split(`\n#### ${group.title}\n`)[1] ?? '';
        const code = /^```ts\n([^]*?)^```/m.exec(below)?.[1];
        assert.ok(code !== undefined, 'the example has no TypeScript');
        await using sandbox = await Sandbox.start();
        const named = await asked(sandbox, group);
        const names = [...named.keys()].map(camelCase);
        const example = new AsyncFunction('client', ...names, code);
        await example(connect(sandbox, gateway), ...named.values());
      });
    }
  }
});
