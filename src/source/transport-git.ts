import { existsSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../files/folder.js';
import { HealthError } from '../model/error.js';
import { parseAddress, type GitAddress } from './transport-address.js';
import { makeRepositoryFolders, ownMark, syncFolder } from './transport-files.js';
import { gitSetting, runGit, type GitRun } from './transport-git-program.js';
import { TALK_TIMEOUT, type ObtainOptions } from './transport-options.js';
import { countedIn } from './transport-progress-lines.js';
import { readShallow, writeRefState } from './transport-ref-files.js';
import { refState, type ListedRef, type RefState } from './transport-refs.js';
import type { Remote, RemoteRefs, Say } from './transport-remote.js';

/**
 * A repository that the system's git reads, over ssh or git://. git is used as plumbing only: it lists the refs, and
 * fetches packs into a folder of their own; refs and clone are this tool's affair, as with http(s).
 */
export async function gitRemote(address: GitAddress, options: ObtainOptions, say: Say): Promise<Remote> {
  const { url } = address;
  const run: GitRun = {
    url,
    gitDir: null,
    environment: options.environment ?? process.env,
    signal: options.signal,
    idleTimeout: options.idleTimeout ?? TALK_TIMEOUT,
  };
  say({});
  const place = await effectiveUrl(url, run);
  if (parseAddress(place).kind !== 'git') throw elsewhere(url);
  run.environment = await quietSsh(run);
  const listed = parseRefs(await runGit(['ls-remote', '--symref', '--', place], run), url);
  const refs: RemoteRefs = { ...refState(listed, url), shallow: [] };
  return {
    url,
    refs,
    bring: async (gitDir, local) => {
      const folder = join(gitDir, `fetch.incoming-${ownMark()}`);
      try {
        const shallow = await fetchInto(folder, gitDir, local, { place, refs, run, say });
        return { ...refs, shallow };
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  };
}

/** Where the user's `url.….insteadOf` leads; plumbing doesn't look there by itself. */
async function effectiveUrl(url: string, run: GitRun): Promise<string> {
  return (await runGit(['ls-remote', '--get-url', '--', url], run)).trim();
}

function elsewhere(url: string): HealthError {
  return new HealthError(
    'bad-usage',
    `${url}: git's configuration (url.….insteadOf) leads to an address of another kind`,
    {
      hint: 'Give that address in the configuration of this tool.',
    },
  );
}

/** The user's own ssh command is left as it is; else ssh is told not to ask anything. */
async function quietSsh(run: GitRun): Promise<GitRun['environment']> {
  const { environment } = run;
  const own = environment['GIT_SSH_COMMAND'] || environment['GIT_SSH'] || (await gitSetting('core.sshCommand', run));
  return own ? environment : { ...environment, GIT_SSH_COMMAND: 'ssh -o BatchMode=yes' };
}

/** Lines of `git ls-remote --symref`: `ref: TARGET<tab>HEAD`, `OID<tab>NAME`, `OID<tab>NAME^{}`. */
function parseRefs(text: string, url: string): ListedRef[] {
  const listed = new Map<string, ListedRef>();
  let target: string | undefined;
  for (const line of text.split('\n')) {
    const symbolic = /^ref: (.+)\tHEAD$/.exec(line)?.[1];
    target ??= symbolic;
    const [, oid, name = ''] = /^([0-9a-f]{40,64})\t(.+)$/.exec(line) ?? [];
    if (oid === undefined) continue;
    if (oid.length !== 40) {
      throw new HealthError('unsupported-repository', `${url}: only SHA-1 repositories are read`);
    }
    const tag = name.endsWith('^{}') ? listed.get(name.slice(0, -3)) : undefined;
    if (tag) tag.peeled = oid;
    else listed.set(name, { ref: name, oid, ...(name === 'HEAD' && target !== undefined && { target }) });
  }
  return [...listed.values()];
}

interface GitFetch {
  /** The address that git gets. */
  place: string;
  refs: RefState;
  run: GitRun;
  say: Say;
}

/**
 * Fetches into an empty repository of its own that borrows the clone's objects and refs, then moves the packs over.
 * Returns the commits whose parents the server doesn't have.
 */
async function fetchInto(
  folder: string,
  gitDir: string,
  local: RefState,
  { place, refs, run, say }: GitFetch,
): Promise<string[]> {
  makeRepositoryFolders(folder);
  writeFileSync(join(folder, 'config'), '[core]\n\trepositoryformatversion = 0\n\tbare = true\n');
  // With parents missing, a tip doesn't stand for its whole history: then all is fetched anew.
  const truncated = existsSync(join(gitDir, 'shallow'));
  if (!truncated) writeFileSync(join(folder, 'objects/info/alternates'), '../../objects\n');
  writeRefState(folder, truncated ? { refs: new Map(), head: null } : local);
  const wanted = [...refs.refs.keys()];
  if (refs.head !== null && !refs.head.startsWith('refs/')) wanted.push('HEAD');
  // --cloning: git takes the server's shallowness, where there is any, and says so in a file.
  const printed = await runGit(['fetch-pack', '--stdin', '--keep', '--thin', '--cloning', place], {
    ...run,
    gitDir: folder,
    input: wanted.map((name) => `${name}\n`).join(''),
    line: (text) => {
      say({ text: text.replace(/^remote: /, ''), ...countedIn(text), ...receivedIn(text) });
      return !/^(?:Receiving objects: 100%|Resolving deltas)/.test(text);
    },
  });
  checkFetched(printed, refs, run.url);
  install(join(folder, 'objects/pack'), join(gitDir, 'objects/pack'));
  return readShallow(folder);
}

/** `Receiving objects:  45% (90/200), 1.20 MiB | 1.00 MiB/s`. */
function receivedIn(line: string): { bytes: number } | null {
  const [, amount, unit = ''] = /\), ([\d.]+) (bytes|KiB|MiB|GiB)/.exec(line) ?? [];
  if (amount === undefined) return null;
  return { bytes: Math.round(Number(amount) * 1024 ** ['bytes', 'KiB', 'MiB', 'GiB'].indexOf(unit)) };
}

/** The refs may have moved since they were listed: then what came isn't what is going to be published. */
function checkFetched(printed: string, { refs }: RefState, url: string): void {
  for (const line of printed.split('\n')) {
    const [, oid, name = ''] = /^([0-9a-f]{40}) (refs\/.+)$/.exec(line) ?? [];
    if (oid === undefined || refs.get(name)?.oid === oid) continue;
    throw new HealthError('unreachable', `${url}: its refs changed while they were fetched`, {
      hint: 'Nothing was changed; run it again.',
    });
  }
}

/** Each pack before its index: without that nobody reads it. */
function install(from: string, to: string): void {
  makeFolder(to);
  for (const name of readdirSync(from).filter((one) => /^pack-[0-9a-f]{40}\.idx$/.test(one))) {
    const pack = name.replace(/idx$/, 'pack');
    renameSync(join(from, pack), join(to, pack));
    renameSync(join(from, name), join(to, name));
    syncFolder(join(to, name));
  }
}
