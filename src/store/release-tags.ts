/** A tag that names a release, read from its name alone. */
export interface ReleaseTag {
  tag: string;
  /** The numbers, and the pre-release's name where it is one: `1.1.10-rc3`. */
  version: string;
  major: number;
  minor: number | null;
  patch: number | null;
  /** A pre-release: alpha, beta, rc and their like. */
  pre: boolean;
  /** semver: three numbers (v1.2.3); calver: a year first; dotted: any other run of numbers. */
  scheme: 'semver' | 'calver' | 'dotted';
}

const NUMBERS = /^(\d{1,8})(?:([._-])(\d{1,8})(?:\2(\d{1,8})(?:\2(\d{1,8}))?)?)?(?=$|[^\d.])/;
/** What stands before the numbers: words that end in a separator or in v (`Pacemaker-`, `release/`, `v`), or `go`. */
const PREFIX = /^((?:[A-Za-z@][\w.@+]*?[-_/@. ])*?[A-Za-z]*?[-_/@. ]?)(?:[vV][-_. ]?)?(?=\d)/;
const PRE =
  /^[-_.~]?(?:\d+[-_.]?)?(?:alpha|beta|rc|cr|preview|pre|dev|snapshot|nightly|milestone|test|[abcm])[-_.]?\d*/i;
const POST = /^(?:[-_.+]?(?:final|ga|release|stable|post\d*|p\d+|sp\d+)|[-_+.]\d+|\+[\w.-]+)$/i;
/** Prefixes that say nothing but "a version". */
const PLAIN = new Set(['', 'release', 'rel', 'version', 'ver', 'r', 'tags']);
/** Of the tags with numbers; a prefix that is rarer names something else: a distribution, a package for it. */
const SHARE = 0.1;

interface Candidate {
  prefix: string;
  release: ReleaseTag;
}

/**
 * Those of a repository's tags that name releases. What stands before the number (a project's name, `release-`) must be
 * usual in this repository, so that tags such as RHEL6.0 of a project that is not called RHEL are left out; so are tags
 * with words after the number that are no name of a pre-release (8.4.2amz2, 1.1.10-1.el6).
 */
export function releaseTags(tags: readonly string[]): ReleaseTag[] {
  const candidates = tags.flatMap((tag) => candidate(tag) ?? []);
  const counts = new Map<string, number>();
  for (const { prefix } of candidates) counts.set(prefix, (counts.get(prefix) ?? 0) + 1);
  const usual = (prefix: string) => PLAIN.has(prefix) || (counts.get(prefix) ?? 0) >= SHARE * candidates.length;
  const kept = candidates.filter(({ prefix }) => usual(prefix));
  return (kept.length > 0 ? kept : candidates).map(({ release }) => release);
}

function candidate(tag: string): Candidate | null {
  const before = PREFIX.exec(tag);
  if (!before) return null;
  const rest = tag.slice(before[0].length);
  const numbers = NUMBERS.exec(rest);
  if (!numbers) return null;
  const [all, first, , ...others] = numbers;
  const parts = [first, ...others].filter((part) => part !== undefined).map(Number);
  const prefix = (before[1] ?? '').replace(/[-_/@. ]+$/, '').toLowerCase();
  const hasV = /[vV][-_. ]?$/.test(before[0]);
  // A lone number is a version only where something says so.
  if (parts.length === 1 && prefix === '' && !hasV) return null;
  const suffix = rest.slice(all.length);
  const early = PRE.exec(suffix);
  const isPre = early !== null && early[0] === suffix;
  if (suffix !== '' && !isPre && !POST.test(suffix)) return null;
  const [major = 0, minor = null, patch = null] = parts;
  const calver = /^(19|20)\d{2}$/.test(String(major)) || /^(19|20)\d{2}(0[1-9]|1[0-2])([0-3]\d)$/.test(String(major));
  const numbersText = parts.join('.');
  const release: ReleaseTag = {
    tag,
    version: isPre ? `${numbersText}-${suffix.replace(/^[-_.~]/, '')}` : numbersText,
    major,
    minor,
    patch,
    pre: isPre,
    scheme: calver ? 'calver' : parts.length === 3 ? 'semver' : 'dotted',
  };
  return { prefix, release };
}
