import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';

/** A change of one file of a commit. Numbers are taken modulo what there is. */
interface Edit {
  act: 'write' | 'touch' | 'delete' | 'move' | 'copy' | 'move folder';
  path: number;
  to: number;
  content: number;
}

/** Something that happens to a repository. Branches and commits by number, modulo what there is. */
export type Step =
  | { kind: 'commit' | 'amend' | 'foxtrot'; branch: number; edits: Edit[]; time: number; who: number }
  | { kind: 'merge'; branch: number; others: number[]; edits: Edit[]; time: number; who: number }
  | { kind: 'rebase'; branch: number; onto: number; time: number; who: number }
  | { kind: 'force'; branch: number; to: number }
  | { kind: 'branch'; name: number; to: number }
  | { kind: 'delete'; branch: number }
  | { kind: 'rename'; branch: number; name: number }
  | { kind: 'rename default'; name: number }
  | { kind: 'head'; branch: number }
  | { kind: 'tag'; name: number; to: number; annotated: boolean }
  | { kind: 'untag'; name: number }
  | { kind: 'pack'; prune: boolean };

const BRANCHES = ['main', 'master', 'topic', 'dev', 'release/1', 'trunk'];
const TAGS = ['v1', 'v2', 'old'];
const PATHS = ['a', 'b', 'src/a', 'src/b', 'src/in/c', 'lib/a', 'lib', 'doc/x', 'with blank', 'caf\u00e9'];
const FOLDERS = ['src', 'lib', 'doc', 'src/in', 'moved'];
// What was a file becomes a link now and then.
const MODES = ['100644', '100644', '100644', '100755', '100644', '100644', '120000'];
const PEOPLE = ['Ada Example <ada@example.org>', 'Bob Example <bob@example.net>', 'Ada Example <ada@example.com>'];

const small = fc.nat({ max: 40 });
const edit: fc.Arbitrary<Edit> = fc.record({
  act: fc.constantFrom('write', 'write', 'touch', 'delete', 'move', 'copy', 'move folder'),
  path: small,
  to: small,
  content: small,
});
const edits = fc.array(edit, { maxLength: 4 });
const time = fc.integer({ min: -3, max: 3 });
const who = fc.nat({ max: 8 });

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('commit'), branch: small, edits, time, who }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('merge'),
      branch: small,
      others: fc.array(small, { minLength: 1, maxLength: 3 }),
      edits,
      time,
      who,
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('amend'), branch: small, edits, time, who }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('foxtrot'), branch: small, edits, time, who }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('rebase'), branch: small, onto: small, time, who }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('force'), branch: small, to: small }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('branch'), name: small, to: small }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete'), branch: small }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('rename'), branch: small, name: small }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('rename default'), name: small }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('head'), branch: small }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('tag'), name: small, to: small, annotated: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('untag'), name: small }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('pack'), prune: fc.boolean() }) },
);

/** What happens between one collect and the next, a list a collect. */
export const evolution: fc.Arbitrary<Step[][]> = fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), {
  minLength: 2,
  maxLength: 8,
});

/** Path to content number. */
type Files = ReadonlyMap<string, number>;

interface Commit {
  oid: string | null;
  parents: Commit[];
  files: Files;
  time: number;
  who: number;
  message: string;
}

interface Tag {
  commit: Commit;
  annotated: boolean;
}

/**
 * A real repository, written by git fast-import, to which random things happen. `layout`: a bare one, or as an ordinary
 * clone looks after each fetch (branches at origin, and one local branch that stays behind).
 */
export class EvolvingRepository {
  /** What to collect. */
  readonly dir: string;
  readonly #layout: 'bare' | 'clone';
  readonly #branches = new Map<string, Commit>();
  readonly #tags = new Map<string, Tag>();
  #head = 'main';
  /** All that git still has. */
  #commits: Commit[] = [];
  #made = 0;
  #fresh: Commit[] = [];
  #written = new Map<string, string>();

  constructor(dir: string, layout: 'bare' | 'clone') {
    this.dir = dir;
    this.#layout = layout;
    mkdirSync(dir, { recursive: true });
    this.git(['init', '--quiet', '--initial-branch=main', ...(layout === 'bare' ? ['--bare'] : []), '.']);
    this.git(['config', 'fetch.unpackLimit', '1']);
    this.#branches.set('main', this.#commit([], new Map([['a', 0]]), 0, 0));
    this.#write();
  }

  git(args: string[], input = ''): string {
    const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
    return execFileSync('git', args, { cwd: this.dir, input, env, encoding: 'utf8', stdio: 'pipe' });
  }

  take(steps: readonly Step[]): void {
    let pack: boolean | null = null;
    for (const one of steps) {
      if (one.kind === 'pack') pack = one.prune;
      else this.#take(one);
    }
    this.#write();
    if (pack !== null) this.#pack(pack);
  }

