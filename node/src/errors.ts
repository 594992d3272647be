/** The errors: one base, and one class a kind. */
import { inspect, type InspectOptions } from 'node:util';

import type {
  Attempt,
  Delivery,
  ErrorDocument,
  Kind,
  Reason,
  Violation,
} from './generated/results';
import { masked, printedMasked } from './masking';

/**
 * What went wrong, whether the message may have been sent, and whether to try again.
 *
 * `message` is one line for people without numbers, texts and credentials. What a gateway said stands in members that are
 * read on purpose; nothing prints them by accident. `JSON.stringify` writes all of it.
 *
 * ```ts
 * try {
 *   await client.send(message);
 * } catch (error) {
 *   if (error instanceof WamuxError && error.retryable && error.delivery === 'not_sent') {
 *     await later(message, error.retryAfter);
 *   }
 * }
 * ```
 */
export class WamuxError extends Error {
  /** What kind of error it is. */
  readonly kind: Kind;
  /** What is known about the message: the gateway does not have it, or may have it. */
  readonly delivery: Delivery;
  /** Whether sending the same message again can succeed. */
  readonly retryable: boolean;
  /** For how long the gateway asks to wait, in seconds. */
  readonly retryAfter: number | undefined;
  /** The gateway's id. */
  readonly gateway: string | undefined;
  /** The HTTP status of the answer. */
  readonly httpStatus: number | undefined;
  readonly #document: ErrorDocument;

  constructor(line: string, document: ErrorDocument, options?: ErrorOptions) {
    super(line, options);
    Object.defineProperty(this, 'name', { value: new.target.name, configurable: true });
    this.kind = document.kind;
    this.delivery = document.delivery;
    this.retryable = document.retryable;
    this.retryAfter = document.retry_after;
    this.gateway = document.gateway;
    this.httpStatus = document.http_status;
    this.#document = document;
  }

  /** The gateway's code; with several reasons, the first one's. */
  get code(): string | undefined {
    return this.#document.code;
  }

  /** The reasons that the gateway gave. */
  get reasons(): readonly Reason[] {
    return this.#document.reasons;
  }

  /** The rules that the message breaks. */
  get violations(): readonly Violation[] {
    return this.#document.violations;
  }

  /** The attempts at sending, in order. */
  get attempts(): readonly Attempt[] {
    return this.#document.attempts;
  }

  /** The answer: its JSON text, or the first 512 bytes of what could not be read. */
  get raw(): string | undefined {
    return this.#document.raw;
  }

