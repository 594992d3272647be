#!/usr/bin/env node
/** The command `wamux`, in this process. */
import { join } from 'node:path';

import { native } from './native';

// Node handles both signals from its start; without a listener, each is again what it is to any other command. While the
// command runs it holds this thread, so that no listener of JavaScript could hear them.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  const listener = (): undefined => undefined;
  process.on(signal, listener);
  process.off(signal, listener);
}
const demo = [process.execPath, join(__dirname, 'demo.js')];
process.exitCode = native.runCommand(process.argv.slice(2), demo);
