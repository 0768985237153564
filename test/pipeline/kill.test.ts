import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
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
let last = '';
const progress = ({ stage, text }) => {
  // What the server says comes as text; without it, a pack is indexed.
  const phase = stage === 'fetch' && text === undefined ? 'index' : stage;
  if (phase !== last) process.stdout.write((last = phase) + '\\n');
};
process.stdout.write('start\\n');
const [outcome] = await collect({ name: 'test', projects, replicates: null, replica: false }, { ...options, progress });
if (!outcome.ok) throw new Error(outcome.error.message);
`;

/** Where a collect is: what it says, or which files are there. */
const PHASES = ['start', 'fetch', 'pack arrives', 'index', 'read', 'load', 'transaction', 'done'] as const;
type Phase = (typeof PHASES)[number];

/** So many milliseconds after a phase has begun. */
interface Moment {
  phase: Phase;
  delay: number;
}

/** What lies in a folder and below it; a folder that is renamed while it is looked through is looked at the next time. */
function namesBelow(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

function fileState(dir: string): Phase[] {
  const names = namesBelow(join(dir, 'clones'));
  return [
    ...(names.some((name) => name.includes('tmp_pack_')) ? (['pack arrives'] as const) : []),
    ...(existsSync(join(dir, 'health.sqlite-journal')) ? (['transaction'] as const) : []),
  ];
}

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

/** Runs the program and kills it at a moment; null lets it end. Returns when each phase began, in milliseconds. */
async function run(
  url: string,
  dir: string,
  until: Moment | null,
): Promise<{ phases: Map<Phase, number>; killed: boolean }> {
  const child = spawn(process.execPath, [program, url, dir], { stdio: ['ignore', 'pipe', 'pipe'] });
  const phases = new Map<Phase, number>();
  let complaint = '';
  let killer: NodeJS.Timeout | undefined;
  const reach = (phase: Phase): void => {
    if (phases.has(phase)) return;
    phases.set(phase, performance.now());
    if (phase === until?.phase) killer = setTimeout(() => child.kill('SIGKILL'), until.delay);
  };
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    for (const line of text.trimEnd().split('\n')) reach(line as Phase);
  });
  const watch = setInterval(() => fileState(dir).forEach(reach), 1);
  const code = await new Promise<number | null>((done) => child.on('close', done));
  clearInterval(watch);
  clearTimeout(killer);
  // It was killed, or it came to its end; it never fails.
  expect([code, complaint]).toEqual([code === 0 ? 0 : null, '']);
  return { phases, killed: code === null };
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

let state = SEED;
function random(): number {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return state / 2 ** 32;
}

let turn = 0;
/** Moments in one phase after the other of a run, wherever in it. The first of the next call are in the phases that follow. */
function moments(count: number, phases: Map<Phase, number>): Moment[] {
  const begun = [...phases].toSorted(([, a], [, b]) => a - b);
  return Array.from({ length: count }, () => {
    const at = turn++ % (begun.length - 1);
    const [phase, start] = begun[at]!;
    return { phase, delay: random() * (begun[at + 1]![1] - start) };
  });
}

describe(`kill -9 at ${KILLS} moments of fetch, index and load: the next collect completes, as if nothing had been`, () => {
  it(
    'of a first collect, one that finds history rewritten, and one that finds more',
    { timeout: 3_600_000 },
    async ({ annotate }) => {
      const folder = temporaryFolder();
      const origin = new TestRepository(join(folder, 'served', 'repo'));
      fastImport(origin.dir, Buffer.from(commits('main', null, 0, 900)));
      const server = await startGitServer(join(folder, 'served'));
      onTestFinished(() => server.close());
      const url = `${server.url}/repo`;
      const at = (name: string) => join(folder, name);
      const tally = new Map<string, number>();

      const disturb = async (from: string | null, count: number): Promise<void> => {
        const start = (to: string) => (from === null ? mkdirSync(to) : cpSync(from, to, { recursive: true }));
        start(at('clean'));
        const expected = await whole(url, at('clean'));
        const old = from === null ? null : JSON.stringify(scopedContent(join(from, 'health.sqlite'), 'one'));
        start(at('timed'));
        const { phases } = await run(url, at('timed'), null);
        for (const moment of moments(count, phases)) {
          const dir = at('killed');
          start(dir);
          const { killed } = await run(url, dir, moment);
          const kind = killed ? moment.phase : 'after its end';
          tally.set(kind, (tally.get(kind) ?? 0) + 1);
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

      const each = Math.ceil(KILLS / 3);
      await disturb(null, each);
      mkdirSync(at('before'));
      await whole(url, at('before'));
      // Its last 100 commits are rewritten, and 200 come on top.
      fastImport(origin.dir, Buffer.from(commits('main', 'refs/heads/main~100', 3000, 300)));
      await disturb(at('before'), each);
      await whole(url, at('before'));
      fastImport(origin.dir, Buffer.from(commits('main', 'refs/heads/main^0', 4000, 250)));
      await disturb(at('before'), KILLS - 2 * each);
      await annotate([...tally].map(([phase, count]) => `${phase}: ${count}`).join(', '));
    },
  );
});
