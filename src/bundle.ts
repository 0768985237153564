import { chmodSync, copyFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/**
 * Build script: puts the program into few files, since finding and loading hundreds takes longer than many a command. Run
 * after tsc: `node dist/bundle.js`. What runs in a thread or process of its own is an entry of its own.
 */
const place = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// Parts are named by what is in them: those of an earlier build would stay, and be published.
rmSync(place('bin'), { recursive: true, force: true });
await build({
  entryPoints: {
    cli: place('cli.js'),
    'extraction-worker': place('source/extraction-worker.js'),
    'rehearsal-worker': place('cluster/rehearse/rehearsal-worker.js'),
    'transport-pack-worker': place('source/transport-pack-worker.js'),
  },
  outdir: place('bin'),
  bundle: true,
  splitting: true,
  minifyWhitespace: true,
  minifySyntax: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  // Found by Node at run time: compiled ones, and large ones that few commands need.
  external: ['better-sqlite3', 'better-sqlite3-node20', 'esbuild', 'isomorphic-git', 'vega', 'vega-*'],
  banner: {
    js: "import { createRequire as bundledRequire } from 'node:module'; const require = bundledRequire(import.meta.url);",
  },
  legalComments: 'linked',
  logLevel: 'warning',
});
copyFileSync(place('source/kernel/kernel.wasm'), place('bin/kernel.wasm'));
chmodSync(place('bin/cli.js'), 0o755);
