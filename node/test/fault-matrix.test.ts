/** Every fault with every gateway: `tests/faults/matrix.json`, as a JavaScript program sees it. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';

import { Client, type GatewayId, WamuxError } from 'wamux';
import { type Fault, Sandbox } from 'wamux/testing';

import { camelCased, GATEWAYS, ROOT, TEXT } from './support';

interface Found {
  outcome: string;
  attempts: string[];
  requests: number;
  accepted: number;
}

interface Row extends Found {
  name: string;
  faults?: Record<string, unknown>[];
  sandbox?: Record<string, unknown>;
  at?: 'nobody' | 'unknown_name' | 'plain_text' | 'silence';
  through?: 'nobody' | 'silence' | 'refusal' | 'socks_nobody';
  settings?: Record<string, unknown>;
  gateway?: GatewayId;
  to?: string;
}

const ROWS = JSON.parse(readFileSync(join(ROOT, 'tests/faults/matrix.json'), 'utf8')) as Row[];
/** A part of a name with one letter too many: the system refuses to look it up without asking anybody. */
const UNRESOLVED = 'a'.repeat(64);

/** A server on loopback, and its address. */
async function listen(server: Server): Promise<string> {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Keeps connections and says nothing. */
const silence = createServer(() => undefined);
/** A proxy that lets nobody in. */
const refusal = createServer((socket) => {
  socket.once('data', () => {
    socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n');
  });
  socket.on('error', () => undefined);
});
/** Addresses at which there is no gateway, by their names in the matrix. */
const addresses = { nobody: '127.0.0.1:1', silence: '', refusal: '' };

before(async () => {
  addresses.silence = await listen(silence);
  addresses.refusal = await listen(refusal);
});
after(() => {
  silence.close();
  refusal.close();
});

/** Where a row's client finds its gateway. */
function wayOf({ at, through }: Row, baseUrl: string): { baseUrl: string; proxy?: string } {
  if (through !== undefined) {
    const [scheme, at] =
      through === 'socks_nobody' ? (['socks5h', 'nobody'] as const) : (['http', through] as const);
    return { baseUrl: 'https://gateway.invalid', proxy: `${scheme}://${addresses[at]}` };
  }
  const bases = {
    sandbox: baseUrl,
    nobody: `http://${addresses.nobody}`,
    unknown_name: `https://${UNRESOLVED}.invalid`,
    plain_text: baseUrl.replace('http:', 'https:'),
    silence: `https://${addresses.silence}`,
  };
  return { baseUrl: bases[at ?? 'sandbox'] };
}

function told({
  kind,
  delivery,
}: {
  kind?: string | undefined;
  delivery?: string | undefined;
}): string {
  return kind === undefined ? 'accepted' : `${kind} ${delivery}`;
}

/** What one row comes to with one gateway. */
async function cell(row: Row, gateway: GatewayId): Promise<Found> {
  await using sandbox = await Sandbox.start(camelCased(row.sandbox ?? {}));
  for (const { fault, ...members } of row.faults ?? []) {
    sandbox.inject({ kind: fault as Fault['kind'], ...camelCased(members) });
  }
  const settings = sandbox.settings(gateway);
  const client = new Client({
    ...settings,
    retries: 2,
    timeout: 30,
    ...camelCased(row.settings ?? {}),
    ...wayOf(row, sandbox.baseUrl(gateway)),
  });
  const message = { ...TEXT, to: row.to ?? TEXT.to, client_id: '8770100' };
  const result = await client.send(message).catch((error: unknown) => {
    assert.ok(error instanceof WamuxError, String(error));
    return error;
  });
  return {
    outcome: result instanceof WamuxError ? told(result) : result.status,
    attempts: result.attempts.map(told),
    ...sandbox.counts,
  };
}

// Side by side, since a retry takes its time.
describe('the matrix of faults', { concurrency: 6 }, () => {
  for (const row of ROWS) {
    test(row.name, async () => {
      const { outcome, attempts, requests, accepted } = row;
      const one = async (gateway: GatewayId): Promise<void> => {
        const found = await cell(row, gateway);
        assert.deepEqual(found, { outcome, attempts, requests, accepted }, gateway);
        // What holds whatever a row says.
        const isUnknown = found.attempts.some((attempt) => attempt.endsWith(' unknown'));
        assert.ok(found.accepted <= 1 || isUnknown, gateway);
        assert.ok(found.outcome !== 'accepted' || found.accepted > 0, gateway);
        assert.ok(!found.outcome.endsWith(' not_sent') || found.accepted === 0, gateway);
      };
      await Promise.all((row.gateway ? [row.gateway] : GATEWAYS).map(one));
    });
  }
});
