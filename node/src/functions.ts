/** What needs no network. */
import type { CallTypes } from './generated/calls';
import type {
  Capabilities,
  Event,
  GatewayCode,
  PhoneNumber,
  Receipt,
  Request,
  Violation,
} from './generated/results';
import type { Settings } from './generated/settings';
import type { MessageInput } from './client';
import {
  bodyArgument,
  membersArgument,
  objectArgument,
  optionalTextArgument,
  sizeArgument,
  textArgument,
  wholeNumberArgument,
} from './arguments';
import { outputName, outputOf } from './calls';
import { call, errorOf, type NativeError, type WamuxError } from './errors';
import { jsonText, unicode } from './json';
import { printedMasked } from './masking';
import { native } from './native';
import { type GatewayId, NAMES, settingsText } from './settings';

/**
 * The request that a message becomes, for those who bring their own HTTP or want to see it. It needs no credentials:
 * absent and present ones alike show as `***`.
 *
 * @throws {ValidationError} or {@link UnsupportedError} where the message breaks a rule.
 * @throws {ConfigurationError} for an unknown gateway and a wrong setting.
 */
export function buildRequest(
  gateway: GatewayId,
  message: MessageInput,
  settings: Settings = {},
): Request {
  const id = textArgument(gateway, 'gateway');
  const text = jsonText(message);
  const given = settingsText(settings, "buildRequest(gateway, message, { from: 'MyCompany' })");
  return requestOf(call(() => native.buildRequest(id, text, given)));
}

/** A request from its JSON; a body that is no text comes as bytes. */
function requestOf(request: string): Request {
  const { body, ...others } = JSON.parse(request) as Omit<Request, 'body'> & {
    body: string | { base64: string };
  };
  const bytes =
    typeof body === 'string' ? body : new Uint8Array(Buffer.from(body.base64, 'base64'));
  return printedMasked('Request', { ...others, body: bytes });
}

/**
 * Checks a gateway's native payload, for those who write it themselves: an object, or JSON as text or bytes. Gives all
 * violations, errors and warnings; none means that the payload is good. `callName` is the name of a call of the gateway's;
 * without it, the payload is one of the send call.
 *
 * @throws {ValidationError} for what is not JSON.
 * @throws {ConfigurationError} for an unknown gateway or call.
 */
export function validatePayload(
  gateway: GatewayId,
  payload: unknown,
  callName?: string,
): Violation[] {
  const id = textArgument(gateway, 'gateway');
  const text = jsonText(payload);
  const name = optionalTextArgument(callName, 'callName');
  return JSON.parse(call(() => native.validatePayload(id, text, name))) as Violation[];
}

/**
 * Reads a webhook's body: all its items, in order. An item that cannot be read is an `error` event beside the others.
 *
 * @throws {ProtocolError} for a body over 1 MiB, one that is not JSON, or one of a shape that the gateway's documentation
 * does not have.
 */
export function parseWebhook(gateway: GatewayId, body: string | Uint8Array): Event[] {
  const id = textArgument(gateway, 'gateway');
  const told = unicode(bodyArgument(body, 'body'));
  const events = JSON.parse(call(() => native.parseWebhook(id, told))) as Event[];
  return events.map((event) => printedMasked('Event', event));
}

/**
 * Reads the answer to a send call: a receipt or an error for each message that it speaks of, in order. Errors are
 * returned, not thrown, since each message has its own.
 */
export function parseResponse(
  gateway: GatewayId,
  body: string | Uint8Array,
  status = 200,
): (Receipt | WamuxError)[] {
  const id = textArgument(gateway, 'gateway');
  const told = unicode(bodyArgument(body, 'body'));
  const code = statusArgument(status);
  const results = JSON.parse(call(() => native.parseResponse(id, told, code))) as (
    { receipt: Receipt } | { error: NativeError }
  )[];
  return results.map((result) =>
    'receipt' in result ? printedMasked('Receipt', result.receipt) : errorOf(result.error),
  );
}

function statusArgument(status: unknown): number {
  // A number that does not fit would be cut where it crosses; 0 is refused there.
  const whole = wholeNumberArgument(status, 'status');
  return whole >= 100 && whole <= 599 ? whole : 0;
}

/** The settings that a call depends on. */
export interface BuildCallOptions extends Settings {
  /** How many bytes the call would upload. */
  length?: number | undefined;
}

/**
 * The request that a call beyond sending becomes, by the call's name as `capabilities` lists it, for those who bring their
 * own HTTP or want to see it. It needs no credentials, as {@link buildRequest}. What an upload sends is not in its `body`.
 *
 * ```ts
 * buildCall('tujenge', 'mark_as_read', { message_id: '…' }).method; // 'PUT'
 * ```
 *
 * @throws {ValidationError} where an argument breaks a rule.
 * @throws {ConfigurationError} for an unknown gateway or call and a wrong setting.
 */
