import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import type { HealthError } from '../../src/model/error.js';
import type { ProgressEvent } from '../../src/model/progress.js';
import type { Project } from '../../src/model/project.js';
import type { ObtainOptions } from '../../src/source/transport-options.js';
import { obtain } from '../../src/source/transport.js';
import { startGitServer, type GitServer, type GitServerOptions } from '../fixtures/git-server.js';
import { temporaryFolder, TestRepository } from '../fixtures/repository.js';

export function project(url: string, name = 'sample'): Project {
  return { name, url, refs: 'branches', layer: null, tags: [] };
}

/** Runs git on a bare repository and returns what it printed, trimmed. */
export function gitIn(dir: string, ...args: string[]): string {
  return execFileSync('git', ['-c', 'safe.directory=*', '--git-dir', dir, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 1 << 28,
  }).trim();
}

/** All that git sees of a repository's state; throws when git finds anything wrong with it. */
export function stateOf(dir: string): { refs: string[]; head: string } {
  gitIn(dir, 'fsck', '--strict', '--full', '--no-dangling');
  return { refs: refsOf(dir), head: gitIn(dir, 'symbolic-ref', 'HEAD') };
}

export function refsOf(dir: string): string[] {
  return gitIn(dir, 'for-each-ref', '--format=%(refname) %(objectname) %(*objectname)', 'refs/heads', 'refs/tags')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

export interface Served {
  server: GitServer;
  /** The repository behind the server: what is committed here is served. */
  origin: TestRepository;
  url: string;
  clones: string;
  /** Where `fetch` puts the clone. */
  clone: string;
  fetch(options?: Partial<ObtainOptions>): Promise<string>;
  events: ProgressEvent[];
}

/** A repository with a few commits, a server in front of it and an empty folder for clones. */
export async function serve(options: GitServerOptions = {}): Promise<Served> {
  const dir = temporaryFolder();
  const root = join(dir, 'root');
  mkdirSync(root);
  const origin = new TestRepository(join(root, 'sample'));
  origin.commit({ files: { 'a.txt': 'one\n' } });
  origin.commit({ files: { 'a.txt': 'one\ntwo\n', 'folder/b.txt': 'b\n' } });
  const server = await startGitServer(root, options);
  onTestFinished(() => server.close());
  const clones = join(dir, 'clones');
  const url = `${server.url}/sample`;
  const events: ProgressEvent[] = [];
  return {
    server,
    origin,
    url,
    clones,
    clone: join(clones, 'sample.git'),
    events,
    fetch: (more) =>
      obtain(project(url), { clones, environment: {}, progress: (event) => events.push(event), ...more }),
  };
}

/** What the clone should hold: the server's branches, tags and default branch. */
export function expectSame(clone: string, origin: TestRepository): void {
  const served = stateOf(join(origin.dir, '.git'));
  expect(stateOf(clone)).toEqual(served);
}

/** The HealthError that a promise ends with. */
export async function failureOf(promise: Promise<unknown>): Promise<HealthError> {
  const error = await promise.then(
    () => new Error('it worked'),
    (reason: unknown) => reason,
  );
  expect(error).toHaveProperty('name', 'HealthError');
  return error as HealthError;
}

/** Bytes that don't compress, the same every time. */
export function noise(size: number, seed = 1): Buffer {
  const bytes = Buffer.alloc(size);
  let state = seed;
  for (let i = 0; i < size; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    bytes[i] = state >>> 24;
  }
  return bytes;
}
