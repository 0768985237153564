import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type BuildOptions, type Plugin } from 'esbuild';

/**
 * Build script: puts the program into few files, since finding and loading hundreds takes longer than many a command. Run
 * after tsc: `node dist/bundle.js`. What runs in a thread or process of its own is an entry of its own.
 */
const place = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const requireOfNode = createRequire(import.meta.url);

const SHARED: BuildOptions = {
  outdir: place('bin'),
  bundle: true,
  minifyWhitespace: true,
  minifySyntax: true,
  platform: 'node',
  target: 'node20',
  // Found by Node at run time: compiled ones (but see `driver`), and large ones that few commands need.
  external: ['better-sqlite3', 'better-sqlite3-node20', 'esbuild', 'isomorphic-git', 'vega', 'vega-*'],
  legalComments: 'linked',
  logLevel: 'warning',
};

/** CommonJS, which alone Node can run with code that was compiled before: see cli/code-cache.ts. */
const COMMON: BuildOptions = {
  ...SHARED,
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  define: { 'import.meta.url': 'bundledUrl' },
  // By the name that every Node knows: the first thing a program does is to tell an old one so.
  banner: { js: "const bundledUrl = require('url').pathToFileURL(__filename).href;" },
};

// Parts are named by what is in them: those of an earlier build would stay, and be published.
rmSync(place('bin'), { recursive: true, force: true });

/** What is imported while a program runs, by its name: nothing else of a bundle looks like that. */
const IMPORT = /(?<![\w.$])import\((?=")/g;

/** Builds the program, whole or for a command alone, and returns its file's name. */
async function buildProgram(name: string, plugins: Plugin[] = []): Promise<string> {
  const { outputFiles } = await build({
    ...COMMON,
    entryPoints: { [name]: place('cli/main.js') },
    entryNames: '[name]-[hash]',
    write: false,
    plugins: [driver, late, ...plugins],
  });
  mkdirSync(place('bin'), { recursive: true });
  for (const { path, text } of outputFiles) writeFileSync(path, path.endsWith('.cjs') ? runnable(text) : text);
  return basename(outputFiles.find(({ path }) => path.endsWith('.cjs'))?.path ?? '');
}

/** As cli/code-cache.ts runs it. */
function runnable(program: string): string {
  const own = program.replaceAll(IMPORT, 'bundledImport(');
  return `(function (exports, require, module, __filename, __dirname, bundledImport) {${own}\n})`;
}

/** Leaves out what other commands load when they run: the less a program holds, the sooner it runs. */
function alone(command: string): Plugin {
  const own = new RegExp(`[/\\\\]cli[/\\\\](?:${command}|study)\\.js$`);
  return {
    name: 'alone',
    setup(within) {
      within.onResolve({ filter: /^\.\.?\// }, ({ kind, importer, path }) => {
        const isOfCommand = /[/\\]cli[/\\].*\.js$/.test(importer);
        return kind === 'dynamic-import' && isOfCommand && !own.test(importer) ? { path, external: true } : undefined;
      });
    },
  };
}

/**
 * better-sqlite3's JavaScript for Node 20 goes into the program: to find and compile its files takes longer than to open a
 * store. Its compiled part is found where npm puts it. Where it is not installed, all of it is looked for at run time.
 */
const driver: Plugin = {
  name: 'driver',
  setup(within) {
    const own = 'better-sqlite3-node20';
    const file = place(`../node_modules/${own}/lib/index.js`);
    if (!existsSync(file)) return;
    within.onLoad({ filter: /[/\\]store[/\\]driver\.js$/ }, ({ path }) => ({
      // Without a `require` of its own esbuild sees what is required.
      contents: readFileSync(path, 'utf8').replace(/^const require = .*$/m, ''),
    }));
    within.onResolve({ filter: new RegExp(`^${own}$`) }, () => ({ path: file }));
    within.onResolve({ filter: /^bindings$/ }, ({ path }) => ({ path, namespace: 'driver' }));
    within.onLoad({ filter: /^bindings$/, namespace: 'driver' }, () => ({
      contents: `module.exports = (name) => require('${own}/build/Release/' + name);`,
    }));
  },
};

/** Modules of Node's that few runs need, though parts of every program ask for them: loaded when something of them is used. */
const LATE = ['child_process', 'worker_threads'];
const late: Plugin = {
  name: 'late',
  setup(within) {
    within.onResolve({ filter: new RegExp(`^node:(${LATE.join('|')})$`) }, ({ path }) => ({
      path: path.slice('node:'.length),
      namespace: 'late',
    }));
    within.onLoad({ filter: /./, namespace: 'late' }, ({ path }) => ({
      contents: `for (const name of ${JSON.stringify(Object.keys(requireOfNode(path) as object))})
  Object.defineProperty(exports, name, { enumerable: true, get: () => require('${path}')[name] });`,
    }));
  },
};

const programs = { collect: await buildProgram('collect', [alone('collect')]), other: await buildProgram('program') };
await build({
  ...COMMON,
  entryPoints: { cli: place('cli.js') },
  define: { ...COMMON.define, PROGRAMS: JSON.stringify(programs) },
});
await build({
  ...SHARED,
  entryPoints: {
    'extraction-worker': place('source/extraction-worker.js'),
    'rehearsal-worker': place('cluster/rehearse/rehearsal-worker.js'),
    'transport-pack-worker': place('source/transport-pack-worker.js'),
  },
  splitting: true,
  format: 'esm',
  banner: {
    js: "import { createRequire as bundledRequire } from 'node:module'; const require = bundledRequire(import.meta.url);",
  },
});
copyFileSync(place('source/kernel/kernel.wasm'), place('bin/kernel.wasm'));
chmodSync(place('bin/cli.cjs'), 0o755);
