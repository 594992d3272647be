/** A request that a webhook's address was sent, and the answer to it. */
import { objectArgument, textArgument } from './arguments';

/** The head of a request. */
export interface InboxHead {
  /** The HTTP method, such as `request.method` of `node:http`. */
  method: string | undefined;
  /** The path, with or without a query, such as `request.url` of `node:http`. */
  path: string | undefined;
  /** The headers: those of `node:http`, or the `Headers` of `fetch`. */
  headers:
    | Readonly<Record<string, string | readonly string[] | undefined>>
    | Iterable<readonly [name: string, value: string]>;
}

/** A request. */
export interface InboxRequest extends InboxHead {
  /** The body as it came. */
  body: string | Uint8Array;
}

/** What to answer: it has no body. */
export interface InboxAnswer {
  /** The HTTP status. */
  status: number;
  /** The headers, by their names in small letters. */
  headers: Record<string, string>;
}

const FORM = 'inbox.receive({ method, path, headers, body })';

/** The head of a request as it crosses. */
export function headText(head: InboxHead): string {
  const { method, path, headers } = objectArgument(head, 'request', FORM) as Partial<InboxHead>;
  return JSON.stringify({
    method: textArgument(method ?? '', 'method').toWellFormed(),
    path: textArgument(path ?? '', 'path').toWellFormed(),
    headers: pairsOf(headers),
  });
}

function pairsOf(headers: unknown): [name: string, value: string][] {
  if (typeof headers !== 'object' || headers === null) {
    throw wrongHeaders();
  }
  const entries: Iterable<unknown> =
    Symbol.iterator in headers
      ? (headers as Iterable<unknown>)
      : Object.entries(headers).filter(([, value]) => value !== undefined);
  return Array.from(entries).flatMap((entry) => {
    const [name, value] = Array.isArray(entry) ? (entry as unknown[]) : [];
    const values: unknown[] = Array.isArray(value) ? value : [value];
    return values.map((value): [string, string] => {
      if (typeof name !== 'string' || typeof value !== 'string') {
        throw wrongHeaders();
      }
      return [name.toWellFormed(), value.toWellFormed()];
    });
  });
}

function wrongHeaders(): TypeError {
  return new TypeError(
    '`headers` must be an object of strings and lists of strings, or an iterable of names and values',
  );
}
