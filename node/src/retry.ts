/** What is called before each retry. */
import { call, errorOf, type NativeError, type WamuxError } from './errors';
import type { NativeClient, NativeRetryHook } from './native';

/** A retry that is about to happen. */
export interface Retry {
  /** Why the attempt failed. */
  error: WamuxError;
  /** How long the client waits before the next one, in seconds. */
  waitSeconds: number;
}

/** What is called before each retry, such as what counts them or writes a log. */
export type OnRetry = (retry: Retry) => unknown;

/** The setting `onRetry`. */
export function hookArgument(value: unknown): OnRetry | undefined {
  if (value === undefined || value === null) {
    return undefined;
  }
  if (typeof value !== 'function') {
    throw new TypeError('`onRetry` must be a function');
  }
  return value as OnRetry;
}

/** The hooks of clients, each for as long as its client is there. */
const HOOKS = new WeakMap<NativeClient, OnRetry>();

/**
 * Makes a client with a hook. The native module does not hold the hook itself: the garbage collector does not see what it
 * holds, so that a hook that knows its client would keep both for ever.
 */
export function hooked(
  hook: OnRetry | undefined,
  make: (hook?: NativeRetryHook) => NativeClient,
): NativeClient {
  if (!hook) {
    return call(() => make());
  }
  const held = new WeakRef(hook);
  const client = call(() =>
    make((error, waitSeconds) => {
      const failure = errorOf(JSON.parse(error) as NativeError);
      // A promise is not waited for, but what it fails with is nobody else's to catch.
      new Promise((resolve) => {
        resolve(held.deref()?.({ error: failure, waitSeconds }));
      }).catch(warn);
    }),
  );
  HOOKS.set(client, hook);
  return client;
}

function warn(fault: unknown): void {
  process.emitWarning('the function `onRetry` threw an exception; what it was called for goes on', {
    type: 'WamuxWarning',
    code: 'WAMUX_ON_RETRY',
    detail: fault instanceof Error ? (fault.stack ?? fault.message) : typeof fault,
  });
}
