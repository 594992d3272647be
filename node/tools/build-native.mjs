// Builds the native module with cargo and puts it where the package looks for it. Arguments go to cargo: `--release`.
// @ts-check
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = new URL('../..', import.meta.url);
const folder = new URL('node/native/', root);

const { status, stdout } = spawnSync(
  'cargo',
  [
    'build',
    '--locked',
    '-p',
    'wamux-node',
    '--message-format=json-render-diagnostics',
    ...process.argv.slice(2),
  ],
  {
    cwd: fileURLToPath(root),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'inherit'],
  },
);
if (status !== 0) {
  process.exit(status ?? 1);
}
const library = stdout
  .split('\n')
  .filter((line) => line.startsWith('{'))
  .map((line) => JSON.parse(line))
  .find((message) => message.reason === 'compiler-artifact' && message.target.name === 'wamux_node')
  ?.filenames.find((/** @type {string} */ name) => /\.(so|dylib|dll)$/.test(name));
if (library === undefined) {
  throw new Error('cargo built no library of the crate wamux-node');
}

const { platform, arch } = process;
const libc = platform === 'linux' ? '-gnu' : '';
mkdirSync(folder, { recursive: true });
const target = new URL(`wamux.${platform}-${arch}${libc}.node`, folder);
// A process that has the old file open keeps it; one that is written over would crash.
rmSync(target, { force: true });
copyFileSync(library, target);
