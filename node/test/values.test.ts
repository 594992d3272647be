/** Values that are no JSON, and values that nobody foresaw. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import fc from 'fast-check';
import {
  buildRequest,
  ConfigurationError,
  type GatewayId,
  normalizePhone,
  parseResponse,
  parseWebhook,
  PhoneNumberError,
  validatePayload,
  ValidationError,
  WamuxError,
} from 'wamux';

import { exception, GATEWAYS, TEXT, textOf, untyped } from './support';

const cycle: Record<string, unknown> = { body: 'x' };
cycle['self'] = cycle;

function nested(levels: number): unknown {
  let value: unknown = 'x';
  for (let level = 0; level < levels; level += 1) {
    value = { a: value };
  }
  return value;
}

const FAULTS: [name: string, message: unknown, path: string][] = [
  ['a lone surrogate', { ...TEXT, text: { body: 'a\ud83d' } }, 'text.body'],
  ['a lone low surrogate', { ...TEXT, to: '\udc00' }, 'to'],
  ['a lone surrogate in a list', { a: ['x', { b: '\ud83d!' }] }, 'a[1].b'],
  ['a lone surrogate in a name', { text: { '\ud83d': 1 } }, 'text.\ufffd'],
  ['a lone surrogate in JSON text', '{"text":{"body":"\ud83d"}}', 'text.body'],
  ['a lone surrogate in text that is not JSON', '\ud83d', ''],
  ['bytes that are not UTF-8', Uint8Array.of(0x22, 0xff, 0x22), ''],
  ['NaN', { ...TEXT, ttl: Number.NaN }, 'ttl'],
  ['infinity', { ...TEXT, ttl: Number.POSITIVE_INFINITY }, 'ttl'],
  ['a BigInt', { ...TEXT, ttl: 5n }, 'ttl'],
  ['a function', { ...TEXT, text: { body: () => 'x' } }, 'text.body'],
  ['a symbol', { ...TEXT, client_id: Symbol('x') }, 'client_id'],
  ['a cycle', { ...TEXT, text: cycle }, 'text.self'],
  ['a set', { ...TEXT, schedule: { weekdays: new Set([1]) } }, 'schedule.weekdays'],
  ['a map', { ...TEXT, text: new Map([['body', 'x']]) }, 'text'],
  ['a promise', Promise.resolve(TEXT), ''],
  ['an invalid date', { ...TEXT, schedule: { deadline: new Date('x') } }, 'schedule.deadline'],
  ['bytes that are no data', { ...TEXT, text: { body: Buffer.from('x') } }, 'text.body'],
  ['too many levels', nested(128), Array.from({ length: 127 }, () => 'a').join('.')],
];

for (const [name, value, path] of FAULTS) {
  test(`${name} is one invalid violation at its path`, () => {
    for (const call of [
      () => buildRequest('devino-v2', untyped(value)),
      () => validatePayload('devino-v2', value),
    ]) {
      const error = exception(call);
      assert.ok(error instanceof ValidationError, error.message);
      const found = error.violations.map((violation) => [violation.code, violation.path]);
      assert.deepEqual(found, [['invalid', path]]);
      assert.ok(error.message.isWellFormed());
    }
  });
}

test('every value without a form in JSON is told of at once', () => {
  const error = exception(() => buildRequest('devino-v2', untyped({ a: Number.NaN, b: [1n] })));
  assert.deepEqual(
    error.violations.map(({ path }) => path),
    ['a', 'b[0]'],
  );
});

test('127 levels are read', () => {
  const error = exception(() => buildRequest('devino-v2', untyped(nested(127))));
  assert.ok(
    error.violations.every(({ code }) => code !== 'invalid'),
    error.message,
  );
});

test('undefined and null are absent, a Date is its JSON, and bytes are base64', () => {
  const plain = buildRequest('rapporto', TEXT, { from: 'Shop' });
  const padded = { ...TEXT, ttl: undefined, context: null, schedule: undefined };
  assert.equal(buildRequest('rapporto', padded, { from: 'Shop' }).body, plain.body);

  const schedule = { deadline: new Date('2026-12-31T13:29:30Z') };
  const late = buildRequest('rapporto', untyped({ ...TEXT, schedule }), { from: 'Shop' });
  const deadline = '2026-12-31T13:29:30.000Z';
  const same = buildRequest('rapporto', { ...TEXT, schedule: { deadline } }, { from: 'Shop' });
  assert.equal(late.body, same.body);

  for (const data of [new Uint8Array([1, 2, 3]), Buffer.from([1, 2, 3]), 'AQID']) {
    const image = { data, mime_type: 'image/jpeg', filename: 'a.jpg' };
    const request = buildRequest('chat-api', { to: TEXT.to, type: 'image', image });
    assert.match(textOf(request), /"body":"data:image\/jpeg;base64,AQID"/);
  }
});

test('an instance of a class is its members', () => {
  class Part {
    constructor(readonly body: string) {}
  }
  const message = { ...TEXT, text: new Part('Hi') };
  const body = textOf(buildRequest('devino-v2', message, { from: 'Shop' }));
  assert.match(body, /"text":\{"body":"Hi"\}/);
});

test('an emoji is two halves of a pair, and Unicode', () => {
  const body = textOf(buildRequest('chat-api', { ...TEXT, text: { body: '👍 \\ud83d' } }));
  assert.equal((JSON.parse(body) as { body: string }).body, '👍 \\ud83d');
});

/** Nothing but these errors may come out of a call. */
function survives(call: () => unknown): void {
  try {
    call();
  } catch (error) {
    assert.ok(error instanceof WamuxError || error instanceof TypeError, String(error));
    assert.notEqual((error as WamuxError).kind, 'internal');
    assert.ok(error.message.isWellFormed());
  }
}

