import * as fc from 'fast-check';

/** A made-up history, small enough to shrink. Commits name their parents by position among those before them. */
interface RandomCommit {
  parents: number[];
  /** Seconds after some moment; few values, so that dates tie and run backwards. */
  time: number;
  /** Path (bytes, in latin1) to mode and content; the whole tree. */
  files: [path: string, mode: string, content: number][];
}

export interface RandomHistory {
  commits: RandomCommit[];
  /** Positions of commits that branches and tags point to, besides the last of each line. */
  branches: number[];
  tags: number[];
}

// Neighbours of a folder's name (`a-`, `a.b`, `a0` around `a/`), blanks, quotes, newlines, tabs, UTF-8 and Latin-1.
const COMPONENTS = [
  'a',
  'a',
  'a',
  'b',
  'a-',
  'a.b',
  'a0',
  'b c',
  ' d',
  'e"f',
  'g\nh',
  'i\tj',
  '\xc3\xa9',
  '\xe9t\xe9',
  'k\\l',
];
const MODES = ['100644', '100644', '100644', '100755', '120000', '160000'];

const path = fc.array(fc.constantFrom(...COMPONENTS), { minLength: 1, maxLength: 2 }).map((parts) => parts.join('/'));
const file = fc.tuple(path, fc.constantFrom(...MODES), fc.integer({ min: 0, max: 3 }));

export const randomHistory: fc.Arbitrary<RandomHistory> = fc
  .array(
    fc.record({
      parents: fc.array(fc.nat(), { maxLength: 4 }),
      time: fc.integer({ min: 0, max: 6 }),
      keep: fc.boolean(),
      files: fc.array(file, { maxLength: 6 }),
    }),
    { minLength: 1, maxLength: 14 },
  )
  .chain((raw) =>
    fc.record({
      commits: fc.constant(
        raw.reduce<RandomCommit[]>((commits, { parents, time, keep, files }, i) => {
          // Mostly continue the commit before, and a good part of its files.
          const chosen = i === 0 ? [] : parents.length === 0 ? [i - 1] : parents.map((p) => p % i);
          const unique = [...new Set(chosen)];
          const before = keep && unique.length > 0 ? unique.flatMap((p) => commits[p].files) : [];
          commits.push({ parents: i % 7 === 6 ? [] : unique, time, files: [...before, ...files] });
          return commits;
        }, []),
      ),
      branches: fc.array(fc.nat({ max: raw.length - 1 }), { maxLength: 4 }),
      tags: fc.array(fc.nat({ max: raw.length - 1 }), { maxLength: 3 }),
    }),
  );

function quote(path: string): string {
  return `"${path.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n').replace(/\t/g, '\\t')}"`;
}

function mark(commit: number): string {
  return `:${commit + 100}`;
}

/** The history as a stream for git fast-import. */
export function fastImportStream({ commits, branches, tags }: RandomHistory): Buffer {
  const lines: string[] = [];
  for (let content = 0; content < 4; content++) lines.push('blob', `mark :${content + 1}`, 'data 2', `${content}\n`);
  commits.forEach(({ parents, time, files }, i) => {
    const date = `${1_400_000_000 + time} +0000`;
    // A branch of its own for each commit without a child, so that none is lost.
    lines.push(`commit refs/heads/c${i}`, `mark ${mark(i)}`);
    lines.push(`author A <a@example.org> ${date}`, `committer A <a@example.org> ${date}`, `data 1`, `x`);
    parents.forEach((parent, k) => lines.push(`${k === 0 ? 'from' : 'merge'} ${mark(parent)}`));
    lines.push('deleteall');
    for (const [path, mode, content] of files) {
      const object = mode === '160000' ? String(content).repeat(40) : `:${content + 1}`;
      lines.push(
        `M ${mode === '160000' && content === 0 ? '100644' : mode} ${content === 0 ? ':1' : object} ${quote(path)}`,
      );
    }
    lines.push('');
  });
  const parents = new Set(commits.flatMap((commit) => commit.parents));
  commits.forEach((_, i) => {
    if (parents.has(i)) lines.push(`reset refs/heads/c${i}`, `from ${'0'.repeat(40)}`, '');
  });
  branches.forEach((commit, i) => lines.push(`reset refs/heads/b${i}`, `from ${mark(commit)}`, ''));
  tags.forEach((commit, i) => {
    lines.push(`tag t${i}`, `from ${mark(commit)}`, 'tagger A <a@example.org> 1400000000 +0000', 'data 1', 't');
  });
  return Buffer.from(lines.join('\n'), 'latin1');
}
