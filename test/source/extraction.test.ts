import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { HealthError } from '../../src/model/error.js';
import type { ExtractEvent } from '../../src/model/history.js';
import { extractInWorker } from '../fixtures/worker-extraction.js';
import { extract, type ExtractionOptions } from '../../src/source/extraction.js';
import { openHistory } from '../../src/source/history.js';
import { temporaryFolder, testRepository } from '../fixtures/repository.js';
import { fastImport } from './git-oracle.js';

const ALL: ExtractionOptions = { refs: 'branches', actions: true, known: new Set() };

/** A line of so many commits; each changes one file. */
function longHistory(commits: number): string {
  const repository = testRepository();
  const lines = ['blob', 'mark :1', 'data 1', 'x', 'blob', 'mark :2', 'data 1', 'y'];
  for (let i = 0; i < commits; i++) {
    lines.push('commit refs/heads/main', `committer A <a@example.org> ${1_400_000_000 + i} +0000`, 'data 1', 'x');
    lines.push(`M 100644 :${(i % 2) + 1} file`, '');
  }
  fastImport(repository.dir, Buffer.from(lines.join('\n')));
  return repository.dir;
}

/** Two lines of work that edit, move and copy files of forty lines, and merge one another now and then. */
function livelyHistory(commits: number): string {
  const repository = testRepository();
  let seed = 7;
  const random = (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((seed / 2 ** 31) * below);
  };
  const lines: string[] = [];
  const trees = [0, 1].map(() => new Map<string, number[]>());
  const text = (content: readonly number[]): string => content.map((line) => `line ${line} of a file\n`).join('');
  for (let i = 0; i < commits; i++) {
    const side = i < 2 ? 0 : random(2);
    const tree = trees[side];
    lines.push(`commit refs/heads/side${side}`, `mark :${i + 1}`, `author A${random(5)} <a@example.org> ${i} +0000`);
    lines.push(`committer C <c@example.org> ${1_400_000_000 + 60 * i} +0000`, 'data 2', `m${i % 10}`);
    if (i === 1) lines.push('reset refs/heads/side1', 'from refs/heads/side0');
    else {
      if (i > 50 && random(40) === 0) {
        lines.push(`merge refs/heads/side${1 - side}`);
        for (const [path, content] of trees[1 - side]) tree.set(path, content);
      }
      const path = `dir${random(6)}/file${random(30)}`;
      const old = [...tree.keys()][random(tree.size)];
      const content = [...(tree.get(old) ?? Array.from({ length: 40 }, () => random(999)))];
      content[random(40)] = i;
      tree.set(path, content);
      if (old !== undefined && random(3) === 0) tree.delete(old);
      lines.push('deleteall');
      for (const [name, numbers] of tree) {
        const data = text(numbers);
        lines.push(`M 100644 inline ${name}`, `data ${data.length}`, data);
      }
    }
    lines.push('');
  }
  fastImport(repository.dir, Buffer.from(lines.join('\n')));
  return repository.dir;
}

