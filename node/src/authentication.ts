/** How a gateway's webhooks are known. */
import { inspect } from 'node:util';

import { textArgument } from './arguments';
import { call } from './errors';
import { native, type NativeAuthentication } from './native';
import { refuseSetting } from './settings';

/** What the native module has of an authentication; `undefined` for what is none. */
export let nativeAuthenticationOf: (value: object) => NativeAuthentication | undefined;

/**
 * How a webhook shows that it comes from the gateway. What is configured is enforced: a webhook without its credential is
 * answered 401, and one with a wrong one 403. Secrets are compared in a time that does not depend on what was sent, and are
 * not shown.
 *
 * ```ts
 * const authentication = Authentication.header('X-Webhook-Secret', process.env.WEBHOOK_SECRET ?? '');
 * ```
 */
export class Authentication {
  readonly #native: NativeAuthentication;
  /** How it was made, without the secret. */
  readonly #shown: string;

  static {
    nativeAuthenticationOf = (value) => (#native in value ? value.#native : undefined);
  }

  private constructor(made: NativeAuthentication, shown: string) {
    this.#native = made;
    this.#shown = shown;
  }

  /**
   * A shared secret in the header of this name.
   *
   * @throws {ConfigurationError} for a name that no header can have, and for an empty secret.
   */
  static header(name: string, secret: string): Authentication {
    const header = textArgument(name, 'name');
    const key = secretArgument(secret);
    const made = call(() => native.Authentication.header(header, key));
    return new Authentication(made, `header('${header}', '***')`);
  }

  /**
   * A shared secret as the last segment of the path.
   *
   * @throws {ConfigurationError} for an empty secret, and for one with a slash.
   */
  static path(secret: string): Authentication {
    const key = secretArgument(secret);
    return new Authentication(
      call(() => native.Authentication.path(key)),
      "path('***')",
    );
  }

  /**
   * A user and a password (RFC 7617), which the address bears: `https://user:password@host/webhook`.
   *
   * @throws {ConfigurationError} for an empty password, and for a user with a colon.
   */
  static basic(user: string, secret: string): Authentication {
    const name = textArgument(user, 'user');
    const key = secretArgument(secret);
    const made = call(() => native.Authentication.basic(name, key));
    return new Authentication(made, "basic('***', '***')");
  }

  /**
   * The HMAC-SHA256 of the body's bytes in hexadecimal digits, with or without `sha256=` before them, in a header; the
   * secret is its key.
   *
   * Source: Meta, "Webhooks", Validating Payloads (`X-Hub-Signature-256`).
   *
   * @throws {ConfigurationError} for a name that no header can have, and for an empty secret.
   */
  static signature(header: string, secret: string): Authentication {
    const name = textArgument(header, 'header');
    const key = secretArgument(secret);
    const made = call(() => native.Authentication.signature(name, key));
    return new Authentication(made, `signature('${name}', '***')`);
  }

  /** Everybody who reaches the address is believed: for an address that only the gateway can reach. */
  static none(): Authentication {
    return new Authentication(native.Authentication.none(), 'none()');
  }

  [inspect.custom](): string {
    return `Authentication.${this.#shown}`;
  }
}

function secretArgument(value: unknown): string {
  const secret = textArgument(value, 'secret');
  if (!secret.isWellFormed()) {
    refuseSetting('the secret must be Unicode text');
  }
  return secret;
}
