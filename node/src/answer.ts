/** An answer to a call that has no name. */
import { inspect, type InspectOptions } from 'node:util';

import { masked } from './masking';
import type { NativeAnswer } from './native';

/** What a gateway answered, as it came. Printed, it shows neither the body nor what the headers say. */
export class Answer {
  /** The HTTP status, from 200 to 299. */
  readonly status: number;
  /** The headers, by their names in small letters. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body. */
  readonly body: Buffer;

  constructor({ status, headers, body }: NativeAnswer) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  /**
   * The body as JSON.
   *
   * @throws {SyntaxError} for what is not JSON.
   */
  json(): unknown {
    try {
      return JSON.parse(this.body.toString());
    } catch {
      // The words of the parser repeat what stands there.
      throw new SyntaxError('the answer is not JSON; `body` has its bytes');
    }
  }

  [inspect.custom](_depth: number, options: InspectOptions): string {
    const { status, headers, body } = this;
    return `Answer ${inspect({ status, ...(masked({ headers, body }) as object) }, options)}`;
  }
}
