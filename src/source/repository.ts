import { existsSync, lstatSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { HealthError } from '../model/error.js';
import type { HistoryFlag } from '../model/history.js';
import { type GitConfig, isTrue, parseGitConfig, setting } from './git-config.js';
import { isMissing } from './objects/damage.js';
import { isOid } from './objects/object-id.js';

/** Where a repository's parts are, and what is unusual about it. */
export interface Repository {
  /** Holds HEAD; differs from `common` in a linked worktree. */
  gitDir: string;
  /** Holds refs, objects and config. */
  common: string;
  bare: boolean;
  flags: HistoryFlag[];
  /** Parents that replace a commit's own (info/grafts), or cut it off (shallow: none). By rev. */
  grafts: ReadonlyMap<string, readonly string[]>;
}

/** Repository extensions that change nothing about how history is read. */
const HARMLESS = new Set(['noop', 'noop-v1', 'preciousobjects', 'partialclone', 'worktreeconfig', 'relativeworktrees']);

/** A file's text, or null when there is none. */
export function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (isMissing(error) || (error instanceof Error && 'code' in error && error.code === 'EISDIR')) return null;
    throw error;
  }
}

function exists(path: string): boolean {
  // HEAD of old repositories is a symbolic link, which may dangle.
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

function commonDir(gitDir: string): string {
  const pointer = readText(join(gitDir, 'commondir'))?.trim();
  return pointer ? resolve(gitDir, pointer) : gitDir;
}

function isGitDir(dir: string): boolean {
  if (!exists(join(dir, 'HEAD'))) return false;
  const common = commonDir(dir);
  return existsSync(join(common, 'objects')) && existsSync(join(common, 'refs'));
}

/** Follows a `.git` file of a worktree or submodule. */
function followPointer(file: string): string | null {
  const target = /^gitdir: (.+?)[\r\n]*$/.exec(readText(file) ?? '')?.[1];
  return target === undefined ? null : resolve(dirname(file), target);
}

function findGitDir(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) throw new HealthError('no-repository', `${path}: there is no such folder`);
  const dot = stat.isDirectory() ? join(path, '.git') : path;
  const isFile = statSync(dot, { throwIfNoEntry: false })?.isFile() ?? false;
  const dir = isFile ? followPointer(dot) : dot;
  if (dir !== null && isGitDir(dir)) return dir;
  if (stat.isDirectory() && isGitDir(path)) return path;
  if (isFile && dir !== null) {
    throw new HealthError('no-repository', `${path}: its .git file points to ${dir}, which is no git folder`);
  }
  throw new HealthError('no-repository', `${path} is not a git repository`, {
    hint: 'name the folder of a work tree, or a bare repository',
  });
}

function checkFormat(path: string, common: string, config: GitConfig): void {
  const refuse = (reason: string, hint?: string): never => {
    throw new HealthError('unsupported-repository', `${path}: ${reason}`, hint === undefined ? {} : { hint });
  };
  const version = Number(setting(config, 'core.repositoryformatversion') ?? 0);
  if (version > 1) refuse(`its repository format, version ${version}, is not known`);
  const format = setting(config, 'extensions.objectformat') ?? 'sha1';
  if (format.toLowerCase() !== 'sha1') refuse(`it uses the object format ${format}; only SHA-1 can be read`);
  const refs =
    setting(config, 'extensions.refstorage') ?? (existsSync(join(common, 'reftable')) ? 'reftable' : 'files');
  if (refs.toLowerCase() !== 'files') {
    refuse(`it keeps its refs as ${refs}`, 'a clone made with git clone --mirror --ref-format=files can be read');
  }
  if (version < 1) return;
  for (const key of config.keys()) {
    const extension = /^extensions\.(.+)$/.exec(key)?.[1];
    if (extension === undefined || ['objectformat', 'refstorage'].includes(extension)) continue;
    if (!HARMLESS.has(extension)) refuse(`it has the extension ${extension}, which is not known`);
  }
}

function isPartial(config: GitConfig): boolean {
  if (config.has('extensions.partialclone')) return true;
  return [...config.keys()].some((key) => /^remote\..+\.promisor$/.test(key) && isTrue(setting(config, key)));
}

/** As `git clone --mirror` makes it: it fetches every ref under its own name. */
function isMirror(config: GitConfig): boolean {
  return [...config].some(
    ([key, values]) => /^remote\..+\.fetch$/.test(key) && values.some((value) => /^\+?refs\/\*:refs\/\*$/.test(value)),
  );
}

/** Lines of revs: a commit, then the parents it is to have. */
function readGrafts(path: string, into: Map<string, readonly string[]>): boolean {
  const lines = (readText(path) ?? '').split('\n').map((line) => line.trim());
  const grafts = lines.map((line) => line.split(/\s+/)).filter((revs) => revs.every(isOid));
  for (const [rev, ...parents] of grafts) into.set(rev, parents);
  return grafts.length > 0;
}

/** Finds and checks a repository: a work tree, a linked worktree, a git folder or a bare repository. */
export function openRepository(path: string, options: { allowShallow?: boolean } = {}): Repository {
  const gitDir = findGitDir(path);
  const common = commonDir(gitDir);
  const config = parseGitConfig(readText(join(common, 'config')) ?? '');
  checkFormat(path, common, config);
  const flags: HistoryFlag[] = [];
  const grafts = new Map<string, readonly string[]>();
  if (readGrafts(join(common, 'info', 'grafts'), grafts)) flags.push('grafted');
  if (readGrafts(join(common, 'shallow'), grafts)) {
    if (!options.allowShallow) {
      throw new HealthError('shallow', `${path} is a shallow clone: its older history is missing`, {
        hint: 'complete it with git fetch --unshallow, or take it as it is with --allow-shallow',
      });
    }
    flags.unshift('shallow');
  }
  if (isPartial(config)) flags.push('partial');
  if (isMirror(config)) flags.push('mirror');
  const bare = setting(config, 'core.bare');
  return { gitDir, common, bare: bare === undefined ? basename(common) !== '.git' : isTrue(bare), flags, grafts };
}
