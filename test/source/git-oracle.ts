import { execFileSync } from 'node:child_process';
import { TextDecoder } from 'node:util';
import type { ActionRecord, LineCount } from '../../src/model/record.js';

function run(dir: string, args: string[], input: string | Buffer = ''): Buffer {
  return execFileSync('git', ['-c', 'core.commitGraph=false', ...args], {
    cwd: dir,
    input,
    maxBuffer: 1 << 30,
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' },
  });
}

/** What git itself says the order is, for the refs given as its options. */
export function gitOrder(dir: string, refs: string[]): string[] {
  return run(dir, ['log', '--topo-order', '--format=%H', ...refs])
    .toString('latin1')
    .split('\n')
    .filter((line) => line !== '');
}

/** A path as the reader is to decode it: each component as UTF-8, else as ISO-8859-15. */
function decodePath(bytes: Buffer): string {
  const text = bytes.toString('latin1').split('/');
  return text
    .map((part) => {
      const raw = Buffer.from(part, 'latin1');
      const utf8 = raw.toString('utf8');
      return Buffer.from(utf8).equals(raw) ? utf8 : new TextDecoder('iso-8859-15').decode(raw);
    })
    .join('/');
}

/** The options of git's that tell renames and copies as CVSAnalY asked for them. */
const RENAMES = ['-M', '-C', '-l1000'];

/** Output of `--name-status -z` with the revs it belongs to, each after `mark`. */
function readActions(out: Buffer, mark: string): Map<string, ActionRecord[]> {
  const tokens: Buffer[] = [];
  for (let at = 0; at < out.length;) {
    const end = out.indexOf(0, at);
    tokens.push(out.subarray(at, end));
    at = end + 1;
  }
  const actions = new Map<string, ActionRecord[]>();
  const heading = new RegExp(`^${mark}[0-9a-f]{40}$`);
  let current: ActionRecord[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i].toString('latin1').replace(/^\n/, '');
    if (heading.test(token)) actions.set(token.slice(mark.length), (current = []));
    else if (/^[RC]\d+$/.test(token)) {
      const from = decodePath(tokens[++i]);
      current.push({ status: token[0], path: decodePath(tokens[++i]), from });
    } else if (token !== '') current.push({ status: token, path: decodePath(tokens[++i]) });
  }
  return actions;
}

/** What git itself says the commits changed, merges combined. `how`: RENAMES or none. */
export function gitActions(
  dir: string,
  revs: readonly string[],
  how: readonly string[] = RENAMES,
): Map<string, ActionRecord[]> {
  const options = how.length > 0 ? how : ['--no-renames'];
  const args = ['diff-tree', '--stdin', '--root', '-r', '-c', '--always', '--name-status', ...options, '-z'];
  return readActions(run(dir, args, `${revs.join('\n')}\n`), '');
}

/** What `git log` prints for the commits, as CVSAnalY had it printed. */
export function gitLogActions(dir: string, revs: readonly string[]): Map<string, ActionRecord[]> {
  const args = ['log', '--no-walk=unsorted', '--stdin', '--name-status', '-M', '-C', '-c', '-z', '--format=>%H'];
  return readActions(run(dir, args, `${revs.join('\n')}\n`), '>');
}

/** What `git log --numstat` prints for the commits: lines a file, in its order; none for merges. */
export function gitLines(
  dir: string,
  revs: readonly string[],
  how: readonly string[] = RENAMES,
): Map<string, LineCount[]> {
  const args = ['log', '--no-walk=unsorted', '--stdin', '--numstat', ...how, '-z', '--format=>%H'];
  const lines = new Map<string, LineCount[]>();
  let current: LineCount[] = [];
  for (const token of run(dir, args, `${revs.join('\n')}\n`)
    .toString('latin1')
    .split('\0')) {
    const heading = /^\n?>([0-9a-f]{40})$/.exec(token)?.[1];
    if (heading !== undefined) lines.set(heading, (current = []));
    const [, added, removed] = /^\n?(\d+|-)\t(\d+|-)\t/.exec(token) ?? [];
    if (added !== undefined) current.push(added === '-' ? 'binary' : [Number(added), Number(removed)]);
  }
  return lines;
}

/** Feeds a stream to git fast-import; what it makes goes into one pack. */
export function fastImport(dir: string, stream: Buffer): void {
  run(dir, ['-c', 'fastimport.unpackLimit=1', 'fast-import', '--quiet', '--force', '--date-format=raw'], stream);
}

/** Writes an object with exactly these bytes, however odd; returns its id. */
export function writeObject(dir: string, type: string, content: string | Buffer): string {
  return run(dir, ['hash-object', '-w', '-t', type, '--literally', '--stdin'], content).toString('latin1').trim();
}
