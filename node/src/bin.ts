#!/usr/bin/env node
/** The command `wamux`, in this process. */
import { join } from 'node:path';

import { native } from './native';

/** A word as shells read it. */
function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

/** Whether an argument of `wamux demo` says from where it sends, or asks for help alone. */
function isOwn(argument: string): boolean {
  return /^(--sender(=.*)?|--help|-h)$/s.test(argument);
}

/** `wamux demo` sends from Node too, unless the caller says from where. */
function withSender(given: string[]): string[] {
  const command = given.find((argument) => !argument.startsWith('-'));
  if (command !== 'demo' || given.some(isOwn)) {
    return given;
  }
  const sender = [process.execPath, join(__dirname, 'demo.js')].map(quoted).join(' ');
  return [...given, '--sender', `node=${sender}`];
}

// Node handles both signals from its start; without a listener, each is again what it is to any other command. While the
// command runs it holds this thread, so that no listener of JavaScript could hear them.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  const listener = (): undefined => undefined;
  process.on(signal, listener);
  process.off(signal, listener);
}
process.exitCode = native.runCommand(withSender(process.argv.slice(2)));
