/** What tests of inboxes share: an inbox of Devino's, an HTTP server in front of it, and a Redis server behind it. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import {
  Authentication,
  Inbox,
  type InboxAnswer,
  type InboxRequest,
  type InboxSettings,
  type Notification,
} from 'wamux';

export const SECRET = 'correct horse';
export const HEADER = Authentication.header('X-Webhook-Secret', SECRET);
/** Waits that do not hold a test up. */
export const QUICK = { firstWait: 0.01, longestWait: 0.02 };

/** A webhook of Devino's: statuses of messages. */
export function webhook(...statuses: [id: string, status: string][]): InboxRequest {
  const items = statuses.map(([messageId, status]) => ({ messageId, status }));
  const headers = { 'x-webhook-secret': SECRET };
  return { method: 'POST', path: '/', headers, body: JSON.stringify(items) };
}

export function devino(settings: Partial<InboxSettings> & Pick<InboxSettings, 'handler'>): Inbox {
  return new Inbox({ gateway: 'devino-v2', authentication: HEADER, ...QUICK, ...settings });
}

/** `34825 delivered`, of a status. */
export function line({ event }: Notification): string {
  assert.ok(event.type === 'status');
  return `${event.message_id} ${event.status}`;
}

export async function statusOf(inbox: Inbox, request: InboxRequest): Promise<number> {
  return (await inbox.receive(request)).status;
}

/** An address that is posted to, until it is closed. */
export interface Listening extends AsyncDisposable {
  url: string;
}

async function answer(inbox: Inbox, request: IncomingMessage): Promise<InboxAnswer> {
  const { method, url: path, headers } = request;
  const refused = inbox.checkHead({ method, path, headers });
  if (refused) {
    return refused;
  }
  const body: Buffer[] = [];
  let size = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    if (size <= 2 ** 20) {
      body.push(piece);
    }
    size += piece.length;
  }
  return inbox.receive({ method, path, headers, body: Buffer.concat(body) });
}

/** Serves an inbox on a free port of loopback. */
export async function serve(inbox: Inbox): Promise<Listening> {
  const server = createServer((request, response) => {
    answer(inbox, request).then(
      ({ status, headers }) => response.writeHead(status, headers).end(),
      () => response.destroy(),
    );
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/webhook`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

/** A folder that is there as long as it is used. */
export function temporaryFolder(): Disposable & { path: string } {
  const path = mkdtempSync(join(tmpdir(), 'wamux-inbox-'));
  return {
    path,
    [Symbol.dispose]() {
      rmSync(path, { recursive: true, force: true });
    },
  };
}

/** A Redis server of the test's own, on a free port of loopback: `make redis` installs it. */
export async function redisServer(): Promise<Listening> {
  // Another process can take the port before the server does.
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    const folder = temporaryFolder();
    const options = ['--bind', '127.0.0.1', '--port', String(port), '--dir', folder.path];
    options.push('--save', '', '--appendonly', 'no', '--daemonize', 'no');
    const server = spawn('redis-server', options, { stdio: 'ignore' });
    const ended = once(server, 'exit');
    if (await Promise.race([answers(port), ended.then(() => false)])) {
      return {
        url: `redis://127.0.0.1:${port}/0`,
        async [Symbol.asyncDispose]() {
          server.kill('SIGKILL');
          await ended;
          folder[Symbol.dispose]();
        },
      };
    }
    folder[Symbol.dispose]();
    if (attempt === 5) {
      throw new Error('redis-server does not answer');
    }
  }
}

/** A port of loopback that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createTcpServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

async function answers(port: number): Promise<boolean> {
  for (let tries = 0; tries < 2000; tries += 1) {
    const socket = connect(port, '127.0.0.1');
    const pong = new Promise<boolean>((resolve) => {
      socket.once('data', (data) => {
        resolve(data.toString().startsWith('+PONG'));
      });
      socket.once('error', () => {
        resolve(false);
      });
      socket.write('PING\r\n');
    });
    const isThere = await pong;
    socket.destroy();
    if (isThere) {
      return true;
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return false;
}
