/** What gateways can do, and their codes: the same as the command tells. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import test from 'node:test';

import { capabilities, codes, ConfigurationError, type GatewayId, gateways } from 'wamux';

import { ROOT } from './support';

const BIN = join(ROOT, 'node/dist/bin.js');

function told(command: string, gateway: string): Record<string, unknown>[] {
  const done = spawnSync(process.execPath, [BIN, command, '--gateway', gateway], {
    encoding: 'utf8',
  });
  assert.equal(done.status, 0, done.stderr);
  const lines = done.stdout.trim().split('\n');
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

test('every gateway is listed once', () => {
  assert.equal(new Set(gateways).size, gateways.length);
  assert.ok(gateways.length >= 5 && gateways.includes('devino-v2'));
  assert.ok(Object.isFrozen(gateways));
});

test('capabilities and codes are those of the command', () => {
  for (const gateway of gateways) {
    assert.deepEqual([capabilities(gateway)], told('capabilities', gateway));
    const lines = codes(gateway).map((code) => ({ gateway, ...code }));
    assert.deepEqual(lines, told('codes', gateway));
    assert.ok(lines.length > 0);
  }
});

test('a limit is read as documented', () => {
  const { limits } = capabilities('devino-v2');
  const text = limits.filter((limit) => limit.path === 'text.body' && limit.rule === 'max_length');
  assert.deepEqual(text, [
    { call: 'messages', path: 'text.body', rule: 'max_length', limit: 4096, severity: 'error' },
  ]);
});

test('an unknown gateway is named', () => {
  for (const ask of [capabilities, codes]) {
    assert.throws(() => ask('devino' as GatewayId), ConfigurationError);
  }
});
