/** Files do not stand in memory as a whole. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

import { Sandbox } from 'wamux/testing';

import { run } from './support';

const folder = mkdtempSync(join(tmpdir(), 'wamux-memory-'));
after(() => {
  rmSync(folder, { recursive: true, force: true });
});

const MIB = 1024 * 1024;
/** The most that a document may have. */
const LENGTH = 100 * MIB;

/** As much is moved before, for what is made once, and for the garbage that V8 always leaves standing for a while. */
const WARM_UP = 40 * MIB;

/** Ways of moving a file, as bodies of functions of its `path` and `length`, or of the `file` that is downloaded. */
const WAYS = [
  {
    from: 'a path',
    up: 'return path',
    into: 'a path',
    down: "return file.save(path + '.saved')",
  },
  {
    from: 'an iterable',
    up: `const piece = Buffer.alloc(64 * 1024);
      return Array.from({ length: length / piece.length }, () => piece)`,
    into: 'a stream',
    down: `let sum = 0;
      const add = (piece, _, done) => { sum += piece.length; done(); };
      await pipeline(Readable.from(file), new Writable({ write: add }));
      return sum`,
  },
  {
    from: 'an async iterable',
    up: `return (async function* () {
        const piece = Buffer.alloc(64 * 1024);
        for (let left = length; left > 0; left -= piece.length) { yield piece; }
      })()`,
    into: 'pieces',
    down: 'let sum = 0; for await (const piece of file) { sum += piece.length; } return sum;',
  },
];

/** A program that moves a file up and down, and tells by how many bytes its memory grew meanwhile. */
function program(up: string, down: string): string {
  return `
    const { Readable, Writable } = require('node:stream');
    const { pipeline } = require('node:stream/promises');
    const { Client } = require('wamux');
    const { settings, files } = JSON.parse(process.argv[1]);
    const { tujenge } = new Client(settings);
    const source = ({ path, length }) => { ${up} };
    const read = async (file, { path }) => { ${down} };
    const move = async (given) => {
      const media = await tujenge.uploadMedia({ mime_type: 'application/pdf' }, source(given));
      const sum = await read(await tujenge.downloadMedia({ media_id: media.id }), given);
      // The sandbox keeps what it has on the disk.
      await tujenge.deleteMedia({ media_id: media.id });
      if (sum !== given.length) { throw new Error(sum + ' bytes came back'); }
    };
    void (async () => {
      const [small, large] = files;
      await move(small);
      const before = process.memoryUsage.rss();
      let highest = before;
      const look = () => { highest = Math.max(highest, process.memoryUsage.rss()); };
      const timer = setInterval(look, 2);
      await move(large);
      clearInterval(timer);
      look();
      console.log(highest - before);
    })();`;
}

test('100 MiB up and down take at most 16 MiB', async () => {
  await using sandbox = await Sandbox.start();
  const settings = sandbox.settings('tujenge');
  const files = [WARM_UP, LENGTH].map((length) => {
    const path = join(folder, `${length}.pdf`);
    writeFileSync(path, Buffer.alloc(length));
    return { path, length };
  });
  for (const { from, up, into, down } of WAYS) {
    const given = JSON.stringify({ settings, files });
    // Garbage counts as growth until it is swept: on a busy machine the threads that sweep get no turn, and young garbage
    // stands until the space for it is full.
    const args = [
      '--single-threaded-gc',
      '--max-semi-space-size=1',
      '-e',
      program(up, down),
      given,
    ];
    const ended = await run(process.execPath, args);
    assert.equal(ended.status, 0, ended.errors);
    const grown = Number(ended.output) / MIB;
    assert.ok(grown <= 16, `from ${from}, into ${into}: ${grown.toFixed(1)} MiB`);
  }
});
