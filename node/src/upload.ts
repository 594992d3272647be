/** What is uploaded, on its way into the native module. */
import { isUint8Array } from 'node:util/types';

import { pathArgument, sizeArgument } from './arguments';
import { settle } from './errors';
import { native, type NativeUploadSource } from './native';

/**
 * What is uploaded: bytes, the path or `file:` URL of a file, a `Blob`, or a stream of bytes such as an `fs.ReadStream`. A
 * stream is read once, as fast as the gateway takes it; no more than a few pieces of it are in memory. Where the upload
 * fails or is called off, the stream is destroyed.
 */
export type UploadSource =
  Uint8Array | string | URL | Blob | AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** How many bytes cross at once. */
const PIECE = 64 * 1024;

type Pieces = AsyncIterator<unknown> | Iterator<unknown>;

/** One upload's source. */
export class Feed {
  /** The native module's end of it. */
  readonly native: NativeUploadSource;
  /** What the stream failed with. */
  failure: unknown;
  readonly #stream: object | undefined;
  #pieces: Pieces | undefined;

  /** The source of an upload; `length` is how many bytes a stream has, where that is known. */
  constructor(source: unknown, length: number | undefined) {
    if (typeof source === 'string' || source instanceof URL) {
      refuseLength(length);
      this.native = native.UploadSource.file(pathArgument(source, 'source'));
      return;
    }
    let known = length;
    if (isUint8Array(source)) {
      refuseLength(length);
      known = source.length;
      this.#stream = [source];
    } else if (isBlob(source)) {
      refuseLength(length);
      known = source.size;
      this.#stream = source.stream();
    } else {
      this.#stream = streamOf(source);
    }
    const bytes = known === undefined ? undefined : sizeArgument(known, 'length');
    this.native = native.UploadSource.stream(bytes);
  }

  /** Begins to read the stream, until its end or until nobody wants more of it. */
  begin(): void {
    if (this.#stream) {
      this.#pieces = iterator(this.#stream);
      void this.#pump(this.#pieces);
    }
  }

  async #pump(pieces: Pieces): Promise<void> {
    try {
      for (;;) {
        const { done, value } = (await pieces.next()) as IteratorResult<unknown, unknown>;
        if (done) {
          this.#pieces = undefined;
          await settle(() => this.native.end());
          return;
        }
        if (!(await this.#write(value))) {
          return;
        }
      }
    } catch (error) {
      this.failure = error;
      // Without an end, the native module knows that it failed.
      this.native.close();
    }
  }

  /** Writes what a stream gave; whether anybody wants more. */
  async #write(value: unknown): Promise<boolean> {
    if (!isUint8Array(value)) {
      throw new TypeError('what `source` gives must be Uint8Arrays');
    }
    for (let start = 0; start < value.length; start += PIECE) {
      const piece = value.subarray(start, start + PIECE);
      if (!(await settle(() => this.native.write(piece)))) {
        return false;
      }
    }
    return true;
  }

  /** Lets go of the source, and ends a stream that was not read to its end. */
  close(): void {
    this.native.close();
    const pieces = this.#pieces;
    this.#pieces = undefined;
    // A stream of Node's that waits hears of its end in this way alone; one that has ended does nothing.
    if (isDestroyable(this.#stream)) {
      this.#stream.destroy();
    }
    // It waits for what the stream does just now, and nobody waits for it.
    const ending = async (): Promise<unknown> => pieces?.return?.();
    ending().catch(() => undefined);
  }
}

function isDestroyable(stream: object | undefined): stream is { destroy: () => void } {
  return stream !== undefined && 'destroy' in stream && typeof stream.destroy === 'function';
}

function refuseLength(length: number | undefined): void {
  if (length !== undefined) {
    throw new TypeError('`length` is for streams; bytes and files have their own');
  }
}

function isBlob(source: unknown): source is Blob {
  const tag = Object.prototype.toString.call(source);
  return tag === '[object Blob]' || tag === '[object File]';
}

function streamOf(source: unknown): object {
  const isStream =
    typeof source === 'object' &&
    source !== null &&
    (Symbol.asyncIterator in source || Symbol.iterator in source);
  if (!isStream) {
    throw new TypeError('`source` must be bytes, a path, a file: URL, a Blob or a stream of bytes');
  }
  return source;
}

function iterator(stream: object): Pieces {
  if (Symbol.asyncIterator in stream) {
    return (stream as AsyncIterable<unknown>)[Symbol.asyncIterator]();
  }
  return (stream as Iterable<unknown>)[Symbol.iterator]();
}
