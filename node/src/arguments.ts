/**
 * Arguments as JavaScript without types can pass them. A wrong one is told of by its name and never by its value, so each is
 * looked at here before it reaches the native module, whose words repeat values.
 */
import { fileURLToPath } from 'node:url';
import { isUint8Array } from 'node:util/types';

/** A text. */
export function textArgument(value: unknown, name: string): string {
  return typeof value === 'string' ? value : refused(name, 'string');
}

/** A text that may be absent. */
export function optionalTextArgument(value: unknown, name: string): string | undefined {
  return value === undefined || value === null ? undefined : textArgument(value, name);
}

/** What a gateway told: text or bytes. */
export function bodyArgument(value: unknown, name: string): string | Uint8Array {
  if (typeof value === 'string' || isUint8Array(value)) {
    return value;
  }
  throw new TypeError(`\`${name}\` must be a string or a Uint8Array`);
}

/** The path of a file: text, or a `file:` URL. */
export function pathArgument(value: unknown, name: string): string {
  const path = value instanceof URL ? fileURLToPath(value) : textArgument(value, name);
  // What is no Unicode would name another file where it crosses.
  if (!path.isWellFormed() || path.includes('\0')) {
    throw new TypeError(`\`${name}\` must be a path without null bytes and lone surrogates`);
  }
  return path;
}

/** A whole number. */
export function wholeNumberArgument(value: unknown, name: string): number {
  if (Number.isSafeInteger(value)) {
    return value as number;
  }
  throw new TypeError(`\`${name}\` must be a whole number`);
}

/** A number of bytes. */
export function sizeArgument(value: unknown, name: string): number {
  const size = wholeNumberArgument(value, name);
  if (size < 0) {
    throw new TypeError(`\`${name}\` must be at least 0`);
  }
  return size;
}

/** An object of members, such as settings; absent, it has none. `form` shows the right call. */
export function objectArgument(value: unknown, name: string, form: string): object {
  if (value === undefined || value === null) {
    return {};
  }
  // An `AbortSignal` or a list in this place would be one without members. An object of another context is none less.
  if (Object.prototype.toString.call(value) !== '[object Object]') {
    throw new TypeError(`\`${name}\` must be an object; write ${form}`);
  }
  return value;
}

/** What a member can be. */
interface Types {
  string: string;
  number: number;
  boolean: boolean;
  object: object;
  function: (...arguments_: never[]) => unknown;
}

/** What is wanted, in words. */
const WORDS: Record<keyof Types, string> = {
  string: 'a string',
  number: 'a finite number',
  boolean: 'true or false',
  object: 'an object',
  function: 'a function',
};

/** The members that a call takes, and the call as it is written. */
export interface Shape<Members extends Record<string, keyof Types>> {
  name: string;
  form: string;
  members: Members;
}

/** Members of the right names and types. One that is `undefined` or `null` is absent. */
export function membersArgument<Members extends Record<string, keyof Types>>(
  value: unknown,
  { name, form, members }: Shape<Members>,
): { [Name in keyof Members]?: Types[Members[Name]] } {
  const types = new Map(Object.entries(members));
  const given: Record<string, unknown> = {};
  for (const [member, inner] of Object.entries(objectArgument(value, name, form))) {
    const type = types.get(member);
    if (type === undefined) {
      const known = [...types.keys()].join(', ');
      throw new TypeError(
        `\`${member.toWellFormed()}\` is not a member of \`${name}\`, which has ${known}; write ${form}`,
      );
    }
    if (inner !== undefined && inner !== null) {
      given[member] = isOf(inner, type) ? inner : refused(member, type);
    }
  }
  return given as { [Name in keyof Members]?: Types[Members[Name]] };
}

function isOf(value: unknown, type: keyof Types): boolean {
  return typeof value === type && (type !== 'number' || Number.isFinite(value));
}

function refused(name: string, type: keyof Types): never {
  throw new TypeError(`\`${name}\` must be ${WORDS[type]}`);
}
