import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../fixtures/repository.js';
import { expectSame, noise, refsOf, serve, stateOf, type Served } from './transport-setup.js';

const entry = new URL('../../src/source/transport.ts', import.meta.url).pathname;
let code = '';

// A process of its own that can be killed needs the source as JavaScript.
beforeAll(async () => {
  const result = await build({
    stdin: {
      contents: `import { obtain } from ${JSON.stringify(entry)};
        const [url, clones] = process.argv.slice(2);
        const project = { name: 'sample', url, refs: 'branches', layer: null, tags: [] };
        process.stdout.write('start\\n');
        obtain(project, { clones });`,
      resolveDir: join(entry, '..'),
    },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    // From there the built kernel is found.
    define: { 'import.meta.url': JSON.stringify(new URL('../../src/source/kernel/kernel.ts', import.meta.url).href) },
    write: false,
    logLevel: 'error',
  });
  code = result.outputFiles[0]?.text ?? '';
});

/** Runs a fetch in a process of its own and kills it as soon as `when` says so. Ends when the process has. */
async function fetchAndKill({ url, clones }: Served, when: () => boolean): Promise<void> {
  const script = join(temporaryFolder(), 'fetch.cjs');
  writeFileSync(script, code);
  const child = spawn(process.execPath, [script, url, clones], { stdio: ['ignore', 'pipe', 'inherit'] });
  let timer: NodeJS.Timeout | undefined;
  child.stdout.once('data', () => {
    timer = setInterval(() => when() && child.kill('SIGKILL'), 5);
  });
  await new Promise((resolve) => child.on('close', resolve));
  clearInterval(timer);
}

/** True once a part of a pack is below `folder`, in a file that isn't finished: its first batch, since the next may stay in memory. */
function packArrives(folder: string): boolean {
  if (!existsSync(folder)) return false;
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).some(
    (name) => name.includes('tmp_pack_') && (statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0) > 5e4,
  );
}

describe('kill -9', () => {
  test('in the middle of a first clone: nothing at its place, and the next run clears up', async () => {
    const served = await serve({ packBytes: 200_000, afterPack: 'stall' });
    served.origin.commit({ files: { 'noise.bin': noise(400_000) } });
    await fetchAndKill(served, () => packArrives(served.clones));
    expect(existsSync(served.clone)).toBe(false);
    expect(readdirSync(served.clones).join()).toMatch(/^sample\.git\.incoming-\d+-\w+$/);
    served.server.options = {};
    await served.fetch();
    expectSame(served.clone, served.origin);
    expect(readdirSync(served.clones)).toEqual(['sample.git']);
  });

  test('in the middle of a later fetch: the old state whole, and the next run completes', async () => {
    const served = await serve();
    await served.fetch();
    const before = stateOf(served.clone);
    served.origin.commit({ files: { 'noise.bin': noise(400_000) } });
    served.origin.git('tag', '-a', '-m', 'New', 'v1');
    served.server.options = { packBytes: 200_000, afterPack: 'stall' };
    await fetchAndKill(served, () => packArrives(served.clones));
    expect(stateOf(served.clone)).toEqual(before);
    const packs = join(served.clone, 'objects/pack');
    expect(readdirSync(packs).some((name) => name.startsWith('tmp_pack_'))).toBe(true);
    served.server.options = {};
    await served.fetch();
    expectSame(served.clone, served.origin);
    expect(readdirSync(packs).some((name) => name.startsWith('tmp_pack_'))).toBe(false);
  });

  test('at any moment: what is there is the old state or the new one', async () => {
    const served = await serve();
    mkdirSync(served.clones, { recursive: true });
    await served.fetch();
    for (let round = 0; round < 8; round++) {
      const before = refsOf(served.clone);
      served.origin.commit({ files: { 'noise.bin': noise(300_000, round) } });
      const after = refsOf(join(served.origin.dir, '.git'));
      // From before the first request to after the last file.
      const end = { at: 0 };
      await fetchAndKill(served, () => performance.now() > (end.at ||= performance.now() + 5 + round * 15));
      expect([before, after]).toContainEqual(stateOf(served.clone).refs);
    }
    await served.fetch();
    expectSame(served.clone, served.origin);
  });
});
