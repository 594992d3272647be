/** What several tests share. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';

import { Client, gateways, type Message, type Request, type TextMessage, WamuxError } from 'wamux';
import type { GatewayId } from 'wamux';
import type { Sandbox } from 'wamux/testing';

/** The repository. */
export const ROOT = join(__dirname, '../../..');

export const GATEWAYS: readonly GatewayId[] = gateways;

/** A text that every gateway takes. */
export const TEXT: TextMessage = {
  to: '+79034567890',
  type: 'text',
  text: { body: 'Code: 1234' },
};

/** A client of a sandbox's gateway. */
export function connect(sandbox: Sandbox, gateway: GatewayId, timeout?: number): Client {
  return new Client({ ...sandbox.settings(gateway), timeout, retries: 0 });
}

/** The error that a call must reject with. */
export async function rejection(call: Promise<unknown>): Promise<WamuxError> {
  try {
    await call;
  } catch (error) {
    assert.ok(error instanceof WamuxError, String(error));
    return error;
  }
  throw new assert.AssertionError({ message: 'the call did not reject' });
}

/** The error that a call must throw. */
export function exception(call: () => unknown): WamuxError {
  try {
    call();
  } catch (error) {
    assert.ok(error instanceof WamuxError, String(error));
    return error;
  }
  throw new assert.AssertionError({ message: 'the call did not throw' });
}

export interface Ended {
  status: number | string | null;
  signal: NodeJS.Signals | null;
  output: string;
  errors: string;
}

/** Runs a program to its end, with an input. */
export async function run(
  file: string,
  args: string[],
  {
    input = '',
    cwd = ROOT,
    timeout = 120_000,
  }: { input?: string; cwd?: string; timeout?: number } = {},
): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile(file, args, { cwd, timeout }, (error, output, errors) => {
      const status = error ? (error.code ?? null) : 0;
      resolve({ status, signal: error?.signal ?? null, output, errors });
    });
    child.stdin?.end(input);
  });
}

/** A value as JSON has it, without what makes it print masked. */
export function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

/** `retry_after` → `retryAfter` */
export function camelCase(name: string): string {
  return name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** Members of JSON with the names that they have in JavaScript. */
export function camelCased(members: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(members).map(([name, value]) => [camelCase(name), value]),
  );
}

/** A message that is no message, as JavaScript without types can pass it. */
export function untyped(value: unknown): Message {
  return value as Message;
}

/** The body of a request that has text. */
export function textOf({ body }: Request): string {
  assert.ok(typeof body === 'string');
  return body;
}

/** The calls that a sandbox's gateways were asked for, as `GET /v1/media/1`. */
export async function calledPaths(sandbox: Sandbox): Promise<string[]> {
  const answer = await fetch(`${sandbox.url}/_sandbox/calls`);
  const calls = (await answer.json()) as { method: string; path: string }[];
  return calls.map(({ method, path }) => `${method} ${path}`);
}

/** Waits until something is so; a test that waits in vain ends by its own time. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) {
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/** Bytes of which every part is another. */
export function pattern(length: number): Buffer<ArrayBuffer> {
  return Buffer.from(Uint8Array.from({ length }, (_, position) => position % 251));
}
