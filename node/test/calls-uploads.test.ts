/** Files on their way to a gateway. */
import assert from 'node:assert/strict';
import { createReadStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { getEventListeners } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { inspect } from 'node:util';

import {
  CancelledError,
  type Client,
  MediaError,
  ProtocolError,
  UnsupportedError,
  type UploadOptions,
  type UploadSource,
  ValidationError,
} from 'wamux';
import { Sandbox } from 'wamux/testing';

import { calledPaths, connect, pattern, rejection, until } from './support';

const folder = mkdtempSync(join(tmpdir(), 'wamux-uploads-'));
after(() => {
  rmSync(folder, { recursive: true, force: true });
});

const DOCUMENT = { mime_type: 'application/pdf' };
const BYTES = pattern(200_000);
const FILE = join(folder, 'ünïcode.pdf');
writeFileSync(FILE, BYTES);

/** A stream that notes how often it was asked, and whether it was ended. */
function watched(next: (asked: number) => Promise<Uint8Array> | Uint8Array): {
  source: AsyncIterable<Uint8Array>;
  seen: { asked: number; ended: boolean };
} {
  const seen = { asked: 0, ended: false };
  async function* pieces(): AsyncGenerator<Uint8Array> {
    try {
      for (;;) {
        seen.asked += 1;
        yield await next(seen.asked);
      }
    } finally {
      seen.ended = true;
    }
  }
  return { source: pieces(), seen };
}

async function upload(
  client: Client,
  source: UploadSource,
  options: UploadOptions = {},
): Promise<unknown> {
  return client.tujenge.uploadMedia(DOCUMENT, source, options);
}

test('each kind of source arrives whole', async () => {
  await using sandbox = await Sandbox.start();
  const { tujenge } = connect(sandbox, 'tujenge');
  async function* pieces(): AsyncGenerator<Uint8Array> {
    yield BYTES.subarray(0, 1);
    yield new Uint8Array();
    await Promise.resolve();
    yield BYTES.subarray(1);
  }
  const around = new Uint8Array([1, ...BYTES, 2]);
  const sources: Record<string, UploadSource> = {
    'a Buffer': BYTES,
    'a view of bytes': around.subarray(1, -1),
    'a path': FILE,
    'a URL': pathToFileURL(FILE),
    'a Blob': new Blob([BYTES.subarray(0, 7), BYTES.subarray(7)]),
    'a File': new File([BYTES], 'b.pdf'),
    'an fs.ReadStream': createReadStream(FILE),
    'a stream': Readable.from(pieces()),
    'an async iterable': pieces(),
    'an iterable': [BYTES.subarray(0, 70_000), BYTES.subarray(70_000)],
    'a web stream': Readable.toWeb(createReadStream(FILE)) as AsyncIterable<Uint8Array>,
  };
  for (const [name, source] of Object.entries(sources)) {
    const { id } = await tujenge.uploadMedia(DOCUMENT, source);
    const file = await tujenge.downloadMedia({ media_id: id });
    assert.equal(file.mimeType, 'application/pdf', name);
    assert.ok((await file.bytes()).equals(BYTES), name);
  }
  const { id } = await tujenge.uploadMedia(DOCUMENT, pieces(), { length: BYTES.length });
  assert.equal((await tujenge.downloadMedia({ media_id: id })).length, BYTES.length);
});

test('what is too large or of a wrong type never leaves, and its stream is ended', async () => {
  await using sandbox = await Sandbox.start();
  const { tujenge } = connect(sandbox, 'tujenge');
  const length = 5 * 1024 * 1024 + 1;
  const picture = { mime_type: 'image/png' };
  const large = Readable.from([BYTES]);
  for (const call of [
    tujenge.uploadMedia(picture, Buffer.alloc(length)),
    tujenge.uploadMedia(picture, new Blob([Buffer.alloc(length)])),
    tujenge.uploadMedia(picture, large, { length }),
  ]) {
    const error = await rejection(call);
    assert.ok(error instanceof ValidationError);
    const [{ code, path, limit } = {}] = error.violations;
    assert.deepEqual([code, path, limit], ['length.too.long', 'source', length - 1]);
    assert.deepEqual([error.delivery, error.attempts], ['not_sent', []]);
  }
  assert.ok(large.destroyed);

  const { source, seen } = watched(() => BYTES);
  const error = await rejection(tujenge.uploadMedia({ mime_type: 'audio/ogg' }, source));
  assert.ok(error instanceof ValidationError);
  assert.equal(error.violations[0]?.path, 'mime_type');
  await until(() => seen.ended);
  assert.ok(seen.asked < 5, 'the whole stream was read for nothing');
  assert.deepEqual(await calledPaths(sandbox), []);
});

test('a type that no file has is refused at once', async () => {
  await using sandbox = await Sandbox.start();
  const { tujenge } = connect(sandbox, 'tujenge');
  const form = { mime_type: 'multipart/form-data' };
  const error = await rejection(tujenge.uploadMedia(form, BYTES));
  assert.deepEqual([error.kind, error.violations[0]?.path], ['validation', 'mime_type']);
  assert.deepEqual(error.attempts, []);
});

test('a stream of unknown length is cut off at the limit', async () => {
  await using sandbox = await Sandbox.start();
  const { source, seen } = watched(() => BYTES);
  const { tujenge } = connect(sandbox, 'tujenge');
  const error = await rejection(tujenge.uploadMedia({ mime_type: 'image/png' }, source));
  assert.ok(error instanceof MediaError);
  assert.match(error.message, /more than the 5242880 bytes/);
  assert.equal(error.delivery, 'not_sent');
  await until(() => seen.ended);
});

test('the error of a stream fails the upload, and is the cause', async () => {
  await using sandbox = await Sandbox.start();
  const client = connect(sandbox, 'tujenge');
  const fault = new Error('the disk is gone: hunter2');
  const failing = watched((asked) => {
    if (asked === 3) {
      throw fault;
    }
    return BYTES;
  });
  const stream = new PassThrough();
  stream.write(BYTES);
  // Where it breaks before anybody reads it, that is no fault of the test's.
  stream.on('error', () => undefined);
  setTimeout(() => stream.destroy(fault), 20);
  for (const source of [failing.source, stream]) {
    const error = await rejection(upload(client, source));
    assert.ok(error instanceof MediaError);
    assert.deepEqual([error.cause, error.delivery, error.retryable], [fault, 'not_sent', false]);
    assert.doesNotMatch(error.message, /hunter2/);
  }
  const nowhere = await rejection(upload(client, createReadStream('/no/such/file')));
  assert.equal((nowhere.cause as NodeJS.ErrnoException).code, 'ENOENT');
  assert.ok(nowhere instanceof MediaError);
});

test('pieces that are no bytes fail the upload', async () => {
  await using sandbox = await Sandbox.start();
  const client = connect(sandbox, 'tujenge');
  for (const source of [
    createReadStream(FILE, { encoding: 'latin1' }),
    [BYTES, 'hunter2'],
    [BYTES, new DataView(new ArrayBuffer(3))],
    [null],
  ]) {
    const error = await rejection(upload(client, source as never));
    assert.ok(error instanceof MediaError);
    assert.ok(error.cause instanceof TypeError);
    assert.doesNotMatch(inspect(error), /hunter2/);
  }
});

test('a length that is wrong fails the upload', async () => {
  await using sandbox = await Sandbox.start();
  const client = connect(sandbox, 'tujenge');
  const short = await rejection(upload(client, Readable.from([BYTES]), { length: 200_001 }));
  assert.match(short.message, /ended after 200000 of 200001 bytes/);
  const long = await rejection(upload(client, Readable.from([BYTES]), { length: 199_999 }));
  assert.match(long.message, /more than the 199999 bytes/);
  for (const error of [short, long]) {
    assert.ok(error instanceof MediaError);
    assert.deepEqual([error.cause, error.delivery], [undefined, 'not_sent']);
  }
});

test('a file that is not there, and one that is none', async () => {
  await using sandbox = await Sandbox.start();
  const client = connect(sandbox, 'tujenge');
  for (const path of [join(folder, 'hunter2'), folder, pathToFileURL(join(folder, 'hunter2'))]) {
    const error = await rejection(upload(client, path));
    assert.ok(error instanceof MediaError);
    assert.deepEqual([error.delivery, error.gateway], ['not_sent', 'tujenge']);
    assert.doesNotMatch(inspect(error), /hunter2/);
  }
  assert.deepEqual(await calledPaths(sandbox), []);
});

test('sources and options of wrong types are named', async () => {
  await using sandbox = await Sandbox.start();
  const client = connect(sandbox, 'tujenge');
  const wrongs: [source: unknown, options: unknown, words: RegExp][] = [
    [undefined, {}, /`source` must be bytes, a path/],
    [7, {}, /`source` must be/],
    [{ path: FILE }, {}, /`source` must be/],
    ['a\0b', {}, /`source` must be a path/],
    [new URL('https://a.example/b.pdf'), {}, /file/],
    [BYTES, { length: 5 }, /`length` is for streams/],
    [FILE, { length: 5 }, /`length` is for streams/],
    [Readable.from([]), { length: -5 }, /`length` must be at least 0/],
    [Readable.from([]), { length: '5' }, /`length` must be/],
    [Readable.from([]), { size: 5 }, /client\.tujenge\.uploadMedia\(.*source, \{ signal, length/],
  ];
  for (const [source, options, message] of wrongs) {
    await assert.rejects(upload(client, source as never, options as never), {
      name: 'TypeError',
      message,
    });
  }
  assert.deepEqual(await calledPaths(sandbox), []);
});

test('aborted in the middle: it ends at once, and so does its stream', async () => {
  await using sandbox = await Sandbox.start();
  const client = connect(sandbox, 'tujenge');
  const controller = new AbortController();
  const { signal } = controller;
  const endless = watched(async () => {
    await new Promise((resolve) => setTimeout(resolve, 1));
    return BYTES.subarray(0, 1000);
  });
  const stalled = new PassThrough();
  stalled.write(BYTES);
  const uploads = [endless.source, stalled].map((source) =>
    rejection(upload(client, source, { signal })),
  );
  await until(() => endless.seen.asked > 3 && stalled.readableLength === 0);
  const began = performance.now();
  controller.abort();
  for (const error of await Promise.all(uploads)) {
    assert.ok(error instanceof CancelledError);
    assert.deepEqual([error.delivery, error.cause], ['unknown', signal.reason]);
  }
  assert.ok(performance.now() - began < 2000);
  assert.ok(stalled.destroyed);
  await until(() => endless.seen.ended);
  assert.deepEqual(getEventListeners(signal, 'abort'), []);
});

test('aborted before: nothing is sent, and the stream is ended', async () => {
  await using sandbox = await Sandbox.start();
  const stream = createReadStream(FILE);
  const signal = AbortSignal.abort();
  const error = await rejection(upload(connect(sandbox, 'tujenge'), stream, { signal }));
  assert.ok(error instanceof CancelledError);
  assert.equal(error.delivery, 'not_sent');
  assert.ok(stream.destroyed);
  assert.deepEqual(await calledPaths(sandbox), []);
});

test('cut in the middle: nobody knows, and the stream is ended', async () => {
  await using sandbox = await Sandbox.start();
  sandbox.inject({ kind: 'cut', path: '/v1/media', afterBytes: 100_000, count: 2 });
  const client = connect(sandbox, 'tujenge');
  const { source, seen } = watched(() => BYTES);
  for (const cut of [source, Buffer.alloc(50_000_000)]) {
    const error = await rejection(upload(client, cut));
    assert.ok(error instanceof ProtocolError, String(error));
    assert.deepEqual([error.delivery, error.cause], ['unknown', undefined]);
  }
  await until(() => seen.ended);
});

test('a refusal while a stream still gives ends the stream', async () => {
  await using sandbox = await Sandbox.start();
  sandbox.inject({ kind: 'rate_limited', path: '/v1/media' });
  const client = connect(sandbox, 'tujenge');
  const stream = createReadStream(FILE);
  const error = await rejection(upload(client, stream));
  assert.equal(error.kind, 'rate_limited');
  assert.ok(stream.destroyed);
});

test("another gateway's upload is refused, and its stream is ended", async () => {
  await using sandbox = await Sandbox.start();
  const stream = createReadStream(FILE);
  const error = await rejection(upload(connect(sandbox, 'devino-v2'), stream));
  assert.ok(error instanceof UnsupportedError);
  assert.ok(stream.destroyed);
});
