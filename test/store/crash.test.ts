import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { buildSync } from 'esbuild';
import { expect, it, onTestFinished } from 'vitest';
import { openReadable } from '../../src/store/readable.js';
import { madeHistory } from './made-history.js';
import { contents, load, storeFile } from './opened.js';

const root = resolve(import.meta.dirname, '../..');

/** A program that loads a big history and, in the middle of the transaction, says so and waits to be killed. */
const PROGRAM = `
import { openStore } from ${JSON.stringify(join(root, 'src/store/store.ts'))};
import { events, loadOptions, madeHistory, project } from ${JSON.stringify(join(import.meta.dirname, 'made-history.ts'))};
const commits = Array.from({ length: 20000 }, (_, i) => ({
  id: 'n' + (20000 - i),
  parents: i === 19999 ? ['a'] : ['n' + (19999 - i)],
  message: 'x'.repeat(2000),
  actions: [{ status: 'A', path: 'dir/' + i }],
}));
const { outline, changes } = madeHistory([...commits, { id: 'a' }], { 'refs/heads/main': 'n20000' });
const store = openStore(process.argv[2]);
await store.load(project(), async function* (known) {
  let batches = 0;
  for await (const event of events(outline, changes, known)) {
    yield event;
    if ((batches += 1) === 180) {
      process.stdout.write('half\\n');
      await new Promise((resolve) => setTimeout(resolve, 60000));
    }
  }
}, loadOptions());
`;

/** As above, but with so little memory that pages of the unfinished transaction are in the file already. */
const SPILLING = `
import Database from ${JSON.stringify(join(root, 'src/store/driver.ts'))};
const db = new Database(process.argv[2]);
db.pragma('cache_size = 5');
db.exec('begin immediate');
const insert = db.prepare("insert into scmlog (rev, message, repository_id) values (?, ?, 1)");
for (let i = 0; i < 5000; i += 1) insert.run(String(i), 'x'.repeat(1000));
db.exec("update scmlog set message = 'lost'");
process.stdout.write('half\\n');
setTimeout(() => {}, 60000);
`;

it.each([
  ['in the middle of a load', PROGRAM],
  ['with half of a transaction in the file', SPILLING],
])('keeps the last complete state when it is killed %s', async (_, program) => {
  const file = storeFile();
  await load(file, madeHistory([{ id: 'a' }], { 'refs/heads/main': 'a' }));
  const before = contents(file);

  const child = spawn(process.execPath, [bundled(program), file], { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise<void>((done, fail) => {
    child.stdout.on('data', () => done());
    child.on('exit', () => fail(new Error('the program ended by itself')));
  });
  expect(existsSync(`${file}-journal`)).toBe(true);
  const exit = new Promise((done) => child.on('exit', done));
  child.kill('SIGKILL');
  await exit;

  const readable = openReadable(file);
  expect(readable.projects().map(({ commits }) => commits)).toEqual([1]);
  readable.close();
  expect(contents(file)).toEqual(before);
  const next = madeHistory([{ id: 'b', parents: ['a'] }, { id: 'a' }], { 'refs/heads/main': 'b' });
  expect(await load(file, next)).toMatchObject({ mode: 'appended' });
  expect(existsSync(`${file}-journal`)).toBe(false);
});

/** Inside the project, so that it finds its packages. */
function bundled(program: string): string {
  const cache = join(root, 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'crash-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const entry = join(folder, 'program.ts');
  writeFileSync(entry, program);
  const outfile = join(dirname(entry), 'program.mjs');
  buildSync({ entryPoints: [entry], outfile, bundle: true, platform: 'node', format: 'esm', packages: 'external' });
  return outfile;
}
