import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Study } from '../../src/model/project.js';
import { collect } from '../../src/pipeline/collect.js';
import { startGitServer } from '../fixtures/git-server.js';
import { temporaryFolder, TestRepository } from '../fixtures/repository.js';
import { fastImport } from '../source/git-oracle.js';
import { raw, scopedContent } from './scoped-content.js';

const root = resolve(import.meta.dirname, '../..');
const KILLS = Number(process.env['HEALTH_KILLS'] ?? 10);
const SEED = 20150320;

/** Collects, and says at the start and for each thing it does what it is doing. */
const PROGRAM = `
import { collect } from ${JSON.stringify(join(root, 'src/pipeline/collect.ts'))};
const [url, dir] = process.argv.slice(2);
const projects = [{ name: 'one', url, refs: 'branches', layer: null, tags: [] }];
const options = { store: dir + '/health.sqlite', clones: dir + '/clones', only: [], jobs: 1, allowShallow: false, actions: true };
let stage = '';
const progress = (event) => {
  if (event.stage !== stage) process.stdout.write((stage = event.stage) + '\\n');
};
process.stdout.write('start\\n');
const [outcome] = await collect({ name: 'test', projects, replicates: null, replica: false }, { ...options, progress });
if (!outcome.ok) throw new Error(outcome.error.message);
`;

let program = '';
beforeAll(() => {
  // Inside the project, so that it finds its packages.
  const cache = join(root, 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'kill-test-'));
  const entry = join(folder, 'program.ts');
  // Where the built program would be, with its package.json two folders up.
  program = join(folder, 'dist', 'pipeline', 'program.mjs');
  cpSync(join(root, 'package.json'), join(folder, 'package.json'));
  writeFileSync(entry, PROGRAM);
  const shared = { bundle: true, platform: 'node', format: 'esm', packages: 'external', logLevel: 'error' } as const;
  buildSync({ entryPoints: [entry], outfile: program, ...shared });
  cpSync(join(root, 'dist/source/kernel/kernel.wasm'), join(folder, 'dist/pipeline/kernel.wasm'));
  return () => rmSync(folder, { recursive: true, force: true });
});

/**
 * Runs the program and kills it after so many milliseconds, or when it says that it is at a stage; null lets it end.
 * Returns for how many milliseconds it ran.
 */
async function run(url: string, dir: string, until: number | 'fetch' | 'load' | null): Promise<number> {
  const child = spawn(process.execPath, [program, url, dir], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  let complaint = '';
  let begun = 0;
  let timer: NodeJS.Timeout | undefined;
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (said === '' && typeof until === 'number') timer = setTimeout(() => child.kill('SIGKILL'), until);
    begun ||= performance.now();
    said += text;
    if (typeof until === 'string' && said.includes(`${until}\n`)) child.kill('SIGKILL');
  });
  const code = await new Promise<number | null>((done) => child.on('close', done));
  clearTimeout(timer);
  // It was killed, or it came to its end; it never fails.
  expect([code, complaint]).toEqual([code === 0 ? 0 : null, '']);
  return performance.now() - begun;
}

/** Lines for git fast-import: so many commits on a branch, on top of `from`. */
function commits(branch: string, from: string | null, first: number, count: number): string {
  const lines: string[] = [];
  for (let i = first; i < first + count; i++) {
    const person = `P${i % 17} <p${i % 17}@example.org>`;
    lines.push(
      `commit refs/heads/${branch}`,
      `committer ${person} ${1_400_000_000 + i * 60} +0000`,
      'data 6',
      'Change',
    );
    if (i === first && from !== null) lines.push(`from ${from}`);
    for (const path of [`dir-${i % 20}/file-${i % 90}`, `dir-${i % 7}/new-${i}`]) {
      const text = `${'some text '.repeat(i % 40)}${i}`;
      lines.push(`M 100644 inline ${path}`, `data ${text.length}`, text);
    }
    lines.push('');
  }
  return lines.join('\n');
}

function studyOf(url: string): Study {
  return {
    name: 'test',
    projects: [{ name: 'one', url, refs: 'branches', layer: null, tags: [] }],
    replicates: null,
    replica: false,
  };
}

/** The store as it is after a collect that nobody disturbs. */
async function whole(url: string, dir: string): Promise<string> {
  const [store, clones] = [join(dir, 'health.sqlite'), join(dir, 'clones')];
  const options = { store, clones, only: [], jobs: 1, allowShallow: false, actions: true };
  const outcomes = await collect(studyOf(url), options);
  expect(outcomes.map(({ error }) => error)).toEqual([null]);
  expect(readdirSync(dir).sort()).toEqual(['clones', 'health.sqlite']);
  expect(readdirSync(clones)).toEqual(['one.git']);
  expect(
    readdirSync(join(clones, 'one.git', 'objects', 'pack')).filter((name) => !/^pack-[0-9a-f]{40}\./.test(name)),
  ).toEqual([]);
  expect(raw(store, 'pragma integrity_check')).toEqual([['ok']]);
  return JSON.stringify(scopedContent(store, 'one'));
}

/** Moments spread over `length` milliseconds, the same in every run. */
function moments(count: number, length: number): number[] {
  let state = SEED;
  return Array.from({ length: count }, (_, i) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return ((i + state / 2 ** 32) / count) * length;
  });
}

describe(`kill -9 at ${KILLS} moments of fetch, index and load: the next collect completes, as if nothing had been`, () => {
  it('of a first collect, and of one that finds history rewritten', { timeout: 600_000 }, async () => {
    const folder = temporaryFolder();
    const origin = new TestRepository(join(folder, 'served', 'repo'));
    fastImport(origin.dir, Buffer.from(commits('main', null, 0, 900)));
    const server = await startGitServer(join(folder, 'served'));
    onTestFinished(() => server.close());
    const url = `${server.url}/repo`;
    const at = (name: string) => join(folder, name);

    const disturb = async (from: string | null): Promise<void> => {
      const start = (to: string) => (from === null ? mkdirSync(to) : cpSync(from, to, { recursive: true }));
      start(at('clean'));
      const expected = await whole(url, at('clean'));
      const old = from === null ? null : JSON.stringify(scopedContent(join(from, 'health.sqlite'), 'one'));
      start(at('timed'));
      const took = await run(url, at('timed'), null);
      for (const until of ['fetch', 'load', ...moments(Math.ceil(KILLS / 2) - 2, took)] as const) {
        const dir = at('killed');
        start(dir);
        await run(url, dir, until);
        // What can be read right after is the old state or the new one.
        if (old !== null) {
          const found = JSON.stringify(scopedContent(join(dir, 'health.sqlite'), 'one'));
          expect(found === old || found === expected).toBe(true);
        }
        expect((await whole(url, dir)) === expected).toBe(true);
        rmSync(dir, { recursive: true });
      }
      rmSync(at('clean'), { recursive: true });
      rmSync(at('timed'), { recursive: true });
    };

    await disturb(null);
    mkdirSync(at('before'));
    await whole(url, at('before'));
    // Its last 100 commits are rewritten, and 200 come on top.
    fastImport(origin.dir, Buffer.from(commits('main', 'refs/heads/main~100', 3000, 300)));
    await disturb(at('before'));
  });
});
