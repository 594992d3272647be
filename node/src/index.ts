/** One WhatsApp client for every gateway. */
export { Answer } from './answer';
export { Authentication } from './authentication';
export type { MessageSource, SendResult } from './bulk';
export type { CallOptions, NoArguments, UploadOptions } from './calls';
export { Client, type EnvironmentOptions, type MessageInput, type SendOptions } from './client';
export type { InboxTrace, SendTrace } from './diagnostics';
export type { BytesOptions, Download } from './download';
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
export { Failover } from './failover';
export {
  buildCall,
  type BuildCallOptions,
  buildRequest,
  capabilities,
  codes,
  gateways,
  normalizePhone,
  parseCallResponse,
  parseResponse,
  parseWebhook,
  type PhoneOptions,
  validatePayload,
} from './functions';
export type * from './generated/calls';
export type * from './generated/message';
export type * from './generated/results';
export type { Settings } from './generated/settings';
export { type DeadEvent, Inbox, type InboxSettings, type Notification } from './inbox';
export type { MessageReading, Messages } from './messages';
export type { OnRetry, Retry } from './retry';
export type { ClientSettings, GatewayId } from './settings';
export type { UploadSource } from './upload';
export type { InboxAnswer, InboxHead, InboxRequest } from './webhook';