const gateway = fc.oneof(fc.constantFrom(...GATEWAYS), fc.string() as fc.Arbitrary<GatewayId>);
const anything = fc.anything({
  withBigInt: true,
  withDate: true,
  withMap: true,
  withSet: true,
  withTypedArray: true,
  withSparseArray: true,
  withNullPrototype: true,
  withBoxedValues: true,
} as fc.ObjectConstraints);
const jsonText = fc.json({ maxDepth: 6 });
const halfText = fc.string({
  unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
});

/** A message with one member replaced by anything. */
const spoilt = fc.tuple(fc.constantFrom('to', 'type', 'text', 'ttl', 'options', 'x'), anything);

test('no value makes a call fail in another way', () => {
  fc.assert(
    fc.property(gateway, anything, spoilt, (id, value, [member, part]) => {
      survives(() => buildRequest(id, untyped(value)));
      survives(() => buildRequest(id, untyped({ ...TEXT, [member]: part })));
      survives(() => validatePayload(id, value));
      survives(() => parseWebhook(id, value as string));
      survives(() => parseResponse(id, value as string, part as number));
      survives(() => normalizePhone(value as string, { region: part as string }));
      survives(() => buildRequest(id, TEXT, { [member]: part }));
    }),
    { numRuns: 2000 },
  );
});

test('no text makes a call fail in another way', () => {
  fc.assert(
    fc.property(gateway, fc.oneof(jsonText, halfText, fc.uint8Array()), (id, body) => {
      survives(() => buildRequest(id, body));
      survives(() => validatePayload(id, body));
      survives(() => parseWebhook(id, body));
      survives(() => parseResponse(id, body));
    }),
    { numRuns: 2000 },
  );
});

test('a text that is sent arrives as it was, or is refused', () => {
  fc.assert(
    fc.property(halfText, (body) => {
      try {
        const request = buildRequest('chat-api', { ...TEXT, text: { body } });
        assert.equal((JSON.parse(textOf(request)) as { body: string }).body, body);
      } catch (error) {
        assert.ok(error instanceof ValidationError);
        const isRefusedHere = !body.isWellFormed() || body === '' || body.length > 1000;
        assert.ok(isRefusedHere || error.violations.length > 0);
        if (!body.isWellFormed()) {
          assert.deepEqual(
            error.violations.map(({ path }) => path),
            ['text.body'],
          );
        }
      }
    }),
    { numRuns: 2000 },
  );
});

test('a phone number is read in any of its forms, or refused with a code', () => {
  fc.assert(
    fc.property(halfText, (text) => {
      const error = exceptionOf(() => normalizePhone(text));
      assert.ok(error === undefined || error instanceof PhoneNumberError);
      assert.ok(error === undefined || error instanceof ValidationError);
    }),
  );
  const error = exception(() => normalizePhone('+7 903'));
  assert.equal(error.code, 'too_short');
  assert.equal(error.kind, 'validation');
  assert.equal((error.toJSON() as { code?: string }).code, 'too_short');
});

function exceptionOf(call: () => unknown): unknown {
  try {
    call();
    return undefined;
  } catch (error) {
    return error;
  }
}

test('a body that is no Unicode is refused, and a status that is none', () => {
  const body = '[{"mtNum":"1\ud800","status":9}]';
  assert.throws(() => parseWebhook('rapporto', body), ValidationError);
  assert.throws(() => parseResponse('rapporto', body), ValidationError);
  for (const status of [0, 99, 600, -200, 4_294_967_496]) {
    assert.throws(() => parseResponse('rapporto', '{}', status), ConfigurationError);
  }
});
