/** A version as somebody wrote it down: a package's, a tag's or a plain one. */
export interface WrittenVersion {
  /** Without zeros at the end. */
  numbers: number[];
  /** Of a pre-release, without separators and in lower case: `rc3`; null: it is none. */
  pre: string | null;
}

/** What stands before the numbers: words and their separators, a `v`, the epoch of a package. */
const BEFORE = /^(?:\d+:)?(?:[A-Za-z][\w.+]*?[-_/ ])*[A-Za-z]*?(?:\d+:)?(?=\d)/;
const NUMBERS = /^\d{1,8}(?:[._]\d{1,8})*/;
/** Numbers between dashes mean a version only where there is nothing but them: `1-4-5`. */
const DASHED = /^\d{1,8}(?:-\d{1,8}){2,}$/;
const PRE =
  /^[-_.~]?(?:\d+[-_.]?)?((?:alpha|beta|rc|cr|preview|pre|dev|snapshot|nightly|milestone|test|[abcm](?=\d))[-_.]?\d*)/i;
/** What a package adds: its own release, the distribution, the day of a snapshot. */
const PACKAGE = /^(?:[-_+~].*|\.(?:el|fc|rhel|centos|amzn|suse|mga|x86_64|noarch|i\d86|aarch64|ppc64le).*)?$/i;

/**
 * Reads a version: `1.4.5`, `v1.4.5`, `corosync-1.4.5`, `Pacemaker-1.1.10-rc3`, `release_8_4_3`, and those of packages,
 * whose epoch and release are left out: `1:1.1.10-14.el6_5.3`, `8.4.3-2.2`, `1.4.5.fc20`. Null: it can't be read.
 */
export function readVersion(text: string): WrittenVersion | null {
  const written = text.trim();
  const before = BEFORE.exec(written);
  if (!before) return null;
  const rest = written.slice(before[0].length);
  if (DASHED.test(rest)) return { numbers: trimmed(rest.split('-').map(Number)), pre: null };
  const [numbers] = NUMBERS.exec(rest) ?? [''];
  const after = rest.slice(numbers.length);
  const early = PRE.exec(after);
  if (!early && !PACKAGE.test(after)) return null;
  return { numbers: trimmed(numbers.split(/[._]/).map(Number)), pre: early ? plainPre(early[1] ?? '') : null };
}

/** Less than zero: `a` is the lower version. A pre-release is lower than its release. */
export function compareVersions(a: WrittenVersion, b: WrittenVersion): number {
  for (let i = 0; i < Math.max(a.numbers.length, b.numbers.length); i++) {
    const difference = (a.numbers[i] ?? 0) - (b.numbers[i] ?? 0);
    if (difference !== 0) return difference;
  }
  if (a.pre === b.pre) return 0;
  if (a.pre === null || b.pre === null) return a.pre === null ? 1 : -1;
  return a.pre.localeCompare(b.pre, 'en', { numeric: true });
}

function plainPre(text: string): string {
  return text.replace(/[-_.~]/g, '').toLowerCase();
}

function trimmed(numbers: number[]): number[] {
  let end = numbers.length;
  while (end > 1 && numbers[end - 1] === 0) end--;
  return numbers.slice(0, end);
}
