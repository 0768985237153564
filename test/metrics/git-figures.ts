import { execFileSync } from 'node:child_process';

/** One commit as plain `git log` tells it, names and addresses as they are written in it. */
interface Logged {
  author: string;
  committer: string;
  /** Wall clocks, `YYYY-MM-DD HH:MM:SS`. */
  authorDate: string;
  date: string;
  /** Seconds from author to committer date. */
  waited: number;
  merge: boolean;
  paths: string[];
}

function git(dir: string, ...args: string[]): string {
  return execFileSync('git', ['-C', dir, '-c', 'core.quotePath=false', ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 30,
    env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' },
  });
}

/** What metrics should give, worked out from `git log` and `git shortlog` alone. */
export class GitFigures {
  readonly #dir: string;
  readonly #asOf: string;
  readonly commits: readonly Logged[];
  /** Contributions, by author, as CHAOSS counts: those whose author's day is not after the report's. */
  readonly authored: readonly Logged[];

  /** `asOf`: nothing committed after that day by the committer's wall clock. */
  constructor(dir: string, asOf: string) {
    this.#dir = dir;
    this.#asOf = asOf;
    const format = '--format=%x01%an <%ae>%x00%cn <%ce>%x00%ad%x00%cd%x00%at%x00%ct%x00%P%x00';
    const date = '--date=format:%Y-%m-%d %H:%M:%S';
    const text = git(dir, 'log', '--branches', '--tags', '-M', '--name-only', '-z', date, format);
    const commits = text.split('\u0001').slice(1);
    this.commits = commits
      .map((one): Logged => {
        const [author = '', committer = '', authorDate = '', day = '', at, ct, parents = '', ...rest] = one.split('\0');
        const paths = rest.map((path) => path.replace(/^\n+/, '')).filter((path) => path !== '');
        const waited = Number(ct) - Number(at);
        return { author, committer, authorDate, date: day, waited, merge: parents.includes(' '), paths };
      })
      .filter(({ date: day }) => day <= `${asOf} 23:59:59`);
    this.authored = this.commits.filter(({ authorDate }) => authorDate <= `${asOf} 23:59:59`);
  }

  /** Commits of the last 365 days by the author's clock; the report's day is no leap day's neighbour. */
  lastYear(back = 0): Logged[] {
    const [year = '', ...rest] = this.#asOf.split('-');
    const end = (before: number): string => `${[Number(year) - before, ...rest].join('-')} 23:59:59`;
    return this.authored.filter(({ authorDate }) => authorDate > end(back + 1) && authorDate <= end(back));
  }

  /** Files at the tip of the default branch. */
  files(): number {
    return git(this.#dir, 'ls-tree', '-r', '-z', '--name-only', 'HEAD').split('\0').length - 1;
  }

  /** Commits of each author, most first, over everything, as `git shortlog` counts them. */
  shortlog(): number[] {
    return git(this.#dir, 'shortlog', '-s', '-n', '--group=format:%an <%ae>', '--branches', '--tags')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => Number(line.trim().split('\t')[0]));
  }
}

/** Items by key, keys in order. */
export function groups<T>(items: readonly T[], key: (item: T) => string): [string, T[]][] {
  const map = new Map<string, T[]>();
  for (const item of items) {
    const group = map.get(key(item));
    if (group) group.push(item);
    else map.set(key(item), [item]);
  }
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1));
}

export function distinct<T>(items: readonly T[], key: (item: T) => string): number {
  return new Set(items.map(key)).size;
}

/** The smallest number of shares, largest first, that are half of all together. */
export function half(shares: readonly number[]): number | null {
  const total = shares.reduce((sum, n) => sum + n, 0);
  let sum = 0;
  for (const [i, n] of shares.toSorted((a, b) => b - a).entries()) {
    sum += n;
    if (sum * 2 >= total) return i + 1;
  }
  return null;
}
