import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { openHistory } from '../../src/source/history.js';
import { consolidatePacks } from '../../src/source/transport-consolidation.js';
import { distanceBytes, entryStart } from '../../src/source/transport-pack-entry.js';
import { temporaryFolder } from '../fixtures/repository.js';
import { expectSame, gitIn, noise, serve, stateOf, type Served } from './transport-setup.js';

const packsIn = (clone: string, ending = '.pack') =>
  readdirSync(join(clone, 'objects/pack')).filter((name) => name.endsWith(ending));

const objectsIn = (clone: string) =>
  gitIn(clone, 'cat-file', '--batch-all-objects', '--batch-check', '--unordered').split('\n').sort();

function verifyPacks(clone: string): void {
  const folder = join(clone, 'objects/pack');
  gitIn(clone, 'verify-pack', ...packsIn(clone, '.idx').map((name) => join(folder, name)));
}

/** A clone that has been brought up to date 18 times: 19 packs, with deltas, beside a large first one. */
async function manyPacks(): Promise<Served> {
  const served = await serve();
  const lines = noise(8000).toString('hex').match(/.{40}/g) ?? [];
  served.origin.commit({ files: { 'long.txt': lines.join('\n'), 'noise.bin': noise(400_000) } });
  await served.fetch();
  for (let i = 0; i < 18; i++) {
    for (let j = 0; j < 3; j++) {
      lines[i * 5 + j] = `changed in ${i} ${j}`;
      served.origin.commit({ files: { 'long.txt': lines.join('\n'), [`folder/${i}.txt`]: `${i} ${j}\n` } });
    }
    await served.fetch();
  }
  expect(packsIn(served.clone)).toHaveLength(19);
  return served;
}

describe('many small packs become one', () => {
  test('at the twentieth fetch, with every object and nothing for git to complain about', async () => {
    const { fetch, origin, clone } = await manyPacks();
    const large = packsIn(clone).find((name) => readFileSync(join(clone, 'objects/pack', name)).length > 300_000);
    origin.commit({ files: { 'last.txt': 'last\n' } });
    await fetch();
    expect(packsIn(clone)).toHaveLength(2);
    expect(packsIn(clone)).toContain(large);
    expect(packsIn(clone, '.idx')).toHaveLength(2);
    verifyPacks(clone);
    expectSame(clone, origin);
    await fetch();
    expect(packsIn(clone)).toHaveLength(2);
  });

  test('with objects that several packs hold, and deltas by id', async () => {
    const { origin, clone } = await manyPacks();
    const folder = join(clone, 'objects/pack');
    // The same objects again in other packs, as deltas on others.
    for (const depth of [1, 5]) {
      const revs = gitIn(clone, 'rev-list', '--objects', '--all', '--no-object-names');
      execFileSync(
        'git',
        ['--git-dir', clone, 'pack-objects', '--quiet', '--no-reuse-delta', `--depth=${depth}`, join(folder, 'pack')],
        {
          input: `${revs.split('\n').slice(depth).join('\n')}\n`,
        },
      );
    }
    const before = objectsIn(clone);
    expect(await consolidatePacks(clone)).toBeGreaterThan(19);
    verifyPacks(clone);
    expect(objectsIn(clone)).toEqual(before);
    expectSame(clone, origin);
  });

  test('and whoever reads the clone meanwhile reads on', async () => {
    const { fetch, origin, clone } = await manyPacks();
    const history = openHistory(clone, { refs: 'branches', allowShallow: false });
    try {
      history.snapshot();
      origin.commit();
      await fetch();
      expect(packsIn(clone)).toHaveLength(2);
      const { revs } = history.outline();
      expect(revs).toHaveLength(57);
      for (const rev of revs) history.actions(rev);
    } finally {
      history.close();
    }
  });
});

