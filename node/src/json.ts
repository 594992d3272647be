/** Arguments as JSON text: a value, or text or bytes that are JSON already. */
import type { Violation } from './generated/results';
import { call } from './errors';
import { native } from './native';

/** How deeply the engine's parser follows objects and arrays. */
const DEPTH = 127;

/**
 * The JSON text of a message or payload.
 *
 * `undefined` means absent, as everywhere in JavaScript; bytes in a member `data` become base64. Whatever else JSON has no
 * form for is refused with its path, since `JSON.stringify` would drop it or write something else.
 */
export function jsonText(value: unknown): string {
  if (typeof value === 'string') {
    return value.isWellFormed() ? value : refuseText(value);
  }
  if (value instanceof Uint8Array) {
    return textOf(value);
  }
  const plain = isPlain(value, DEPTH) ? value : plainCopy(value);
  const text = JSON.stringify(plain) as string | undefined;
  // `JSON.stringify` writes half of a surrogate pair as an escape, and a whole one as it is.
  if (text?.includes('\\ud')) {
    refuse(loneSurrogates(plain, ''));
  }
  return text ?? 'null';
}

/** A body as a gateway told it. Text that is no Unicode would be changed where it crosses. */
export function unicode(body: string | Uint8Array): string | Uint8Array {
  return typeof body !== 'string' || body.isWellFormed() ? body : refuseText(body);
}

/** Throws a `ValidationError`, if there are violations. */
function refuse(faults: Violation[]): void {
  if (faults.length > 0) {
    call(() => {
      native.refuse(JSON.stringify(faults));
    });
  }
}

function fault(path: string, message: string): Violation {
  // A name that is no Unicode either must not make the violation unreadable.
  return {
    code: 'invalid',
    path: path.toWellFormed(),
    message: message.toWellFormed(),
    severity: 'error',
  };
}

const LONE_SURROGATE = 'is not Unicode text: half of a surrogate pair stands in it';

function refuseText(text: string): string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Where it is no JSON, the engine can name no path either.
  }
  const faults = loneSurrogates(value, '');
  refuse(faults.length > 0 ? faults : [fault('', LONE_SURROGATE)]);
  return text;
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    refuse([fault('', 'is not UTF-8; write JSON in UTF-8')]);
    return '';
  }
}

/** Whether JSON says exactly what the value is. */
function isPlain(value: unknown, depth: number): boolean {
  switch (typeof value) {
    case 'string':
    case 'boolean':
    case 'undefined':
      return true;
    case 'number':
      return Number.isFinite(value);
    case 'object':
      return value === null || (depth > 0 && isPlainObject(value, depth - 1));
    default:
      return false;
  }
}

function isPlainObject(value: object, depth: number): boolean {
  if (Array.isArray(value)) {
    return value.every((item) => isPlain(item, depth));
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    return false;
  }
  for (const name of Object.keys(value)) {
    if (!isPlain((value as Record<string, unknown>)[name], depth)) {
      return false;
    }
  }
  return true;
}

/** A copy that JSON has a form for; or a `ValidationError` with the path of everything that has none. */
function plainCopy(value: unknown): unknown {
  const faults: Violation[] = [];
  const copy = copied(value, { name: '', path: '', around: [], faults });
  refuse(faults);
  return copy;
}

/** Notes that JSON has no form for a value; nobody sees what stands in its place. */
type Refuse = (words: string) => null;

interface Place {
  name: string;
  path: string;
  /** The objects and arrays that the value stands in. */
  around: object[];
  faults: Violation[];
}

function copied(value: unknown, place: Place): unknown {
  const refused: Refuse = (words) => {
    place.faults.push(fault(place.path, words));
    return null;
  };
  switch (typeof value) {
    case 'number':
      return Number.isFinite(value) ? value : refused('must be a finite number');
    case 'bigint':
      return refused('is a BigInt; write a number, or a string where a string is wanted');
    case 'function':
    case 'symbol':
      return refused(`is a ${typeof value}; JSON has no form for it`);
    case 'object':
      return value === null ? null : copiedObject(value, place, refused);
    default:
      return value;
  }
}

function copiedObject(value: object, place: Place, refused: Refuse): unknown {
  if (place.around.includes(value)) {
    return refused('refers to an object that it stands in');
  }
  if (place.around.length === DEPTH) {
    return refused(`stands more than ${DEPTH} levels deep`);
  }
  if (value instanceof Uint8Array) {
    const { buffer, byteOffset, byteLength } = value;
    return place.name === 'data'
      ? Buffer.from(buffer, byteOffset, byteLength).toString('base64')
      : refused('is bytes; only the `data` of a media part can be bytes');
  }
  const around = [...place.around, value];
  const { faults } = place;
  if (Array.isArray(value)) {
    return Array.from(value, (item: unknown, index) => {
      const name = `[${index}]`;
      return copied(item, { name, path: `${place.path}${name}`, around, faults });
    });
  }
  if (hasJson(value)) {
    if (value instanceof Date && Number.isNaN(value.getTime())) {
      return refused('is an invalid Date');
    }
    return copied(value.toJSON(place.name), { ...place, around });
  }
  const tag = Object.prototype.toString.call(value).slice('[object '.length, -1);
  if (tag !== 'Object') {
    return refused(`is a ${tag}; JSON has no form for it`);
  }
  const members = Object.entries(value).map(([name, inner]) => {
    const path = member(place.path, name);
    return [name, copied(inner, { name, path, around, faults })] as const;
  });
  return Object.fromEntries(members);
}

/** Whether a value says itself what it is in JSON, as a `Date` does. */
function hasJson(value: object): value is { toJSON: (name: string) => unknown } {
  return 'toJSON' in value && typeof value.toJSON === 'function';
}

function loneSurrogates(value: unknown, path: string): Violation[] {
  if (typeof value === 'string') {
    return value.isWellFormed() ? [] : [fault(path, LONE_SURROGATE)];
  }
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => loneSurrogates(item, `${path}[${index}]`));
  }
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([name, inner]) => {
    const place = member(path, name);
    return name.isWellFormed() ? loneSurrogates(inner, place) : [fault(place, LONE_SURROGATE)];
  });
}

function member(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}
