/** A file of a gateway's, read as it comes. */
import { inspect } from 'node:util';

import { membersArgument, pathArgument, sizeArgument } from './arguments';
import type { Cancellation } from './cancellation';
import { ConfigurationError, settle } from './errors';
import type { NativeDownload } from './native';

/** How much of a file may stand in memory. */
export interface BytesOptions {
  /** The most bytes that are taken; 104,857,600 (100 MiB) by default. */
  limit?: number | undefined;
}

const LIMIT = 100 * 1024 * 1024;
const BYTES_OPTIONS = {
  name: 'options',
  form: 'download.bytes({ limit: 1_000_000 })',
  members: { limit: 'number' },
} as const;

function limitOf(options: unknown): number {
  const { limit = LIMIT } = membersArgument(options, BYTES_OPTIONS);
  return sizeArgument(limit, 'limit');
}

/**
 * A file that a gateway answers with. Its bytes are read as they come, once; what is not read to its end is closed.
 *
 * ```ts
 * await using download = await client.tujenge.downloadMedia({ media_id: '…' });
 * await pipeline(Readable.from(download), createWriteStream('picture.png'));
 * ```
 *
 * Each way of reading throws a `ProtocolError` where the file ends early, a `TimeoutError` where nothing comes for as long
 * as the client's timeout, and a `CancelledError` where the signal of the call is aborted.
 */
export class Download implements AsyncIterable<Buffer>, AsyncDisposable {
  /** The MIME type that the gateway names. */
  readonly mimeType: string | undefined;
  /** How many bytes the file has, where the gateway says so. */
  readonly length: number | undefined;
  readonly #native: NativeDownload;
  readonly #cancellation: Cancellation;

  constructor(opened: NativeDownload, cancellation: Cancellation) {
    this.mimeType = opened.mimeType ?? undefined;
    this.length = opened.length ?? undefined;
    this.#native = opened;
    this.#cancellation = cancellation;
    cancellation.whenAborted = () => void this.close();
  }

  /** The pieces, as they come. Leaving the loop early closes the download. */
  [Symbol.asyncIterator](): AsyncIterableIterator<Buffer> {
    // No generator: what ends one would wait for the piece that is still to come.
    const end = { done: true, value: undefined } as const;
    const iterator: AsyncIterableIterator<Buffer> = {
      next: async () => {
        const value = await this.#chunk();
        return value ? { done: false, value } : end;
      },
      return: async () => {
        await this.close();
        return end;
      },
      [Symbol.asyncIterator]: () => iterator,
    };
    return iterator;
  }

  async #chunk(): Promise<Buffer | null> {
    try {
      const chunk = await this.#read(() => this.#native.chunk());
      if (!chunk) {
        this.#cancellation.end();
      }
      return chunk;
    } catch (error) {
      // Who has closed the download is waiting for nothing more.
      if (error instanceof ConfigurationError) {
        return null;
      }
      throw error;
    }
  }

  /**
   * All bytes that are still to come.
   *
   * @throws {ProtocolError} also for more than `limit` bytes.
   */
  async bytes(options: BytesOptions = {}): Promise<Buffer> {
    const limit = limitOf(options);
    return this.#whole(() => this.#native.bytes(limit));
  }

  /**
   * All bytes that are still to come as a data URI, which a page can show: `data:image/png;base64,…`.
   *
   * @throws {ProtocolError} also for more than `limit` bytes.
   */
  async dataUri(options: BytesOptions = {}): Promise<string> {
    const limit = limitOf(options);
    return this.#whole(() => this.#native.dataUri(limit));
  }

  /**
   * Writes the bytes that are still to come into a file, and gives their number. The file has its name only once it is
   * whole; until then it has `.part` after it, and nothing is left behind where it does not come to that.
   *
   * @throws {ConfigurationError} also where the file cannot be written.
   */
  async save(path: string | URL): Promise<number> {
    const target = pathArgument(path, 'path');
    return this.#whole(() => this.#native.save(target));
  }

  async #whole<T>(read: () => Promise<T>): Promise<T> {
    const whole = await this.#read(read);
    this.#cancellation.end();
    return whole;
  }

  async #read<T>(read: () => Promise<T>): Promise<T> {
    try {
      return await this.#cancellation.settle(read);
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  /** Ends the connection, and whatever still reads from it; a second time does nothing. */
  async close(): Promise<void> {
    this.#cancellation.end();
    await settle(() => this.#native.close());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  [inspect.custom](): string {
    const { mimeType, length } = this;
    return `Download ${inspect({ mimeType, length })}`;
  }
}
