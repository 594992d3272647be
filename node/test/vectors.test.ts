/** Runs every vector under `tests/vectors` through the functions of this package: one test a file. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parseArgs } from 'node:util';

import {
  buildCall,
  buildRequest,
  type CallTypes,
  type GatewayId,
  normalizePhone,
  parseCallResponse,
  parseResponse,
  parseWebhook,
  PhoneNumberError,
  type Request,
  type Settings,
  validatePayload,
  ValidationError,
  WamuxError,
} from 'wamux';

import { differences } from './compare';
import { parseRaw, type RawJson } from './raw-json';
import { ROOT } from './support';

const FOLDER = join(ROOT, 'tests/vectors');

/** Vectors that this package cannot run, as `file: name`, each with its reason. One that is none fails the run. */
const EXCLUDED = new Map<string, string>([]);

interface Vector {
  name: string;
  command: string;
  args: string[];
  /** The line. */
  input: string;
  output: RawJson;
}

function read(file: string): Vector[] {
  const { elements = [] } = parseRaw(readFileSync(join(FOLDER, file), 'utf8'));
  return elements.map(({ members = [] }) => {
    const vector = new Map(members);
    const raw = (name: string): RawJson => {
      const value = vector.get(name);
      assert.ok(value, `${file}: a vector without ${name}`);
      return value;
    };
    const value = (name: string): unknown => JSON.parse(raw(name).compact);
    const input = value('input');
    return {
      name: value('name') as string,
      command: value('command') as string,
      args: value('args') as string[],
      input: typeof input === 'string' ? input : raw('input').compact,
      output: raw('output'),
    };
  });
}

/** An option whose value may be left out, with the value that it has then. */
function withValue(name: string, index: number, args: string[]): string[] {
  const isAlone = name === '--instance-in-query' && (args[index + 1] ?? '--').startsWith('--');
  return isAlone ? [name, 'true'] : [name];
}

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;

// eslint-disable-next-line @typescript-eslint/explicit-function-return-type -- The list of options says it.
function optionsOf(args: string[]) {
  const { values } = parseArgs({
    args: args.flatMap(withValue),
    options: {
      gateway: text,
      region: text,
      from: text,
      'template-namespace': text,
      'x-api-key': text,
      instance: text,
      'instance-in-query': text,
      call: text,
      length: text,
      status: text,
      whole: flag,
      strict: flag,
    },
  });
  return { ...values, gateway: values.gateway as GatewayId };
}

/** What a vector has as text, with the types that callers see: the vectors go through all calls. */
type CallPlace = [gateway: 'tujenge', call: keyof CallTypes['tujenge']];

type Options = ReturnType<typeof optionsOf>;

/** The answer to a line, as the command writes it. */
type Command = (input: string | object, options: Options) => string;

function settingsOf(options: Options): Settings {
  return {
    region: options.region,
    from: options.from,
    templateNamespace: options['template-namespace'],
    xApiKey: options['x-api-key'],
    instance: options.instance,
    instanceInQuery:
      options['instance-in-query'] === undefined
        ? undefined
        : options['instance-in-query'] === 'true',
  };
}

/** A message or payload that was refused. */
function refused(error: unknown): string {
  assert.ok(error instanceof WamuxError);
  return JSON.stringify({ error: { kind: error.kind, violations: error.violations } });
}

/** JSON as it stands, another text as a string, other bytes in base64. */
function bodyText({ headers, body }: Request): string {
  if (typeof body !== 'string') {
    return JSON.stringify({ base64: Buffer.from(body).toString('base64') });
  }
  return headers['content-type']?.startsWith('application/json') ? body : JSON.stringify(body);
}

function requestOf(input: string, options: Options): Request {
  const settings = settingsOf(options);
  if (options.call === undefined) {
    return buildRequest(options.gateway, input, settings);
  }
  const place = [options.gateway, options.call] as CallPlace;
  const length = options.length === undefined ? undefined : Number(options.length);
  return buildCall(...place, input, { ...settings, length });
}

function outcomeOf(input: string, options: Options): object {
  const place = [options.gateway, options.call] as CallPlace;
  try {
    const status = Number(options.status ?? 200);
    return { output: parseCallResponse(...place, input, { status }) ?? null };
  } catch (error) {
    assert.ok(error instanceof WamuxError);
    return { error };
  }
}