  /** The error as JSON has it, in full. */
  toJSON(): ErrorDocument {
    return { ...this.#document };
  }

  /** What `console.log` shows: the line, the stack and the members, with texts as their lengths. */
  [inspect.custom](_depth: number, options: InspectOptions): string {
    const { message, ...members } = this.#document;
    const shown = masked(members) as Record<string, unknown>;
    if (this.cause !== undefined) {
      shown['cause'] = this.cause;
    }
    return `${this.stack ?? this.message} ${inspect(shown, options)}`;
  }
}

/** A setting or argument is missing or wrong. */
export class ConfigurationError extends WamuxError {}
/** The message breaks a rule of its structure or of the gateway; `violations` has all of them. */
export class ValidationError extends WamuxError {}
/** The gateway cannot say this. */
export class UnsupportedError extends WamuxError {}
/** The gateway does not know the credentials. */
export class AuthenticationError extends WamuxError {}
/** The account may not do this. */
export class PermissionError extends WamuxError {}
/** The account has no money left. */
export class BalanceError extends WamuxError {}
/** The recipient is wrong, or cannot receive this. */
export class RecipientError extends WamuxError {}
/** The sender is wrong, or not the account's. */
export class SenderError extends WamuxError {}
/** The template is missing, paused, or filled in wrongly. */
export class TemplateError extends WamuxError {}
/** The media is of a wrong type or size, or cannot be fetched. */
export class MediaError extends WamuxError {}
/** More than 24 hours have passed since the recipient last wrote; only a template may be sent. */
export class WindowClosedError extends WamuxError {}
/** The same message was sent before. */
export class DuplicateError extends WamuxError {}
/** Too many messages in too short a time. */
export class RateLimitedError extends WamuxError {}
/** The gateway refused the message for another reason. */
export class RejectedError extends WamuxError {}
/** The gateway is not working at the moment. */
export class UnavailableError extends WamuxError {}
/** The gateway did not answer in time, or the message's lifetime ended. */
export class TimeoutError extends WamuxError {}
/** No connection: DNS, TCP, TLS or proxy. */
export class ConnectError extends WamuxError {}
/** An answer that cannot be read. */
export class ProtocolError extends WamuxError {}
/** The caller gave up; `cause` is the reason of the signal. */
export class CancelledError extends WamuxError {}
/** A fault of wamux itself. */
export class InternalError extends WamuxError {}

/** What is wrong with a phone number, as a code that programs can tell apart. */
export type PhoneErrorCode =
  | 'empty'
  | 'letters'
  | 'extension'
  | 'several_numbers'
  | 'too_short'
  | 'too_long'
  | 'country_code'
  | 'region_needed'
  | 'plus_eight'
  | 'not_valid';

/** A phone number that cannot be read; `code` says why. */
export class PhoneNumberError extends ValidationError {
  // eslint-disable-next-line @typescript-eslint/no-useless-constructor -- It narrows the base's document.
  constructor(line: string, document: ErrorDocument & { code: PhoneErrorCode }) {
    super(line, document);
  }

  override get code(): PhoneErrorCode {
    return super.code as PhoneErrorCode;
  }
}

const CLASSES: Record<Kind, typeof WamuxError> = {
  configuration: ConfigurationError,
  validation: ValidationError,
  unsupported: UnsupportedError,
  authentication: AuthenticationError,
  permission: PermissionError,
  balance: BalanceError,
  recipient: RecipientError,
  sender: SenderError,
  template: TemplateError,
  media: MediaError,
  window_closed: WindowClosedError,
  duplicate: DuplicateError,
  rate_limited: RateLimitedError,
  rejected: RejectedError,
  unavailable: UnavailableError,
  timeout: TimeoutError,
  connect: ConnectError,
  protocol: ProtocolError,
  cancelled: CancelledError,
  internal: InternalError,
};

/** What the native module writes into the message of an exception. */
export interface NativeError {
  line: string;
  error: ErrorDocument;
  phone_code?: PhoneErrorCode;
}

/** Makes an error of its class. */
export function errorOf(native: NativeError, options?: ErrorOptions): WamuxError {
  const { line, phone_code: code } = native;
  const error = printedMasked('ErrorDocument', native.error);
  if (code !== undefined) {
    return new PhoneNumberError(line, { ...error, code });
  }
  return new CLASSES[error.kind](line, error, options);
}

/** Makes an error of its class of what the native module threw. */
export function thrown(fault: unknown, options?: ErrorOptions): Error {
  // A native module throws errors of the main context, which are no instances of `Error` in others.
  const ours = nativeError((fault as Error).message);
  // Words that are not ours can repeat a value.
  return ours
    ? errorOf(ours, options)
    : new TypeError('wamux cannot take an argument in this form');
}

function nativeError(text: string): NativeError | undefined {
  try {
    const value = JSON.parse(text) as Partial<NativeError> | null;
    return value?.error && value.error.kind in CLASSES ? (value as NativeError) : undefined;
  } catch {
    return undefined;
  }
}

/** Calls the native module. */
export function call<T>(native: () => T): T {
  try {
    return native();
  } catch (fault) {
    throw thrown(fault);
  }
}

/** As {@link call}, where the native module answers later. */
export async function settle<T>(native: () => Promise<T>): Promise<T> {
  try {
    return await native();
  } catch (fault) {
    throw thrown(fault);
  }
}