describe('what stays as it is', () => {
  test('packs that are to be kept, and those of a multi-pack-index', async () => {
    const { clone } = await manyPacks();
    const folder = join(clone, 'objects/pack');
    const small = packsIn(clone).map((name) => name.replace(/\.pack$/, ''));
    cpSync(join(folder, `${small[0]}.pack`), join(folder, `pack-${'0'.repeat(40)}.pack`));
    cpSync(join(folder, `${small[0]}.idx`), join(folder, `pack-${'0'.repeat(40)}.idx`));
    gitIn(clone, 'multi-pack-index', 'write');
    expect(await consolidatePacks(clone)).toBe(0);
    execFileSync('rm', [join(folder, 'multi-pack-index')]);
    for (const name of small) writeFileSync(join(folder, `${name}.keep`), '');
    expect(await consolidatePacks(clone)).toBe(0);
    expect(packsIn(clone)).toHaveLength(20);
  });

  test('everything, when a pack is damaged', async () => {
    const { fetch, origin, clone } = await manyPacks();
    const folder = join(clone, 'objects/pack');
    const sizes = packsIn(clone).map((name) => ({ name, bytes: readFileSync(join(folder, name)) }));
    const small = sizes.toSorted((a, b) => a.bytes.length - b.bytes.length)[0]!;
    small.bytes[30] = (small.bytes[30] ?? 0) ^ 0x10;
    chmodSync(join(folder, small.name), 0o644);
    writeFileSync(join(folder, small.name), small.bytes);
    origin.commit();
    await fetch();
    expect(packsIn(clone)).toHaveLength(20);
    expect(readdirSync(folder).join()).not.toContain('tmp_');
  });

  test('a pack without an index, unless it is old', async () => {
    const { fetch, origin, clone } = await serve();
    await fetch();
    const [fresh, old] = ['1', '2'].map((digit) => join(clone, `objects/pack/pack-${digit.repeat(40)}.pack`)) as [
      string,
      string,
    ];
    for (const file of [fresh, old]) writeFileSync(file, 'PACK');
    utimesSync(old, 1_400_000_000, 1_400_000_000);
    origin.commit();
    await fetch();
    expect(existsSync(fresh)).toBe(true);
    expect(existsSync(old)).toBe(false);
  });
});

test('kill -9 at any moment leaves a whole clone', async () => {
  const { clone } = await manyPacks();
  const folder = join(clone, 'objects/pack');
  const [some = ''] = packsIn(clone);
  for (const ending of ['pack', 'idx']) {
    cpSync(join(folder, some.replace(/pack$/, ending)), join(folder, `pack-${'0'.repeat(40)}.${ending}`));
  }
  const before = { state: stateOf(clone), objects: objectsIn(clone) };
  const entry = new URL('../../src/source/transport-consolidation.ts', import.meta.url).pathname;
  const script = join(temporaryFolder(), 'consolidate.cjs');
  // A process of its own that can be killed needs the source as JavaScript.
  await build({
    stdin: {
      contents: `import { consolidatePacks } from ${JSON.stringify(entry)};
        process.stdout.write('start');
        consolidatePacks(process.argv[2]);`,
      resolveDir: join(entry, '..'),
    },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outfile: script,
    logLevel: 'error',
  });
  const left = new Set<number>();
  for (let round = 0; round < 16; round++) {
    const copy = join(temporaryFolder(), 'copy.git');
    cpSync(clone, copy, { recursive: true });
    const packs = join(copy, 'objects/pack');
    const child = spawn(process.execPath, [script, copy], { stdio: ['ignore', 'pipe', 'inherit'] });
    // The first rounds at a time, the others at a number of files that are there.
    const watch = setInterval(() => {
      const files = readdirSync(packs).length;
      if (round >= 6 && files < 40 - (round - 6) * 4 + 2) child.kill('SIGKILL');
    }, 0);
    child.stdout.once('data', () => round < 6 && setTimeout(() => child.kill('SIGKILL'), round * 4));
    await new Promise((resolve) => child.on('close', resolve));
    clearInterval(watch);
    left.add(readdirSync(packs).length);
    expect(objectsIn(copy)).toEqual(before.objects);
    expect(stateOf(copy)).toEqual(before.state);
    await consolidatePacks(copy);
    expect(objectsIn(copy)).toEqual(before.objects);
  }
  expect(left.size).toBeGreaterThan(1);
});

test.each([1, 127, 128, 16_511, 16_512, 2 ** 31 + 5, 2 ** 40])(
  'a distance of %d is read as it was written',
  (distance) => {
    const entry = Buffer.concat([Buffer.from([0xe5, 0x01]), distanceBytes(distance), Buffer.from([0x78])]);
    expect(entryStart(entry, 0)).toEqual({ distance, distanceAt: 2, dataAt: entry.length - 1 });
  },
);
