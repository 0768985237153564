import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

export interface BenchRepository {
  name: string;
  /** A bare git directory. */
  path: string;
  real: boolean;
}

export function git(path: string, ...args: string[]): string {
  const stdio = ['ignore', 'pipe', 'pipe'] as const;
  return execFileSync('git', ['-C', path, ...args], { encoding: 'utf8', maxBuffer: 1 << 30, stdio: [...stdio] }).trim();
}

/** The three real repositories where HEALTH_REPOS names their folder, else generated ones of a like size. */
export async function repositories(folder: string): Promise<BenchRepository[]> {
  const given = process.env['HEALTH_REPOS'];
  const sizes = { corosync: 5500, drbd: 6300, pacemaker: 38_000 };
  const found: BenchRepository[] = [];
  for (const [name, commits] of Object.entries(sizes)) {
    const real = given === undefined ? null : resolve(given, name);
    if (real !== null && existsSync(real)) found.push({ name, path: real, real: true });
    else found.push({ name: `generated-${name}`, path: await generate(folder, commits), real: false });
  }
  return found;
}

function file(i: number): string {
  return `src/part${i % 37}/piece${i % 11}/file${i}.c`;
}

/**
 * A repository of so many commits: 40 people, a growing tree of files in folders, small edits, now and then a rename,
 * a deletion or a merge. The same number gives the same objects.
 */
export async function generate(folder: string, commits: number): Promise<string> {
  const path = join(folder, `generated-${commits}.git`);
  if (existsSync(path)) return path;
  mkdirSync(path, { recursive: true });
  git(path, 'init', '--quiet', '--bare', '--initial-branch=main', '.');
  const importer = spawn('git', ['-C', path, 'fast-import', '--quiet'], { stdio: ['pipe', 'ignore', 'inherit'] });
  const write = async (text: string) => {
    if (!importer.stdin.write(text)) await once(importer.stdin, 'drain');
  };
  let seed = 1;
  const random = (limit: number) => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return (seed >>> 8) % limit;
  };
  let files = 0;
  for (let i = 1; i <= commits; i++) {
    const who = `Person ${random(40)} <person${random(40)}@example.org> ${1_000_000_000 + i * 600} +0000`;
    const message = `Change ${i}\n`;
    const merge = i % 50 === 0 && i > 60 ? `merge :${i - 7}\n` : '';
    const from = i > 1 ? `from :${i - 1}\n` : '';
    const touched = files < 20 || random(10) === 0 ? files++ : random(files);
    const lines = Array.from({ length: 40 }, (_, n) => `line ${n} of ${touched}${n === random(40) ? ` at ${i}` : ''}`);
    const body = `${lines.join('\n')}\n`;
    const edit = `M 100644 inline ${file(touched)}\ndata ${Buffer.byteLength(body)}\n${body}\n`;
    const change = i % 97 === 0 ? `${edit}R ${file(touched)} ${file(touched)}.moved\n` : edit;
    const head = `commit refs/heads/main\nmark :${i}\nauthor ${who}\ncommitter ${who}\n`;
    await write(`${head}data ${message.length}\n${message}${from}${merge}${change}\n`);
  }
  importer.stdin.end();
  await once(importer, 'close');
  git(path, 'repack', '-a', '-d', '-q');
  git(path, 'pack-refs', '--all');
  return path;
}
