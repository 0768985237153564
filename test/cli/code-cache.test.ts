import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runHealth, type RunResult } from '../fixtures/cli.js';
import { temporaryFolder } from '../fixtures/repository.js';

interface Place {
  /** Where code is kept. */
  folder: string;
  run: (args?: string[], env?: Record<string, string>) => Promise<RunResult>;
  kept: () => string[];
}

/** A user with a cache folder of their own; what they ask is what takes no store. */
function place(): Place {
  const home = temporaryFolder();
  const folder = join(home, 'cache', 'stack-health');
  const env = { XDG_CACHE_HOME: join(home, 'cache'), LOCALAPPDATA: join(home, 'cache') };
  return {
    folder,
    run: (args = ['metrics'], more = {}) => runHealth(args, { cwd: home, env: { ...env, ...more } }),
    kept: () => (existsSync(folder) ? readdirSync(folder) : []),
  };
}

const onLinux = process.platform === 'linux';

test.runIf(onLinux)('keeps code for each command, and says the same with it', async () => {
  const { run, kept, folder } = place();
  const first = await run();
  expect(first).toMatchObject({ code: 0, stderr: '' });
  const [name = ''] = kept();
  expect(kept()).toHaveLength(1);
  expect(name).toMatch(/^program-[A-Z0-9]+\.cjs-\d+-metrics$/);
  expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  const written = readFileSync(join(folder, name)).subarray(16);
  expect(await run()).toEqual(first);
  // It was taken: a run that finds none it can use would have written anew what it compiled, or nothing.
  expect(readFileSync(join(folder, name)).subarray(16).equals(written)).toBe(true);
  expect(readFileSync(join(folder, name)).readUInt32LE(8)).toBe(1);
  await run(['catalogue']);
  expect(kept()).toHaveLength(2);
});

test.runIf(onLinux)('what was damaged is compiled again and replaced', async () => {
  const { run, kept, folder } = place();
  const first = await run();
  const path = join(folder, kept()[0]!);
  const whole = readFileSync(path);
  for (const damage of [
    (bytes: Buffer) => bytes.fill(0xa5, 5000, 6000),
    (bytes: Buffer) => bytes.subarray(0, 3000),
    (bytes: Buffer) => bytes.subarray(0, 5),
    () => Buffer.alloc(0),
  ]) {
    writeFileSync(path, damage(Buffer.from(whole)));
    expect(await run()).toEqual(first);
    expect(readFileSync(path).length).toBeGreaterThan(100_000);
  }
});

test.runIf(onLinux)('where it cannot be kept, or must not be, all works the same', async () => {
  const { run, kept } = place();
  const first = await run(undefined, { NODE_DISABLE_COMPILE_CACHE: '1' });
  expect(first.code).toBe(0);
  expect(kept()).toEqual([]);
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, '');
  expect(await run(undefined, { XDG_CACHE_HOME: file })).toEqual(first);
  const closed = temporaryFolder();
  mkdirSync(join(closed, 'stack-health'));
  chmodSync(join(closed, 'stack-health'), 0o500);
  expect(await run(undefined, { XDG_CACHE_HOME: closed })).toEqual(first);
});

test.runIf(onLinux)('nothing is kept of what failed or is no command; what is old goes', async () => {
  const { run, kept, folder } = place();
  expect((await run(['metrics', '--no-such-option'])).code).toBe(2);
  expect((await run(['no-such-command'])).code).toBe(2);
  expect((await run(['../metrics'])).code).toBe(2);
  expect(kept()).toEqual([]);
  mkdirSync(folder, { recursive: true });
  const old = join(folder, 'program-OLD.cjs-1-collect');
  writeFileSync(old, 'of another build');
  const longAgo = new Date('2020-01-01T00:00:00Z');
  utimesSync(old, longAgo, longAgo);
  await run();
  expect(kept()).toHaveLength(1);
  expect(existsSync(old)).toBe(false);
});

test.runIf(onLinux)('a collect has a program of its own', async () => {
  const { run, kept } = place();
  const result = await run(['collect', '--help']);
  expect(result).toMatchObject({ code: 0, stderr: '' });
  expect(kept()).toEqual([expect.stringMatching(/^collect-[A-Z0-9]+\.cjs-\d+-collect$/)]);
});
