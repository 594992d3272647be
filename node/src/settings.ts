/** Settings: in camel case here, in snake case everywhere else. */
import type { Options } from './generated/message';
import type { Settings } from './generated/settings';
import { objectArgument } from './arguments';
import { call } from './errors';
import { native } from './native';
import type { OnRetry } from './retry';

/** The ids of the gateways. */
export type GatewayId = keyof Options;

/** What a client needs to know: its gateway, and the settings that the gateway needs. */
export interface ClientSettings extends Settings {
  /** The gateway's id. */
  gateway: GatewayId;
  /**
   * What is called before each retry: with the error of the attempt that failed, and the seconds until the next. It is called
   * for what it does and not waited for. An exception of its own breaks nothing: it is a warning of the process
   * (`process.on('warning', …)`) with the code `WAMUX_ON_RETRY`. It does not keep the process alive.
   */
  onRetry?: OnRetry | undefined;
}

/** The ids of all gateways, and the names of all settings. */
export const NAMES = JSON.parse(native.names()) as { gateways: GatewayId[]; settings: string[] };

/** `api_key` → `apiKey`, `chat-api` → `chatApi` */
export function camelCase(name: string): string {
  return name.replaceAll(/[-_](\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** `retryAfter` → `retry_after` */
export function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

const SETTINGS = new Map(NAMES.settings.map((name) => [camelCase(name), name]));

/** Settings as JSON text. A member that is `undefined` or `null` is absent. `form` shows the right call. */
export function settingsText(settings: Settings, form: string): string {
  const given: Record<string, string> = {};
  const members = Object.entries(objectArgument(settings, 'settings', form));
  for (const [name, value] of members as [string, unknown][]) {
    const known = SETTINGS.get(name);
    if (known === undefined) {
      const names = [...SETTINGS.keys()].join(', ');
      refuseSetting(`\`${name.toWellFormed()}\` is not a setting; the settings are ${names}`);
    } else if (['string', 'number', 'boolean'].includes(typeof value)) {
      given[known] = String(value);
    } else if (value !== undefined && value !== null) {
      refuseSetting(`the setting \`${name}\` must be a string, a number or a boolean`);
    }
  }
  return JSON.stringify(given);
}

/** Throws a `ConfigurationError`. */
export function refuseSetting(words: string): void {
  call(() => {
    native.refuseSetting(words);
  });
}

/** Settings with the names that they have here. */
export function camelCaseSettings(settings: Record<string, string>): Settings {
  const members = Object.entries(settings).map(([name, value]) => [camelCase(name), value]);
  return Object.fromEntries(members) as Settings;
}
