/** What may be printed: shapes, names of choices and masked numbers, but no text and no full number. */
import { inspect, type InspectOptions } from 'node:util';

import { native } from './native';

/** What stands in place of a value: its type, and the length of a text or of bytes. */
class Hidden {
  readonly #shown: string;

  constructor(value: string | number | Uint8Array) {
    if (value instanceof Uint8Array) {
      this.#shown = `bytes(${value.length})`;
    } else {
      this.#shown = typeof value === 'string' ? `string(${Array.from(value).length})` : 'number';
    }
  }

  [inspect.custom](): string {
    return this.#shown;
  }
}

/** Members that are names of a choice, times, places in a message, or words of wamux itself. */
const SHOWN = new Set([
  'account_status',
  'action_type',
  'advice',
  'alias',
  'at',
  'client_id',
  'created_at',
  'delivery',
  'direction',
  'gateway',
  'kind',
  'last_try',
  'method',
  'region',
  'result',
  'severity',
  'status',
  'title',
]);
/** Members that are phone numbers, or ids which have one in them. */
const NUMBERS = new Set([
  'admins',
  'author',
  'chat_id',
  'creator',
  'digits',
  'e164',
  'from',
  'group_id',
  'input',
  'mentions',
  'new_wa_id',
  'participants',
  'phone',
  'to',
  'wa_id',
  'wa_id_candidates',
]);
/** Members that are a gateway's own word. */
const WORDS = new Set(['code', 'raw_status', 'raw_type', 'ref', 'type']);
/** Members that are ids of messages. */
const IDS = new Set(['id', 'message_id']);

/** A key of an event, which says nothing about a person. */
const HASH = /^[0-9a-f]{64}$/;

/** Members that are as their gateway has them; the names in there are the gateway's, so that none says what may be shown. */
const FOREIGN = new Set(['body', 'json_data', 'metadata']);

/** A copy for `inspect`. A member is judged by its name; whatever has no name here is hidden. */
export function masked(value: unknown, member = ''): unknown {
  if (typeof value === 'string') {
    return maskedText(value, member);
  }
  if (Array.isArray(value)) {
    return value.map((item) => masked(item, member));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  // The words of a violation never repeat the value; those of others can.
  const isViolation = 'severity' in value;
  const members = Object.entries(value).map(([name, inner]) => {
    if (FOREIGN.has(name)) {
      return [name, hidden(inner)] as const;
    }
    const isShown = isViolation && name === 'message';
    return [name, isShown ? inner : masked(inner, name)] as const;
  });
  return Object.fromEntries(members);
}

/** A copy for `inspect` of which only the shape is shown. */
function hidden(value: unknown): unknown {
  if (typeof value === 'string' || typeof value === 'number' || value instanceof Uint8Array) {
    return new Hidden(value);
  }
  if (Array.isArray(value)) {
    return value.map(hidden);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  // A name can be a number, where there is a member for each person.
  const members = Object.entries(value).map(([name, inner]) => {
    return [native.shownWord(name), hidden(inner)] as const;
  });
  return Object.fromEntries(members);
}

function maskedText(text: string, member: string): unknown {
  if (member === 'url') {
    // The path can have a login in it.
    return URL.canParse(text) ? new URL(text).origin : new Hidden(text);
  }
  if (NUMBERS.has(member)) {
    return native.maskPhone(text);
  }
  if (member === 'path') {
    return native.shownPath(text);
  }
  const isShown =
    SHOWN.has(member) ||
    (member === 'key' && HASH.test(text)) ||
    (WORDS.has(member) && native.shownWord(text) === text) ||
    (IDS.has(member) && native.shownId(text) === text);
  return isShown ? text : new Hidden(text);
}

/** How a value prints. */
type Printer = (this: object, depth: number, options: InspectOptions) => string;

const MASKED = printing(function (_depth, options) {
  return inspect(masked(this), options);
});

const HIDDEN = printing(function (_depth, options) {
  return inspect(hidden(this), options);
});

/** How results print that have a name. */
const NAMED = new Map<string, PropertyDescriptor>();

function named(name: string): PropertyDescriptor {
  const known = NAMED.get(name);
  if (known) {
    return known;
  }
  const printer = printing(function (_depth, options) {
    return `${name} ${inspect(masked(this), options)}`;
  });
  NAMED.set(name, printer);
  return printer;
}

/** The member that makes an object print so. */
function printing(value: Printer): PropertyDescriptor {
  return { enumerable: false, writable: true, configurable: true, value };
}

/**
 * Makes a result print masked, with all objects and arrays in it. They stay plain: `JSON.stringify`, and members that are
 * read on purpose, have all of it. What makes an object print so is not enumerable: a comparison does not see it, and a copy
 * such as `{ ...event }` is the caller's own, of which only the parts are masked.
 */
export function printedMasked<T extends object>(name: string, result: T): T {
  printInner(MASKED, result);
  return Object.defineProperty(result, inspect.custom, named(name));
}

/** Makes all objects and arrays in a value print so; whether the value has anything to hide. */
function printInner(printer: PropertyDescriptor, value: object): boolean {
  const names = Object.keys(value);
  for (const name of names) {
    const inner = (value as Record<string, unknown>)[name];
    if (typeof inner === 'object' && inner !== null) {
      const innerPrinter = FOREIGN.has(name) ? HIDDEN : printer;
      if (printInner(innerPrinter, inner)) {
        Object.defineProperty(inner, inspect.custom, innerPrinter);
      }
    }
  }
  return names.length > 0;
}
