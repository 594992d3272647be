/** Files on their way from a gateway. */
import assert from 'node:assert/strict';
import { createServer, type ServerResponse } from 'node:http';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { getEventListeners, once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { inspect } from 'node:util';

import { CancelledError, Client, ConfigurationError, type Download, ProtocolError } from 'wamux';
import { Sandbox } from 'wamux/testing';

import { connect, pattern, rejection, until } from './support';

const folder = mkdtempSync(join(tmpdir(), 'wamux-downloads-'));
after(() => {
  rmSync(folder, { recursive: true, force: true });
});

const BYTES = pattern(300_000);

/** Stores a file, and gives what asks for it. */
async function stored(
  sandbox: Sandbox,
  bytes: Uint8Array = BYTES,
): Promise<() => Promise<Download>> {
  const { tujenge } = connect(sandbox, 'tujenge');
  const { id } = await tujenge.uploadMedia({ mime_type: 'application/pdf' }, bytes);
  return () => tujenge.downloadMedia({ media_id: id });
}

/** A gateway that answers each call with the beginning of a file, and then with nothing more. */
class Stalled implements AsyncDisposable {
  readonly answers: ServerResponse[] = [];
  readonly #server = createServer((_request, answer) => {
    this.answers.push(answer);
    answer.writeHead(200, { 'Content-Type': 'application/pdf', 'Content-Length': '9' });
    answer.write('%PDF');
  });

  async client(): Promise<Client> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const { port } = this.#server.address() as AddressInfo;
    const baseUrl = `http://127.0.0.1:${port}`;
    return new Client({ gateway: 'tujenge', apiKey: 'x', baseUrl });
  }

  /** Waits until the client has closed its connections. */
  async closed(): Promise<void> {
    await until(() => this.answers.every(({ socket }) => !socket || socket.destroyed));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

test('a file is read in pieces, whole, into a URI, and into a file', async () => {
  await using sandbox = await Sandbox.start();
  const download = await stored(sandbox);

  const opened = await download();
  assert.deepEqual([opened.mimeType, opened.length], ['application/pdf', BYTES.length]);
  assert.equal(inspect(opened), "Download { mimeType: 'application/pdf', length: 300000 }");
  const pieces: Buffer[] = [];
  for await (const piece of opened) {
    assert.ok(Buffer.isBuffer(piece));
    pieces.push(piece);
  }
  assert.ok(pieces.length > 1);
  assert.ok(Buffer.concat(pieces).equals(BYTES));
  assert.equal((await opened.bytes()).length, 0);

  const streamed = await Readable.from(await download()).toArray();
  assert.ok(Buffer.concat(streamed as Buffer[]).equals(BYTES));
  assert.ok((await (await download()).bytes({ limit: BYTES.length })).equals(BYTES));
  const uri = `data:application/pdf;base64,${BYTES.toString('base64')}`;
  assert.equal(await (await download()).dataUri(), uri);

  const path = join(folder, 'säved.pdf');
  assert.equal(await (await download()).save(path), BYTES.length);
  assert.ok(readFileSync(path).equals(BYTES));
  rmSync(path);
  assert.equal(await (await download()).save(pathToFileURL(path)), BYTES.length);
  assert.ok(readFileSync(path).equals(BYTES));

  // What is left of a file after its first piece.
  const begun = await download();
  const iterator = begun[Symbol.asyncIterator]();
  const { value } = (await iterator.next()) as IteratorYieldResult<Buffer>;
  const rest = await begun.bytes();
  assert.ok(Buffer.concat([value, rest]).equals(BYTES));
});

test('a file that is not there is an error of the gateway', async () => {
  await using sandbox = await Sandbox.start();
  const { tujenge } = connect(sandbox, 'tujenge');
  const { signal } = new AbortController();
  const error = await rejection(tujenge.downloadMedia({ media_id: 'none' }, { signal }));
  assert.deepEqual([error.code, error.httpStatus, error.attempts.length], ['1006', 404, 1]);
  assert.deepEqual(getEventListeners(signal, 'abort'), []);
});

test('a file that ends early is an error however it is read, and nothing is left of it', async () => {
  await using sandbox = await Sandbox.start();
  const download = await stored(sandbox);
  const path = join(folder, 'cut.pdf');
  const readings: Record<string, (opened: Download) => Promise<unknown>> = {
    pieces: async (opened) => {
      let length = 0;
      for await (const piece of opened) {
        length += piece.length;
      }
      return length;
    },
    stream: async (opened) => Readable.from(opened).toArray(),
    bytes: async (opened) => opened.bytes(),
    uri: async (opened) => opened.dataUri(),
    file: async (opened) => opened.save(path),
  };
  for (const [name, read] of Object.entries(readings)) {
    sandbox.inject({ kind: 'truncated', path: '/v1/media/', afterBytes: 100_000 });
    const opened = await download();
    assert.equal(opened.length, BYTES.length);
    const error = await rejection(read(opened));
    assert.ok(error instanceof ProtocolError, name);
    assert.equal(error.gateway, 'tujenge');
  }
  assert.deepEqual(
    readdirSync(folder).filter((file) => file.startsWith('cut')),
    [],
  );
});

test('more than the limit is an error', async () => {
  await using sandbox = await Sandbox.start();
  const download = await stored(sandbox);
  const limit = BYTES.length - 1;
  for (const read of [
    async (opened: Download) => opened.bytes({ limit }),
    async (opened: Download) => opened.dataUri({ limit }),
  ]) {
    const error = await rejection(read(await download()));
    assert.ok(error instanceof ProtocolError);
    assert.match(error.message, /more than 299999 bytes/);
  }
  const opened = await download();
  for (const wrong of [{ limit: -1 }, { limit: 1.5 }, { limit: '7' }, { max: 7 }, 7]) {
    await assert.rejects(opened.bytes(wrong as never), { name: 'TypeError' });
    await assert.rejects(opened.dataUri(wrong as never), { name: 'TypeError' });
  }
  await assert.rejects(opened.save(7 as never), { name: 'TypeError' });
  assert.ok((await opened.bytes()).equals(BYTES));
});

test('a place where no file can be written is an error', async () => {
  await using sandbox = await Sandbox.start();
  const opened = await (await stored(sandbox))();
  const error = await rejection(opened.save(join(folder, 'none', 'file.pdf')));
  assert.ok(error instanceof ConfigurationError);
});

test('leaving a loop, closing and disposing end the connection', async () => {
  await using gateway = new Stalled();
  const { tujenge } = await gateway.client();
  const open = async (): Promise<Download> => tujenge.downloadMedia({ media_id: 'a' });

  for await (const piece of await open()) {
    assert.equal(piece.toString(), '%PDF');
    break;
  }
  await gateway.closed();

  {
    await using disposed = await open();
    assert.equal(disposed.length, 9);
  }
  await gateway.closed();

  const closed = await open();
  await closed.close();
  await closed.close();
  await gateway.closed();
  for await (const piece of closed) {
    assert.fail(`a closed download gave ${piece.length} bytes`);
  }
  const error = await rejection(closed.bytes());
  assert.ok(error instanceof ConfigurationError);
  assert.match(error.message, /closed/);

  // Those that wait are ended too.
  const waiting = await open();
  const iterator = waiting[Symbol.asyncIterator]();
  await iterator.next();
  const next = iterator.next();
  await waiting.close();
  assert.deepEqual(await next, { done: true, value: undefined });

  const stream = Readable.from(await open());
  await once(stream, 'readable');
  stream.read();
  stream.read();
  stream.destroy();
  await once(stream, 'close');
  await gateway.closed();
});

test('a signal calls off the reading, too', async () => {
  await using gateway = new Stalled();
  const { tujenge } = await gateway.client();
  const path = join(folder, 'aborted.pdf');
  // What is not whole yet has a name of its own.
  const begun = (): boolean => readdirSync(folder).some((name) => name.startsWith('.wamux-'));
  const readings: ((opened: Download) => Promise<unknown>)[] = [
    async (opened) => opened.bytes(),
    async (opened) => opened.dataUri(),
    async (opened) => Readable.from(opened).toArray(),
    async (opened) => opened.save(path),
  ];
  for (const read of readings) {
    const controller = new AbortController();
    const { signal } = controller;
    const opened = await tujenge.downloadMedia({ media_id: 'a' }, { signal });
    const reading = rejection(read(opened));
    if (read === readings[3]) {
      await until(() => begun());
    }
    controller.abort();
    const error = await reading;
    assert.ok(error instanceof CancelledError);
    assert.deepEqual([error.cause, error.gateway], [signal.reason, 'tujenge']);
    assert.deepEqual(getEventListeners(signal, 'abort'), []);
    await gateway.closed();
  }
  assert.ok(!existsSync(path) && !begun());

  // Nobody reads just now: the connection is closed all the same.
  const controller = new AbortController();
  const opened = await tujenge.downloadMedia({ media_id: 'a' }, { signal: controller.signal });
  controller.abort('late');
  await gateway.closed();
  assert.equal((await rejection(opened.bytes())).cause, 'late');
});

test('a signal hears nothing of a file that was read', async () => {
  await using sandbox = await Sandbox.start();
  const { tujenge } = connect(sandbox, 'tujenge');
  const { id } = await tujenge.uploadMedia({ mime_type: 'application/pdf' }, BYTES);
  const { signal } = new AbortController();
  const open = async (): Promise<Download> => tujenge.downloadMedia({ media_id: id }, { signal });
  await (await open()).bytes();
  await (await open()).save(join(folder, 'whole.pdf'));
  for await (const piece of await open()) {
    assert.ok(piece.length > 0);
  }
  assert.deepEqual(getEventListeners(signal, 'abort'), []);
});
