import { HealthError } from '../model/error.js';

/** What is to run, and when. */
export interface Job {
  study: string;
  /** Checked by `readCron`. */
  cron: string;
  /** IANA name; null: the machine's own. */
  zone: string | null;
  /** The folder it runs in, absolute. */
  folder: string;
  /** The program and what it is told: node, the script, `evaluate`, options. */
  command: readonly string[];
  /** Options after `evaluate`, for places that have a program of their own. */
  options: readonly string[];
  version: string;
}

/** A file of a schedule. */
export interface ScheduleFile {
  name: string;
  text: string;
}

/** Letters, digits and dashes of a study's name: `our-stack`. */
export function jobName({ study }: Pick<Job, 'study'>): string {
  const plain = study
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  return plain === '' ? 'stack-health' : `stack-health-${plain}`;
}

/** HealthError bad-usage where a word would break out of its line. */
export function refuseLineBreaks(words: readonly string[], kind: string): void {
  // oxlint-disable-next-line no-control-regex -- a crontab and a unit are made of lines
  const bad = words.find((word) => /[\u0000-\u001f\u007f]/.test(word));
  if (bad === undefined) return;
  throw new HealthError('bad-usage', `${kind} can't hold a line break or another control character: ${bad}`, {
    hint: 'Rename that file or folder, or run the command from another place.',
  });
}

/** A word as a POSIX shell reads it. */
export function quoted(word: string): string {
  return /^[A-Za-z0-9_@+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