  #take(one: Exclude<Step, { kind: 'pack' }>): void {
    switch (one.kind) {
      case 'commit': {
        const [name, tip] = this.#branch(one.branch);
        this.#branches.set(name, this.#commit([tip], edited(tip.files, one.edits), one.time, one.who));
        break;
      }
      case 'amend': {
        const [name, tip] = this.#branch(one.branch);
        this.#branches.set(name, this.#commit(tip.parents, edited(tip.files, one.edits), one.time, one.who));
        break;
      }
      case 'foxtrot': {
        // New work from before the tip, which is merged into it: the new commit may come before one collected already.
        const [name, tip] = this.#branch(one.branch);
        const base = tip.parents[0] ?? tip;
        const side = this.#commit([base], edited(base.files, one.edits), one.time, one.who);
        const files = tidy(new Map([...side.files, ...tip.files]));
        this.#branches.set(name, this.#commit([side, tip], files, one.time, one.who));
        break;
      }
      case 'merge': {
        const [name, tip] = this.#branch(one.branch);
        const others = one.others.map((other) => this.#branch(other)[1]);
        const parents = [...new Set([tip, ...others])];
        const files = new Map([...others.flatMap(({ files: theirs }) => [...theirs]), ...tip.files]);
        this.#branches.set(name, this.#commit(parents, edited(tidy(files), one.edits), one.time, one.who));
        break;
      }
      case 'rebase': {
        const [name, tip] = this.#branch(one.branch);
        this.#branches.set(name, this.#rebased(tip, this.#branch(one.onto)[1], 3, one));
        break;
      }
      case 'force':
        this.#branches.set(this.#branch(one.branch)[0], nth(this.#commits, one.to));
        break;
      case 'branch':
        this.#branches.set(nth(BRANCHES, one.name), nth(this.#commits, one.to));
        break;
      case 'delete':
        // Never the last one: then there would be nothing to collect.
        if (this.#branches.size > 1) this.#branches.delete(this.#branch(one.branch)[0]);
        break;
      case 'rename':
        this.#rename(this.#branch(one.branch)[0], nth(BRANCHES, one.name));
        break;
      case 'rename default':
        if (this.#branches.has(this.#head)) this.#rename(this.#head, nth(BRANCHES, one.name));
        break;
      case 'head':
        [this.#head] = this.#branch(one.branch);
        break;
      case 'tag':
        this.#tags.set(nth(TAGS, one.name), { commit: nth(this.#commits, one.to), annotated: one.annotated });
        break;
      case 'untag':
        this.#tags.delete(nth(TAGS, one.name));
        break;
    }
  }

  #branch(number: number): [string, Commit] {
    return nth([...this.#branches], number);
  }

  #rename(from: string, to: string): void {
    const tip = this.#branches.get(from);
    if (tip === undefined) return;
    this.#branches.delete(from);
    this.#branches.set(to, tip);
    if (this.#head === from) this.#head = to;
  }

  #commit(parents: Commit[], files: Files, time: number, who: number): Commit {
    const made = (this.#made += 1);
    // Dates mostly go forward, but tie and run backwards too.
    const date = 1_400_000_000 + made * 1000 + time * 900;
    const message = made % 5 === 0 ? '' : `Change ${made}\n\nOf number ${made}.\n`;
    const commit = { oid: null, parents, files, time: date, who, message };
    this.#commits.push(commit);
    this.#fresh.push(commit);
    return commit;
  }

  #rebased(tip: Commit, onto: Commit, depth: number, { time, who }: { time: number; who: number }): Commit {
    const [parent] = tip.parents;
    if (parent === undefined || depth === 0 || tip === onto) return onto;
    const base = this.#rebased(parent, onto, depth - 1, { time, who });
    const files = new Map(base.files);
    for (const [path, content] of tip.files) if (parent.files.get(path) !== content) files.set(path, content);
    for (const path of parent.files.keys()) if (!tip.files.has(path)) files.delete(path);
    return this.#commit([base], tidy(files), time, who);
  }

  /** Brings git to where this is, with one fast-import. */
  #write(): void {
    const marks = join(this.dir, 'marks');
    const lines: string[] = [];
    const fresh = this.#fresh;
    this.#fresh = [];
    const nameOf = (commit: Commit): string => commit.oid ?? `:${fresh.indexOf(commit) + 1}`;
    for (const [i, { parents, files, time: date, who: by, message }] of fresh.entries()) {
      // A ref of its own for each, so that none goes on from another unasked.
      lines.push(`commit refs/scratch/${i}`, `mark :${i + 1}`);
      lines.push(`author ${nth(PEOPLE, by >> 1)} ${date - 60} +0530`, `committer ${nth(PEOPLE, by)} ${date} -0200`);
      lines.push(data(message));
      for (const [k, parent] of parents.entries()) lines.push(`${k === 0 ? 'from' : 'merge'} ${nameOf(parent)}`);
      lines.push('deleteall');
      for (const [path, content] of files)
        lines.push(`M ${nth(MODES, content)} inline "${path}"`, data(contentText(content)));
      lines.push('');
    }
    for (const i of fresh.keys()) lines.push(`reset refs/scratch/${i}`, `from ${'0'.repeat(40)}`, '');
    const refs = this.#refs(nameOf);
    for (const ref of this.#written.keys()) {
      if (!refs.has(ref)) lines.push(`reset ${ref}`, `from ${'0'.repeat(40)}`, '');
    }
    for (const [ref, text] of refs) if (this.#written.get(ref) !== text) lines.push(text);
    if (lines.length > 0) {
      this.git(['fast-import', '--quiet', '--force', `--export-marks=${marks}`], `${lines.join('\n')}\n`);
    }
    for (const line of fresh.length > 0 ? readFileSync(marks, 'utf8').split('\n') : []) {
      const match = /^:(\d+) ([0-9a-f]{40})$/.exec(line);
      const commit = match && fresh[Number(match[1]) - 1];
      if (commit) commit.oid = match[2]!;
    }
    this.#written = this.#refs(nameOf);
    const head = this.#layout === 'bare' ? 'HEAD' : 'refs/remotes/origin/HEAD';
    this.git(['symbolic-ref', head, this.#branchRef(this.#head)]);
  }

  #branchRef(name: string): string {
    return this.#layout === 'bare' ? `refs/heads/${name}` : `refs/remotes/origin/${name}`;
  }

  /** The lines of fast-import that make each ref what it is. */
  #refs(nameOf: (commit: Commit) => string): Map<string, string> {
    const refs = new Map<string, string>();
    const reset = (ref: string, commit: Commit) => refs.set(ref, `reset ${ref}\nfrom ${nameOf(commit)}\n`);
    for (const [name, commit] of this.#branches) reset(this.#branchRef(name), commit);
    if (this.#layout === 'clone') reset('refs/heads/main', this.#commits[0]!);
    for (const [name, { commit, annotated }] of this.#tags) {
      const ref = `refs/tags/${name}`;
      const tagger = `tagger ${PEOPLE[0]} ${commit.time} +0000`;
      if (annotated) refs.set(ref, `tag ${name}\nfrom ${nameOf(commit)}\n${tagger}\n${data(`Tag ${name}`)}`);
      else reset(ref, commit);
    }
    return refs;
  }

  #pack(prune: boolean): void {
    this.git(['repack', '-adq']);
    this.git(['pack-refs', '--all', '--prune']);
    if (!prune) return;
    this.git(['prune', '--expire=now']);
    const tips = [...this.#branches.values(), ...[...this.#tags.values()].map(({ commit }) => commit)];
    if (this.#layout === 'clone') tips.push(this.#commits[0]!);
    const reached = new Set<Commit>();
    for (let open = tips; open.length > 0;) {
      const commit = open.pop()!;
      if (reached.has(commit)) continue;
      reached.add(commit);
      open = [...open, ...commit.parents];
    }
    this.#commits = this.#commits.filter((commit) => reached.has(commit));
  }
}

function nth<T>(list: readonly T[], number: number): T {
  return list[number % list.length]!;
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}`;
}

/** Twenty lines of one of four texts, some of them changed: enough for git to see where a file came from. */
function contentText(content: number): string {
  const base = content % 4;
  const version = content >> 2;
  return Array.from({ length: 20 }, (_, i) => `text ${base}, line ${i}${i < version ? ` of ${version}` : ''}\n`).join(
    '',
  );
}

/** No path is a folder of another: the shorter one stays. */
function tidy(files: Files): Files {
  return new Map([...files].filter(([path]) => ![...files.keys()].some((other) => path.startsWith(`${other}/`))));
}

function edited(before: Files, changes: readonly Edit[]): Files {
  const files = new Map(before);
  const write = (path: string, content: number): void => {
    for (const other of files.keys()) {
      if (other.startsWith(`${path}/`) || path.startsWith(`${other}/`)) files.delete(other);
    }
    files.set(path, content);
  };
  for (const { act, path, to, content } of changes) {
    if (act === 'write') write(nth(PATHS, to), content);
    if (files.size === 0) continue;
    const [from, old] = nth([...files], path);
    if (act === 'touch') files.set(from, (old + 4) % 40);
    if (act === 'delete' || act === 'move') files.delete(from);
    if (act === 'move' || act === 'copy') write(nth(PATHS, to), content % 3 === 0 ? (old + 4) % 40 : old);
    if (act === 'move folder') {
      const [folder, target] = [nth(FOLDERS, path), nth(FOLDERS, to)];
      const all = [...files];
      for (const [name, held] of all) {
        if (!name.startsWith(`${folder}/`)) continue;
        files.delete(name);
        write(target + name.slice(folder.length), held);
      }
    }
  }
  return files;
}
