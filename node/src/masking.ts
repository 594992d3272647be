/** What may be printed: shapes, names of choices and masked numbers, but no text and no full number. */
import { inspect, type InspectOptions } from 'node:util';

import { native } from './native';

/** A text in place of which its length is shown. */
class Hidden {
  readonly #length: number;

  constructor(text: string) {
    this.#length = Array.from(text).length;
  }

  [inspect.custom](): string {
    return `string(${this.#length})`;
  }
}

/** Members that are names of a choice, times, places in a message, or words of wamux itself. */
const SHOWN = new Set([
  'advice',
  'at',
  'client_id',
  'delivery',
  'direction',
  'gateway',
  'kind',
  'method',
  'path',
  'region',
  'severity',
  'status',
  'title',
  'type',
]);
/** Members that are phone numbers, or ids which have one in them. */
const NUMBERS = new Set(['author', 'chat_id', 'digits', 'e164', 'from', 'to', 'wa_id_candidates']);
/** Members that are a gateway's own word. */
const WORDS = new Set(['code', 'raw_status', 'raw_type', 'ref']);
/** Members that are ids of messages. */
const IDS = new Set(['id', 'message_id']);

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
    const isShown = isViolation && name === 'message';
    return [name, isShown ? inner : masked(inner, name)] as const;
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
  const isShown =
    SHOWN.has(member) ||
    (WORDS.has(member) && isWord(text)) ||
    (IDS.has(member) && !text.includes('@'));
  return isShown ? text : new Hidden(text);
}

/** Whether a gateway's word looks like one, so that a text or number in its place is not shown. */
function isWord(text: string): boolean {
  const digits = text.replaceAll(/[^0-9]/g, '').length;
  return text.length <= 40 && digits < 7 && /^[A-Za-z0-9._:/[\] -]*$/.test(text);
}

/**
 * Makes a result print masked. It stays a plain object: what makes it so is not enumerable, and `JSON.stringify` and
 * members that are read on purpose have all of it.
 */
export function printedMasked<T extends object>(name: string, result: T): T {
  return Object.defineProperty(result, inspect.custom, {
    value: (_depth: number, options: InspectOptions) =>
      `${name} ${inspect(masked({ ...result }), options)}`,
  });
}
