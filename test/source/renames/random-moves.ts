import * as fc from 'fast-check';

/** What is done to the files of a commit, one after the other; numbers choose among what is there. */
interface Move {
  kind: (typeof KINDS)[number];
  file: number;
  path: number;
  edits: number;
}

interface MovingCommit {
  parents: number[];
  /** Of the files that the parents hold differently: from which one each is taken. */
  mix: number[];
  moves: Move[];
}

const KINDS = [
  'rename',
  'rename',
  'rename',
  'copy',
  'copy',
  'edit',
  'add',
  'add',
  'delete',
  'mode',
  'link',
  'submodule',
  'empty',
  'binary',
  'crlf',
  'cut',
] as const;
const PATHS = ['', 'a/', 'b/', 'b/c/'].flatMap((folder) => ['x', 'y', 'z.c', 'x.c'].map((name) => folder + name));
const TEXTS = 9;

const move = fc.record<Move>({
  kind: fc.constantFrom(...KINDS),
  file: fc.nat({ max: 30 }),
  path: fc.nat({ max: PATHS.length - 1 }),
  edits: fc.nat({ max: 9 }),
});

/** Histories in which files move, and are edited on the way. */
export const randomMoves: fc.Arbitrary<MovingCommit[]> = fc.array(
  fc.record<MovingCommit>({
    parents: fc.array(fc.nat(), { maxLength: 3 }),
    mix: fc.array(fc.nat({ max: 2 }), { minLength: 4, maxLength: 4 }),
    moves: fc.array(move, { minLength: 1, maxLength: 9 }),
  }),
  { minLength: 2, maxLength: 9 },
);

interface File {
  mode: string;
  content: string;
}

type Files = Map<string, File>;

/** Texts that share about half of their lines, so that likenesses lie on both sides of the threshold, and tie. */
function text(number: number): string {
  const lines: string[] = [];
  for (let i = 0; i < 6 + (number % 4) * 3; i++) {
    const shared = i % 2 === 0 || number % 3 === 0;
    lines.push(`line ${i} ${shared ? 'of all' : `of ${number}`}${i % 5 === 4 ? ` ${'long '.repeat(30)}` : ''}\n`);
  }
  return lines.join('');
}

function edited(content: string, edits: number): string {
  const lines = content.split('\n');
  for (let k = 0; k < edits; k++) lines[(k * 7) % lines.length] = `edit ${k % 4}`;
  return lines.join('\n');
}

function apply(files: Files, { kind, file, path: p, edits }: Move): void {
  const path = PATHS[p];
  const from = [...files.keys()][file % Math.max(1, files.size)];
  const old = from === undefined ? undefined : files.get(from);
  if (kind === 'add') files.set(path, { mode: '100644', content: text(edits % TEXTS) });
  else if (kind === 'empty') files.set(path, { mode: '100644', content: '' });
  else if (kind === 'submodule') files.set(path, { mode: '160000', content: String(edits % 3) });
  if (from === undefined || old === undefined) return;
  const { mode, content } = old;
  const plain = mode.startsWith('100');
  const changed = plain ? edited(content, edits) : content;
  if (kind === 'rename') {
    files.delete(from);
    files.set(path, { mode, content: changed });
  } else if (kind === 'copy') {
    files.set(path, { mode, content: changed });
    if (plain && edits % 2 === 1) files.set(from, { mode, content: edited(content, 1) });
  } else if (kind === 'edit') files.set(from, { mode, content: changed });
  else if (kind === 'delete') files.delete(from);
  else if (kind === 'mode' && plain) files.set(from, { mode: mode === '100644' ? '100755' : '100644', content });
  else if (kind === 'link' && plain) files.set(path, { mode: '120000', content });
  else if (kind === 'binary' && plain) files.set(from, { mode, content: `\0${content}` });
  else if (kind === 'crlf' && plain) files.set(from, { mode, content: content.replace(/\r?\n/g, '\r\n') });
  else if (kind === 'cut' && plain) files.set(from, { mode, content: content.slice(0, -1 - edits) });
}

/** What the parents hold, where they differ one or the other's. */
function merged(parents: readonly Files[], mix: readonly number[]): Files {
  const paths = [...new Set(parents.flatMap((files) => [...files.keys()]))];
  const files: Files = new Map();
  for (const [i, path] of paths.entries()) {
    const file = parents[mix[i % mix.length] % parents.length].get(path);
    if (file) files.set(path, file);
  }
  return files;
}

/** A file and a folder of the same name can't be: the one that came later stays. */
function withoutClashes(files: Files): Files {
  return new Map([...files].filter(([path]) => ![...files.keys()].some((other) => other.startsWith(`${path}/`))));
}

/** The history as a stream for git fast-import. */
export function movesStream(commits: readonly MovingCommit[]): Buffer {
  const lines: string[] = [];
  const states: Files[] = [];
  commits.forEach(({ parents, mix, moves }, i) => {
    const chosen = i === 0 ? [] : [...new Set(parents.length === 0 ? [i - 1] : parents.map((p) => p % i))];
    const before =
      chosen.length === 0
        ? new Map<string, File>()
        : merged(
            chosen.map((p) => states[p]),
            mix,
          );
    const files = new Map(before);
    if (i === 0) for (let k = 0; k < 6; k++) apply(files, { kind: 'add', file: 0, path: k * 2, edits: k });
    for (const each of moves) apply(files, each);
    const state = withoutClashes(files);
    states.push(state);
    const date = `${1_400_000_000 + i} +0000`;
    lines.push(`commit refs/heads/c${i}`, `mark :${i + 1}`, `author A <a@example.org> ${date}`);
    lines.push(`committer A <a@example.org> ${date}`, 'data 1', 'x');
    chosen.forEach((parent, k) => lines.push(`${k === 0 ? 'from' : 'merge'} :${parent + 1}`));
    lines.push('deleteall');
    for (const [path, { mode, content }] of state) {
      if (mode === '160000') lines.push(`M ${mode} ${'123'.charAt(Number(content)).repeat(40)} "${path}"`);
      else lines.push(`M ${mode} inline "${path}"`, `data ${content.length}`, content);
    }
    lines.push('');
  });
  return Buffer.from(lines.join('\n'), 'latin1');
}