const COMMANDS: Record<string, Command> = {
  build(input, options) {
    try {
      const request = requestOf(input as string, options);
      const { warnings, body, ...others } = request;
      const members = JSON.stringify(others).slice(1, -1);
      const shown = body.length === 0 ? '' : `,"body":${bodyText(request)}`;
      return `{"requests":[{${members}${shown}}],"warnings":${JSON.stringify(warnings)}}`;
    } catch (error) {
      return refused(error);
    }
  },
  validate(input, options) {
    try {
      const violations = validatePayload(options.gateway, input, options.call);
      const valid = violations.every(({ severity }) => severity === 'warning');
      return JSON.stringify({ valid, violations });
    } catch (error) {
      return refused(error);
    }
  },
  decode(input, options) {
    if (options.call !== undefined) {
      return JSON.stringify({ results: [outcomeOf(input as string, options)] });
    }
    const results = parseResponse(options.gateway, input as string, Number(options.status ?? 200));
    return JSON.stringify({
      results: results.map((result) =>
        result instanceof WamuxError ? { error: result } : { receipt: result },
      ),
    });
  },
  events(input, options) {
    try {
      return JSON.stringify({ events: parseWebhook(options.gateway, input as string) });
    } catch (error) {
      assert.ok(error instanceof WamuxError);
      return JSON.stringify({ error });
    }
  },
  phone(input, { region, strict }) {
    try {
      return JSON.stringify({ input, ...normalizePhone(input as string, { region, strict }) });
    } catch (error) {
      assert.ok(error instanceof PhoneNumberError);
      return JSON.stringify({ input, error: { code: error.code, message: error.message } });
    }
  },
};

/** The forms in which an input can be given: its text, its bytes, and the value where JavaScript has the same. */
function forms(command: string, input: string): (string | object)[] {
  if (command === 'phone') {
    return [input];
  }
  const given: (string | object)[] = [input, Buffer.from(input)];
  if (command === 'build' || command === 'validate') {
    try {
      const value: unknown = JSON.parse(input);
      if (typeof value === 'object' && value !== null && JSON.stringify(value) === input) {
        given.push(value);
      }
    } catch {
      // A line that is not JSON has no value.
    }
  }
  return given;
}

const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.json'))
  .sort();
const excluded = new Set(EXCLUDED.keys());
let valuesGiven = 0;

for (const file of files) {
  test(`vectors ${file}`, () => {
    const vectors = read(file);
    assert.ok(vectors.length > 0);
    const faults = vectors.flatMap((vector) => {
      if (excluded.delete(`${file}: ${vector.name}`)) {
        return [];
      }
      const command = COMMANDS[vector.command];
      assert.ok(command, `no such command: ${vector.command}`);
      const options = optionsOf(vector.args);
      return forms(vector.command, vector.input).flatMap((form) => {
        valuesGiven += typeof form === 'object' && !Buffer.isBuffer(form) ? 1 : 0;
        const answer = parseRaw(command(form, options));
        const found = differences(vector.output, answer);
        return found.map((line) => `${vector.name}: ${line}`);
      });
    });
    assert.deepEqual(faults, []);
  });
}

test('every kind of vector was run', () => {
  assert.ok(files.length > 0);
  assert.ok(valuesGiven > 0, 'no vector was given as a value');
  assert.deepEqual([...excluded], [], 'exclusions without a vector');
});

test('the comparison sees what it must see', () => {
  const cases: [name: string, expected: string, actual: string, isEqual: boolean][] = [
    ['the order of members', '{"a":1,"b":[2]}', '{"b": [2], "a": 1}', true],
    ['a value', '{"a":1}', '{"a":2}', false],
    ['a type', '{"a":1}', '{"a":"1"}', false],
    ['a missing member', '{"a":1}', '{}', false],
    ['a null member', '{"a":null}', '{}', false],
    ['an added member', '{}', '{"a":1}', false],
    ['a member twice', '{"a":1}', '{"a":1,"a":1}', false],
    ['a missing element', '[1,2]', '[1]', false],
    ['an object for an array', '[]', '{}', false],
    ['escapes', '["\\u00e9"]', '["é"]', true],
    ['an empty message', '{"error":{"code":"x"}}', '{"error":{"code":"x","message":""}}', false],
    ['no message', '{"error":{"code":"x"}}', '{"error":{"code":"x"}}', false],
    ['a message left out', '{"error":{"code":"x"}}', '{"error":{"code":"x","message":"y"}}', true],
    ['texts of an event', '{"events":[{}]}', '{"events":[{"raw":"x","message":"y"}]}', true],
    ['a text of no event', '{}', '{"raw":"x"}', false],
    [
      'white space in a body',
      '{"requests":[{"body":{"a": "b \\" c", "d": 1}}]}',
      '{"requests":[{"body":{"a":"b \\" c","d":1}}]}',
      true,
    ],
    [
      'the order in a body',
      '{"requests":[{"body":{"a":1,"b":2}}]}',
      '{"requests":[{"body":{"b":2,"a":1}}]}',
      false,
    ],
    ['a number in a body', '{"requests":[{"body":[1.0]}]}', '{"requests":[{"body":[1]}]}', false],
  ];
  for (const [name, expected, actual, isEqual] of cases) {
    const found = differences(parseRaw(expected), parseRaw(actual));
    assert.equal(found.length === 0, isEqual, `${name}: ${found.join()}`);
  }
});

test('a payload that is refused as a message is a ValidationError', () => {
  assert.throws(() => buildRequest('devino-v2', '{}'), ValidationError);
});