async function collect(events: AsyncIterable<ExtractEvent>): Promise<ExtractEvent[]> {
  const all: ExtractEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

function revsOf(events: readonly ExtractEvent[]): string[][] {
  return events.flatMap((event) => (event.kind === 'batch' ? [event.changes.map((change) => change.commit.rev)] : []));
}

const worker = fileURLToPath(new URL('../../dist/source/extraction-worker.js', import.meta.url));
const built = existsSync(worker);

for (const [name, run] of [
  ['extract', extract],
  ['extractInWorker', extractInWorker],
] as const) {
  const title = run === extract || built ? name : `${name} (skipped: not built, run npm run build)`;
  describe.skipIf(run !== extract && !built)(title, () => {
    test('hands on the outline, then batches, parents first', async () => {
      const dir = longHistory(2600);
      const events = await collect(run(dir, ALL));
      const history = openHistory(dir, { refs: 'branches' });
      const outline = history.outline();
      expect(events[0]).toEqual({ kind: 'outline', outline, mailmap: null });
      expect(revsOf(events).map((batch) => batch.length)).toEqual([500, 500, 500, 500, 500, 100]);
      expect(revsOf(events).flat()).toEqual(outline.revs.toReversed());
      const last = events.at(-1);
      const tip = last?.kind === 'batch' ? last.changes.at(-1) : undefined;
      expect(tip).toEqual({ commit: history.commit(outline.revs[0]), actions: [{ status: 'M', path: 'file' }] });
    });

    test('hands on the mailmap with the outline', async () => {
      const { dir } = testRepository();
      const text = 'Ann Example <ann@example.org> <a@example.org>';
      const lines = ['commit refs/heads/main', 'committer A <a@example.org> 1400000000 +0000', 'data 1', 'x'];
      lines.push('M 100644 inline .mailmap', `data ${text.length}`, text, '');
      fastImport(dir, Buffer.from(lines.join('\n')));
      const [first] = await collect(run(dir, ALL));
      expect(first).toMatchObject({ kind: 'outline', mailmap: { text } });
    });

    test('leaves out what is known, and actions that are not asked for', async () => {
      const dir = longHistory(5);
      const [, , ...newest] = openHistory(dir, { refs: 'branches' }).outline().revs.toReversed();
      const [oldest, second] = openHistory(dir, { refs: 'branches' }).outline().revs.toReversed();
      const events = await collect(run(dir, { ...ALL, actions: false, known: new Set([oldest, second]) }));
      expect(revsOf(events)).toEqual([newest]);
      expect(
        events.flatMap((event) => (event.kind === 'batch' ? event.changes.flatMap((c) => c.actions) : [])),
      ).toEqual([]);
    });

    test('lets other work have its turn', async () => {
      const dir = longHistory(2600);
      let turns = 0;
      const timer = setInterval(() => turns++, 0);
      await collect(run(dir, ALL));
      clearInterval(timer);
      expect(turns).toBeGreaterThan(2);
    });

    test('fails with the HealthError it met', async () => {
      const missing = join(temporaryFolder(), 'nowhere');
      const failure = collect(run(missing, ALL));
      await expect(failure).rejects.toBeInstanceOf(HealthError);
      await expect(failure).rejects.toMatchObject({ code: 'no-repository', message: expect.stringContaining(missing) });
      const unknown = collect(run(longHistory(1), { ...ALL, refs: ['nothing'] }));
      await expect(unknown).rejects.toMatchObject({ code: 'bad-usage', hint: 'branches: main' });
    });

    test('stops when it is told to', async () => {
      const dir = longHistory(2600);
      const stop = new AbortController();
      const seen: ExtractEvent[] = [];
      const reading = (async () => {
        for await (const event of run(dir, { ...ALL, signal: stop.signal })) {
          seen.push(event);
          if (seen.length === 2) stop.abort();
        }
      })();
      await expect(reading).rejects.toMatchObject({ code: 'interrupted' });
      expect(seen.length).toBeLessThanOrEqual(3);
      await expect(collect(run(dir, { ...ALL, signal: stop.signal }))).rejects.toMatchObject({ code: 'interrupted' });
    });

    test('a listener may leave early', async () => {
      const seen: string[] = [];
      for await (const event of run(longHistory(2600), ALL)) {
        seen.push(event.kind);
        if (seen.length === 2) break;
      }
      expect(seen).toEqual(['outline', 'batch']);
    });
  });
}

describe.skipIf(!built)(built ? 'another thread' : 'another thread (skipped: not built, run npm run build)', () => {
  test('finds what this one finds', { timeout: 120_000 }, async () => {
    const dir = livelyHistory(900);
    const { revs } = openHistory(dir, { refs: 'branches' }).outline();
    for (const known of [new Set<string>(), new Set(revs.slice(-321))]) {
      const options = { ...ALL, known, lines: true };
      const changes = async (run: typeof extractInWorker) =>
        (await collect(run(dir, options))).flatMap((event) => (event.kind === 'batch' ? event.changes : []));
      const expected = await changes(extract);
      const letters = new Set(expected.flatMap(({ actions }) => actions.map(({ status }) => status)));
      expect([...letters].toSorted()).toEqual(expect.arrayContaining(['A', 'M', 'R', 'MM']));
      expect(expected.length).toBe(revs.length - known.size);
      expect(await changes(extractInWorker)).toEqual(expected);
    }
  });
});
