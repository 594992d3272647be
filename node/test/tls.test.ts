/** TLS with a private authority, and certificates of clients: a gateway behind a TLS server of Node's. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { Client, type ClientSettings, ConnectError } from 'wamux';
import { Sandbox } from 'wamux/testing';

import { Authority } from './certificates';
import { rejection, TEXT } from './support';

const authority = new Authority();
const folder = mkdtempSync(join(tmpdir(), 'wamux-tls-'));
let sandbox: Sandbox;

before(async () => {
  sandbox = await Sandbox.start();
});

after(async () => {
  await sandbox.stop();
  rmSync(folder, { recursive: true });
});

/** Writes a file, and gives its path. */
function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** The settings of a client of the sandbox behind TLS. */
async function gateway(options: ServerOptions): Promise<AsyncDisposable & ClientSettings> {
  const { certificate: cert, key } = authority.issue();
  const server = createServer({ cert, key, ...options }, (asking, answering) => {
    const { method, headers, url } = asking;
    const forwarded = request(sandbox.url + (url ?? ''), { method, headers }, (answer) => {
      answering.writeHead(answer.statusCode ?? 0, answer.headers);
      answer.pipe(answering);
    });
    asking.pipe(forwarded);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const { baseUrl = '', ...settings } = sandbox.settings('devino-v2');
  const behind = `https://127.0.0.1:${port}${new URL(baseUrl).pathname}`;
  const served: ClientSettings = { ...settings, baseUrl: behind, retries: 0 };
  const stop = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  };
  return Object.defineProperty(served as AsyncDisposable & ClientSettings, Symbol.asyncDispose, {
    value: stop,
    enumerable: false,
  });
}

async function assertNoConnection(settings: ClientSettings): Promise<void> {
  const error = await rejection(new Client(settings).send(TEXT));
  assert.ok(error instanceof ConnectError, String(error));
  assert.deepEqual([error.kind, error.delivery], ['connect', 'not_sent']);
  assert.equal(error.attempts.length, 1);
}

test('a private authority is trusted where caBundle names it', async () => {
  await using settings = await gateway({});
  const caBundle = file('authority.pem', authority.certificate);
  sandbox.clear();
  assert.equal((await new Client({ ...settings, caBundle }).send(TEXT)).status, 'accepted');
  await assertNoConnection(settings);
  const other = file('other.pem', new Authority().certificate);
  await assertNoConnection({ ...settings, caBundle: other });
  assert.equal(sandbox.counts.requests, 1);
});

test('a server that demands a certificate gets it', async () => {
  const caBundle = file('authority.pem', authority.certificate);
  const { certificate, key } = authority.issue();
  const clientCertificate = file('client.pem', certificate);
  const clientKey = file('client-key.pem', key);
  const both = file('both.pem', certificate + key);
  for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
    await using settings = await gateway({
      ca: authority.certificate,
      requestCert: true,
      rejectUnauthorized: true,
      minVersion: version,
      maxVersion: version,
    });
    sandbox.clear();
    for (const known of [{ clientCertificate, clientKey }, { clientCertificate: both }]) {
      const client = new Client({ ...settings, caBundle, ...known });
      assert.equal((await client.send(TEXT)).status, 'accepted', version);
    }
    await assertNoConnection({ ...settings, caBundle });
    assert.equal(sandbox.counts.requests, 2);
  }
});

test('no older version than minimumTlsVersion is spoken', async () => {
  await using settings = await gateway({ maxVersion: 'TLSv1.2' });
  const caBundle = file('authority.pem', authority.certificate);
  assert.equal((await new Client({ ...settings, caBundle }).send(TEXT)).status, 'accepted');
  await assertNoConnection({ ...settings, caBundle, minimumTlsVersion: '1.3' });
});
