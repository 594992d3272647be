/** JSON as it is written: `JSON.parse` forgets the order of bytes, the form of numbers and members that stand twice. */

/** One value of a JSON text. */
export interface RawJson {
  /** The text without the white space between its tokens. */
  compact: string;
  /** The members in their order, if it is an object. */
  members?: [name: string, value: RawJson][];
  /** The elements, if it is an array. */
  elements?: RawJson[];
}

const TOKEN = /\s*([{}[\],:]|"(?:[^"\\]|\\.)*"|[^\s{}[\],:"]+)\s*/y;

/** Reads a JSON text. */
export function parseRaw(text: string): RawJson {
  let position = 0;
  const peek = (): string => {
    TOKEN.lastIndex = position;
    const token = TOKEN.exec(text)?.[1];
    if (token === undefined) {
      throw new Error(`not JSON at ${position}`);
    }
    return token;
  };
  const take = (): string => {
    const token = peek();
    position = TOKEN.lastIndex;
    return token;
  };
  const list = <T>(end: string, item: () => T): T[] => {
    const items: T[] = [];
    while (peek() !== end) {
      items.push(item());
      if (peek() === ',') {
        take();
      }
    }
    take();
    return items;
  };
  const value = (): RawJson => {
    const token = take();
    if (token === '[') {
      const elements = list(']', value);
      return { compact: `[${elements.map((element) => element.compact).join(',')}]`, elements };
    }
    if (token !== '{') {
      return { compact: token };
    }
    const names: string[] = [];
    const members = list('}', (): [string, RawJson] => {
      const name = take();
      names.push(name);
      take();
      return [JSON.parse(name) as string, value()];
    });
    const parts = members.map(([, inner], index) => `${names[index] ?? ''}:${inner.compact}`);
    return { compact: `{${parts.join(',')}}`, members };
  };
  return value();
}
