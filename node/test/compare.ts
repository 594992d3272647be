/** Whether an output is what a vector expects, by the rules of `tests/vectors/README.md`. */
import type { RawJson } from './raw-json';

/** Where `actual` differs from `expected`, one line each. */
export function differences(expected: RawJson, actual: RawJson, path = 'output'): string[] {
  const differs = `${path}: expected ${expected.compact}, got ${actual.compact}`;
  // The bytes of a body are part of the contract, the order of its members included.
  if (/\.requests\[\d+\]\.body$/.test(path)) {
    return expected.compact === actual.compact ? [] : [differs];
  }
  if (expected.members && actual.members) {
    return membersDiffer(expected.members, actual.members, path);
  }
  if (expected.elements && actual.elements) {
    const { elements } = actual;
    if (expected.elements.length !== elements.length) {
      return [`${path}: expected ${expected.elements.length} elements, got ${elements.length}`];
    }
    return expected.elements.flatMap((element, index) =>
      differences(element, elements[index] ?? { compact: '' }, `${path}[${index}]`),
    );
  }
  const isScalar = [expected, actual].every((json) => !json.members && !json.elements);
  return isScalar && JSON.parse(expected.compact) === JSON.parse(actual.compact) ? [] : [differs];
}

type Members = [name: string, value: RawJson][];

function membersDiffer(expected: Members, actual: Members, path: string): string[] {
  const actualMembers = new Map(actual);
  const found = actualMembers.size < actual.length ? [`${path}: a member stands twice`] : [];
  for (const [name, value] of expected) {
    const other = actualMembers.get(name);
    const place = `${path}.${name}`;
    found.push(
      ...(other ? differences(value, other, place) : [`${place}: expected, and got nothing`]),
    );
  }
  const names = new Set(expected.map(([name]) => name));
  for (const [name, value] of actual) {
    if (names.has(name) || mayBeLeftOut(path, name, names)) {
      continue;
    }
    const isWords = value.compact.startsWith('"') && value.compact !== '""';
    if (!(name === 'message' && isExplained(path) && isWords)) {
      found.push(`${path}.${name}: expected nothing, got ${value.compact}`);
    }
  }
  const lacksWords = !names.has('message') && !actualMembers.has('message');
  if (lacksWords && isExplained(path) && !mayBeLeftOut(path, 'message', names)) {
    found.push(`${path}.message: expected words, got nothing`);
  }
  return found;
}

/** A violation or warning. */
const VIOLATION = /\.(violations|warnings)\[\d+\]$/;

/** Whether it explains itself with a `message` for people. */
function isExplained(path: string): boolean {
  return path.endsWith('.error') || VIOLATION.test(path);
}

/** Whether a vector need not repeat a member that explains or quotes. */
function mayBeLeftOut(path: string, name: string, expected: Set<string>): boolean {
  return (
    ['title', 'advice', 'description', 'message', 'raw'].includes(name) &&
    !VIOLATION.test(path) &&
    (/^output\.(results|events)\[/.test(path) || (path === 'output.error' && expected.has('kind')))
  );
}
