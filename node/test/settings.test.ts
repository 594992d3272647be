/** Settings, and the variables that stand for them. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';

import { buildRequest, Client, ConfigurationError, ConnectError, type GatewayId } from 'wamux';
import { Sandbox } from 'wamux/testing';

import { exception, GATEWAYS, rejection, ROOT, run, TEXT, textOf } from './support';

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
    [
      { gateway: 'devino-v2', apiKey: 'x', clientCertificate: '/nowhere.pem' },
      /client_certificate/,
    ],
    [{ gateway: 'devino-v2', apiKey: 'x', clientKey: 'key.pem' }, /client_certificate/],
    [{ gateway: 'devino-v2', apiKey: 'x', minimumTlsVersion: '1.1' }, /minimum_tls_version/],
    [{ gateway: 'devino-v2', apiKey: 'x', proxy: 'socks4://127.0.0.1:1080' }, /socks5h/],
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

test('a proxy has the requests and its own user', async () => {
  await using sandbox = await Sandbox.start();
  const asked: unknown[] = [];
  const proxy = createServer((asking, answering) => {
    asked.push([asking.url, asking.headers['proxy-authorization']]);
    const { method, headers } = asking;
    const forwarded = request(asking.url ?? '', { method, headers }, (answer) => {
      answering.writeHead(answer.statusCode ?? 0, answer.headers);
      answer.pipe(answering);
    });
    asking.pipe(forwarded);
  });
  await once(proxy.listen(0, '127.0.0.1'), 'listening');
  const { port } = proxy.address() as AddressInfo;
  const settings = sandbox.settings('devino-v2');
  const through = new Client({ ...settings, proxy: `http://ann:p%40ss@127.0.0.1:${port}` });
  assert.equal((await through.send(TEXT)).status, 'accepted');
  const user = `Basic ${Buffer.from('ann:p@ss').toString('base64')}`;
  assert.deepEqual(asked, [[`${sandbox.baseUrl('devino-v2')}/whatsapp/v2/messages`, user]]);
  proxy.closeAllConnections();
  await new Promise((done) => proxy.close(done));

  const dead = { ...settings, proxy: `socks5h://127.0.0.1:${port}`, retries: 0 };
  const error = await rejection(new Client(dead).send(TEXT));
  assert.ok(error instanceof ConnectError);
  assert.equal(error.delivery, 'not_sent');
  const straight = new Client({ ...dead, noProxy: '127.0.0.1' });
  assert.equal((await straight.send(TEXT)).status, 'accepted');
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
