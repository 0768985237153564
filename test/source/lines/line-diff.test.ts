import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { LineCount } from '../../../src/model/record.js';
import { compareTexts } from '../../../src/source/lines/line-counter.js';
import { testRepository } from '../../fixtures/repository.js';

type Pair = readonly [before: Buffer, after: Buffer];

/** What git's own diff counts, for many pairs at once: two trees with a file a pair. */
function gitCounts(pairs: readonly Pair[]): Map<number, LineCount> {
  const repository = testRepository();
  const trees = [0, 1].map((side) => {
    const lines: string[] = [];
    const parts: Buffer[] = [];
    pairs.forEach((pair, i) => {
      parts.push(Buffer.from(`blob\nmark :${i + 1}\ndata ${pair[side]!.length}\n`), pair[side]!, Buffer.from('\n'));
      lines.push(`M 100644 :${i + 1} f${i}`);
    });
    const commit = `commit refs/heads/side${side}\ncommitter A <a@example.org> 1400000000 +0000\ndata 1\nx\n`;
    parts.push(Buffer.from(`${commit}${lines.join('\n')}\n\n`));
    const input = join(repository.dir, `side${side}`);
    writeFileSync(input, Buffer.concat(parts));
    execFileSync('sh', ['-c', `git fast-import --quiet < side${side}`], { cwd: repository.dir, stdio: 'ignore' });
    return `refs/heads/side${side}`;
  });
  const out = repository.git('diff-tree', '-r', '--numstat', '--no-renames', ...trees);
  return new Map(
    out
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => {
        const [added, removed, name] = line.split('\t');
        return [Number(name!.slice(1)), added === '-' ? 'binary' : ([Number(added), Number(removed)] as const)];
      }),
  );
}

const whole = (bytes: Buffer) => ({ bytes, start: 0, end: bytes.length });

function expectGit(pairs: readonly Pair[]): void {
  const theirs = gitCounts(pairs);
  const wrong = pairs.flatMap(([before, after], i) => {
    if (before.equals(after)) return [];
    const ours = compareTexts(whole(before), whole(after));
    const git = theirs.get(i) ?? null;
    return JSON.stringify(ours) === JSON.stringify(git) ? [] : [{ i, ours, git }];
  });
  expect(wrong).toEqual([]);
}

/** Numbers that look like chance and are always the same. */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Lines of a vocabulary of so many, some of them far more frequent than others. */
function lines(roll: (below: number) => number, count: number, vocabulary: number): string[] {
  return Array.from({ length: count }, () => (roll(4) === 0 ? '}' : `line ${roll(vocabulary)}`));
}

function edited(roll: (below: number) => number, text: readonly string[], edits: number, vocabulary: number): string[] {
  const found = [...text];
  for (let i = 0; i < edits; i++) {
    const at = roll(found.length + 1);
    const kind = roll(4);
    if (kind === 0) found.splice(at, roll(6));
    else if (kind === 1) found.splice(at, 0, ...lines(roll, roll(6), vocabulary));
    else if (kind === 2) found.splice(at, roll(4), ...lines(roll, roll(4), vocabulary));
    else found.splice(roll(found.length + 1), 0, ...found.splice(at, roll(12)));
  }
  return found;
}

function text(parts: readonly string[], end: string, last: boolean): Buffer {
  return Buffer.from(parts.join(end) + (last ? end : ''));
}

it('equals git on thousands of small texts', () => {
  const line = fc.constantFrom('a', 'b', 'c', 'd', '', ' ', '}');
  const made = fc.tuple(fc.array(line, { maxLength: 24 }), fc.array(line, { maxLength: 24 }), fc.nat(7));
  const pairs = fc
    .sample(made, { numRuns: 3000, seed: 7 })
    .map(([a, b, how]): Pair => [text(a, how & 4 ? '\r\n' : '\n', (how & 1) > 0), text(b, '\n', (how & 2) > 0)]);
  expectGit(pairs);
});

it('equals git on thousands of edited texts', () => {
  const roll = dice(11);
  const pairs = Array.from({ length: 2000 }, (): Pair => {
    const vocabulary = 1 + roll(60);
    const before = lines(roll, roll(160), vocabulary);
    const after = edited(roll, before, 1 + roll(12), vocabulary);
    return [text(before, '\n', roll(5) > 0), text(after, '\n', roll(5) > 0)];
  });
  expectGit(pairs);
});

it('equals git where it stops trying: large texts with little, or too much, in common', () => {
  const roll = dice(3);
  const pairs = [40, 200, 1000, 5000].flatMap((vocabulary) =>
    Array.from({ length: 6 }, (_, i): Pair => {
      const before = lines(roll, 2500 + roll(2500), vocabulary);
      const after = i < 2 ? lines(roll, 3000, vocabulary) : edited(roll, before, 200 * i * i, vocabulary);
      return [text(before, '\n', true), text(after, '\n', true)];
    }),
  );
  expectGit(pairs);
});

const nul = (at: number, size: number) => {
  const bytes = Buffer.alloc(size, 'text\n');
  bytes[at] = 0;
  return bytes;
};

const of = (before: string, after: string): Pair => [Buffer.from(before), Buffer.from(after)];

it('equals git where long equal runs stand between lines that are hard to place', () => {
  const roll = dice(5);
  const pairs = [0, 1].map((): Pair => {
    const [before, after]: [string[], string[]] = [[], []];
    for (let block = 0; block < 500; block++) {
      const run = Array.from({ length: 40 + roll(160) }, (_, i) => `run ${block}.${i}`);
      before.push(...lines(roll, 5 + roll(30), 9000), ...run);
      after.push(...lines(roll, 5 + roll(30), 9000), ...run);
    }
    return [text(before, '\n', true), text(after, '\n', true)];
  });
  expectGit(pairs);
});

it('equals git where common lines stand among many that are alone', () => {
  const roll = dice(9);
  const pairs = Array.from({ length: 400 }, (_, n): Pair => {
    const common = Array.from({ length: 1 + roll(3) }, (_c, i) => `common ${i}`);
    const side = (name: string) =>
      Array.from({ length: 200 + roll(1200) }, (_l, i) =>
        roll(n % 2 === 0 ? 9 : 5) === 0
          ? common[roll(common.length)]!
          : roll(150) === 0
            ? `useful ${roll(40)}`
            : `${name} ${i}`,
      );
    return [text(side('old'), '\n', true), text(side('new'), '\n', true)];
  });
  expectGit(pairs);
});

it('equals git at the edges', () => {
  const plain = Buffer.alloc(9000, 'text\n');
  expectGit([
    of('', 'a'),
    of('a', ''),
    of('a\n', ''),
    of('a', 'a\n'),
    of('a\nb', 'a\nb\n'),
    of('a\n', 'a\nb'),
    of('x\n', 'x\ny\n'),
    of('\n', '\n\n'),
    of('a\nb\nc', 'b\nc'),
    of('xb\nc\n', 'b\nc\n'),
    of('b\nc\n', 'xb\nc\n'),
    of('a\r\nb\r\n', 'a\nb\n'),
    of('a\rb\r', 'a\rc\r'),
    of('x'.repeat(5000), `${'x'.repeat(4999)}y`),
    [nul(0, 100), plain],
    [nul(7999, 9000), plain],
    [nul(8000, 9000), plain],
    [plain, nul(8500, 9000)],
    [Buffer.from([0xff, 0xfe, 10]), Buffer.from([0xff, 0xfd, 10])],
  ]);
});
