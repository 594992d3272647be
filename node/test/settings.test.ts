/** Settings, and the variables that stand for them. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { buildRequest, Client, ConfigurationError, type GatewayId } from 'wamux';
import { Sandbox } from 'wamux/testing';

import { exception, GATEWAYS, ROOT, run, TEXT, textOf } from './support';

/** What is not exported: the lists of the native module. */
interface Names {
  gateways: string[];
  settings: string[];
}

async function names(): Promise<Names> {
  const module = (await import(join(ROOT, 'node/dist/settings.js'))) as {
    NAMES: Names;
    camelCase: (name: string) => string;
  };
  return { gateways: module.NAMES.gateways, settings: module.NAMES.settings.map(module.camelCase) };
}

test('the types have every setting and every gateway', async () => {
  const { gateways, settings } = await names();
  const types = readFileSync(join(ROOT, 'node/src/generated/settings.ts'), 'utf8');
  const typed = [...types.matchAll(/^ {2}(\w+)\?:/gm)].map(([, name]) => name);
  assert.deepEqual(typed.sort(), settings.sort());
  assert.deepEqual(gateways, GATEWAYS);
  const message = readFileSync(join(ROOT, 'node/src/generated/message.ts'), 'utf8');
  const options = /export interface Options \{([^}]*)\}/.exec(message)?.[1] ?? '';
  const ids = [...options.matchAll(/^ {2}'?([\w-]+)'?\?:/gm)].map(([, id]) => id);
  assert.deepEqual(ids, gateways);
});

test('a wrong setting is named as the caller wrote it', () => {
  const wrong: [settings: object, words: RegExp][] = [
    [{ gateway: 'devino-v2', aipKey: 'x' }, /`aipKey` is not a setting.*apiKey/],
    [{ gateway: 'devino-v2', apiKey: {} }, /`apiKey` must be a string/],
    [{ gateway: 'devino-v2' }, /api_key/],
    [{ gateway: 'devino', apiKey: 'x' }, /`devino` is not a gateway.*devino-v2/],
    [{ gateway: 'devino-v2', apiKey: 'x', timeout: Number.NaN }, /timeout/],
    [{ gateway: 'devino-v2', apiKey: '\ud800' }, /lone surrogate/],
    [{ gateway: 'devino-v2', apiKey: 'x', baseUrl: 'http://gateway.example' }, /https/],
  ];
  for (const [settings, words] of wrong) {
    const error = exception(() => new Client(settings as { gateway: GatewayId }));
    assert.ok(error instanceof ConfigurationError, String(error));
    assert.match(error.message, words);
    assert.equal(error.delivery, 'not_sent');
  }
});

test('undefined and null are absent, numbers and booleans are settings', async () => {
  await using sandbox = await Sandbox.start();
  const client = new Client({
    ...sandbox.settings('devino-v2'),
    timeout: 2.5,
    allowInsecure: false,
    proxy: undefined,
    caBundle: null as unknown as undefined,
  });
  assert.equal(client.gateway, 'devino-v2');
  assert.equal((await client.send(TEXT)).gateway, 'devino-v2');
  assert.match(
    textOf(buildRequest('devino-v2', TEXT, { from: 'Shop', region: 'kz' })),
    /"from":"Shop"/,
  );
});

test('a client of the environment', async () => {
  const script = `
    const { Client } = require('wamux');
    const { Sandbox } = require('wamux/testing');
    void (async () => {
      const sandbox = await Sandbox.start();
      const { gateway, ...settings } = sandbox.settings('tujenge');
      for (const [name, value] of Object.entries(settings)) {
        const variable = name.replace(/[A-Z]/g, (letter) => '_' + letter).toUpperCase();
        process.env['WAMUX_' + variable] = value;
      }
      const message = { to: '+255712345678', type: 'text', text: { body: 'Hi' } };
      console.log((await Client.fromEnvironment(gateway).send(message)).status);
      delete process.env.WAMUX_API_KEY;
      try { Client.fromEnvironment(gateway); } catch (error) { console.log(error.name); }
    })();`;
  const { output, errors } = await run(process.execPath, ['-e', script]);
  assert.equal(output, 'accepted\nConfigurationError\n', errors);
});
