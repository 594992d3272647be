/** What an `AbortSignal` calls off. */
import type { Kind } from './generated/results';
import { thrown } from './errors';
import { native, type CancelToken } from './native';

/** The signal among the options of a call. */
export function signalOf(signal: object | undefined): AbortSignal | undefined {
  // Contexts and libraries have classes of their own.
  if (signal && !('aborted' in signal && 'addEventListener' in signal)) {
    throw new TypeError('`signal` must be an AbortSignal');
  }
  return signal as AbortSignal | undefined;
}

/** Listens to a signal, if there is one, from now until it is ended. */
export class Cancellation {
  readonly #signal: AbortSignal | undefined;
  /** What the native module listens to. */
  readonly token: CancelToken | undefined;
  /** What else ends with the signal. */
  whenAborted: (() => void) | undefined;

  constructor(signal: AbortSignal | undefined) {
    this.#signal = signal;
    if (signal) {
      this.token = new native.CancelToken();
      signal.addEventListener('abort', this.#abort, { once: true });
      if (signal.aborted) {
        this.#abort();
      }
    }
  }

  readonly #abort = (): void => {
    this.token?.cancel();
    this.whenAborted?.();
  };

  /** The signal's reason, where an error of this kind comes of it. */
  causeOf(kind: Kind): unknown {
    return kind === 'cancelled' ? this.#signal?.reason : undefined;
  }

  /** Waits for the native module. An error of the kind `cancelled` has the signal's reason as its cause. */
  async settle<T>(call: () => Promise<T>, causeOf?: (kind: Kind) => unknown): Promise<T> {
    try {
      return await call();
    } catch (fault) {
      const error = thrown(fault);
      if (!('kind' in error)) {
        throw error;
      }
      const kind = error.kind as Kind;
      const cause = this.causeOf(kind) ?? causeOf?.(kind);
      throw cause === undefined ? error : thrown(fault, { cause });
    }
  }

  /** Stops listening. */
  end(): void {
    this.#signal?.removeEventListener('abort', this.#abort);
  }
}

/** Waits for the native module, unless a signal calls it off. */
export async function unless<T>(
  signal: AbortSignal | undefined,
  call: (token: CancelToken | undefined) => Promise<T>,
  causeOf?: (kind: Kind) => unknown,
): Promise<T> {
  const cancellation = new Cancellation(signal);
  try {
    return await cancellation.settle(() => call(cancellation.token), causeOf);
  } finally {
    cancellation.end();
  }
}
