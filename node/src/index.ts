/** One WhatsApp client for every gateway. */
export { Client, type MessageInput, type SendOptions } from './client';
export {
  AuthenticationError,
  BalanceError,
  CancelledError,
  ConfigurationError,
  ConnectError,
  DuplicateError,
  InternalError,
  MediaError,
  PermissionError,
  type PhoneErrorCode,
  PhoneNumberError,
  ProtocolError,
  RateLimitedError,
  RecipientError,
  RejectedError,
  SenderError,
  TemplateError,
  TimeoutError,
  UnavailableError,
  UnsupportedError,
  ValidationError,
  WamuxError,
  WindowClosedError,
} from './errors';
export {
  buildRequest,
  capabilities,
  codes,
  gateways,
  normalizePhone,
  parseResponse,
  parseWebhook,
  type PhoneOptions,
  validatePayload,
} from './functions';
export type * from './generated/message';
export type * from './generated/results';
export type { Settings } from './generated/settings';
export type { ClientSettings, GatewayId } from './settings';
