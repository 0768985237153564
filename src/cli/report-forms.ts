import { join } from 'node:path';
import { HealthError } from '../model/error.js';

export interface ReportFlags {
  html?: boolean;
  md?: boolean;
  csv?: string;
  svg?: string;
  diff?: string;
  history?: boolean;
}

/** Where each form goes. `json: '-'` is standard output. */
export interface Forms {
  html?: string;
  md?: string;
  json?: string;
  csv?: string;
  svg?: string;
}

const FOLDER = 'reports';
const DEVICE = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])$/i;

/** The study's name as a file name. */
export function slug(study: string): string {
  const plain = study
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .replace(/[^A-Za-z0-9_-]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 80);
  return plain === '' || DEVICE.test(plain) ? `study${plain === '' ? '' : `-${plain}`}` : plain;
}

/**
 * What the flags ask for. HTML when they ask for nothing; a single file form may be named by `out`, several take it as
 * their folder; JSON alone without `out` goes to standard output. HealthError bad-usage.
 */
export function chooseForms(flags: ReportFlags, json: boolean, out: string | null, study: string): Forms {
  const { csv, svg } = flags;
  const folders = { ...(csv !== undefined && { csv }), ...(svg !== undefined && { svg }) };
  const none = !flags.html && !flags.md && !json && csv === undefined && svg === undefined;
  const wanted: ('html' | 'md' | 'json')[] = [];
  if (flags.html || none) wanted.push('html');
  if (flags.md) wanted.push('md');
  if (json) wanted.push('json');

  const [first] = wanted;
  if (first === undefined && out !== null) {
    throw new HealthError('bad-usage', '--out names the file of --html, --md or --json; none of them was asked for', {
      hint: '--csv and --svg take their own folders',
    });
  }
  if (wanted.length === 1 && first !== undefined) {
    if (out !== null) return { ...folders, [first]: out };
    if (first === 'json' && csv === undefined && svg === undefined) return { json: '-' };
  }
  const folder = out ?? FOLDER;
  return { ...folders, ...Object.fromEntries(wanted.map((form) => [form, join(folder, `${slug(study)}.${form}`)])) };
}