export function buildCall<Gateway extends keyof CallTypes, Name extends keyof CallTypes[Gateway]>(
  gateway: Gateway,
  name: Name,
  arguments_: ArgumentsOf<CallTypes[Gateway][Name]> | string | Uint8Array,
  options: BuildCallOptions = {},
): Request {
  const id = textArgument(gateway, 'gateway');
  const of = textArgument(name, 'name');
  const text = jsonText(arguments_);
  const form = "buildCall(gateway, name, { … }, { length: 1024, region: 'RU' })";
  const { length, ...settings } = objectArgument(options, 'options', form) as BuildCallOptions;
  const bytes = length === undefined ? undefined : sizeArgument(length, 'length');
  const given = settingsText(settings, form);
  return requestOf(call(() => native.buildCall(id, of, text, bytes, given)));
}

/**
 * Reads the answer to a call beyond sending: what the call answers with.
 *
 * @throws {WamuxError} of the kind of what the gateway refused.
 * @throws {ProtocolError} for an answer that cannot be read.
 * @throws {ConfigurationError} for an unknown gateway or call.
 */
export function parseCallResponse<
  Gateway extends keyof CallTypes,
  Name extends keyof CallTypes[Gateway],
>(
  gateway: Gateway,
  name: Name,
  body: string | Uint8Array,
  options: { status?: number | undefined } = {},
): OutputOf<CallTypes[Gateway][Name]> {
  const id = textArgument(gateway, 'gateway');
  const of = textArgument(name, 'name');
  const told = unicode(bodyArgument(body, 'body'));
  const { status = 200 } = membersArgument(options, CALL_RESPONSE_OPTIONS);
  const code = statusArgument(status);
  const output = call(() => native.parseCallResponse(id, of, told, code));
  return outputOf(outputName(id, of), output) as OutputOf<CallTypes[Gateway][Name]>;
}

type ArgumentsOf<Call> = Call extends { arguments: infer Arguments } ? Arguments : never;
type OutputOf<Call> = Call extends { output: infer Output } ? Output : never;

const CALL_RESPONSE_OPTIONS = {
  name: 'options',
  form: 'parseCallResponse(gateway, name, body, { status: 404 })',
  members: { status: 'number' },
} as const;

export interface PhoneOptions {
  /** The region in which the number is dialled, such as `RU`; without it, the number begins with a country code. */
  region?: string | undefined;
  /** Whether to refuse numbers that are possible but not assigned. */
  strict?: boolean | undefined;
}

const PHONE_OPTIONS = {
  name: 'options',
  form: "normalizePhone(text, { region: 'RU' })",
  members: { region: 'string', strict: 'boolean' },
} as const;

/**
 * Reads a phone number as a person wrote it.
 *
 * ```ts
 * normalizePhone('8 (903) 456-78-90', { region: 'RU' }).e164; // '+79034567890'
 * ```
 *
 * @throws {PhoneNumberError} whose `code` says what is wrong.
 * @throws {ConfigurationError} for an unknown region.
 * @throws {TypeError} for a text that is no string, and for options that are not these.
 */
export function normalizePhone(text: string, options: PhoneOptions = {}): PhoneNumber {
  const written = textArgument(text, 'text');
  const { region, strict = false } = membersArgument(options, PHONE_OPTIONS);
  const number = call(() => native.normalizePhone(written, region, strict));
  return printedMasked('PhoneNumber', JSON.parse(number) as PhoneNumber);
}

/** The ids of all gateways. */
export const gateways: readonly GatewayId[] = Object.freeze([...NAMES.gateways]);

/**
 * What a gateway can send, and the limits of its calls.
 *
 * ```ts
 * gateways.filter((id) => capabilities(id).sends.includes('group')); // ['tujenge', 'chat-api']
 * ```
 *
 * @throws {ConfigurationError} for an unknown gateway.
 */
export function capabilities(gateway: GatewayId): Capabilities {
  const id = textArgument(gateway, 'gateway');
  return JSON.parse(call(() => native.capabilities(id))) as Capabilities;
}

/**
 * The codes that a gateway documents, and what each means for a message.
 *
 * @throws {ConfigurationError} for an unknown gateway.
 */
export function codes(gateway: GatewayId): GatewayCode[] {
  const id = textArgument(gateway, 'gateway');
  return JSON.parse(call(() => native.codes(id))) as GatewayCode[];
}
