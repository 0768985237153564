import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync, statfsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { HealthError } from '../model/error.js';
import type { Study } from '../model/project.js';
import { openReadable } from '../store/readable.js';
import { loadCatalogue } from './catalogue.js';

export interface DoctorLine {
  what: string;
  /** missing and bad need mending; optional is not there and not needed. */
  state: 'ok' | 'missing' | 'bad' | 'optional';
  detail: string;
  hint?: string;
}

export interface DoctorOptions {
  store: string;
  clones: string;
  /** Null: the configuration could not be read. */
  study: Study | null;
}

const SCARCE = 1 << 30;

/** Says what is there and what is missing. Changes nothing, and throws nothing for what it finds. */
export function doctor({ store, clones, study }: DoctorOptions): DoctorLine[] {
  return [
    ...storeLines(store, study),
    folderLine('store folder', dirname(resolve(store))),
    folderLine('clones folder', resolve(clones)),
    catalogueLine(),
    roomLine(dirname(resolve(store))),
    gitLine(),
  ];
}

function storeLines(store: string, study: Study | null): DoctorLine[] {
  const what = 'store';
  const hint = 'run: health collect';
  if (!existsSync(store)) return [{ what, state: 'missing', detail: `${store} is not there yet`, hint }];
  try {
    const readable = openReadable(store);
    try {
      const facts = new Map(readable.projects().map((project) => [project.name, project]));
      const detail = `${store}: ${facts.size} project${facts.size === 1 ? '' : 's'}`;
      const projects = (study?.projects ?? []).map(({ name }): DoctorLine => {
        const found = facts.get(name);
        const about = `project ${name}`;
        if (!found) return { what: about, state: 'missing', detail: 'not collected', hint };
        const flags = found.flags.length > 0 ? `, ${found.flags.join(', ')}` : '';
        return { what: about, state: 'ok', detail: `${found.commits} commits, collected ${found.collectedAt}${flags}` };
      });
      return [{ what, state: 'ok', detail }, ...projects];
    } finally {
      readable.close();
    }
  } catch (error) {
    return [badLine(what, error)];
  }
}

/** A folder that can be written to, or could be made. */
function folderLine(what: string, folder: string): DoctorLine {
  let there = folder;
  while (!existsSync(there) && dirname(there) !== there) there = dirname(there);
  try {
    accessSync(there, constants.W_OK | constants.X_OK);
    const state = there === folder ? 'writable' : 'will be made';
    return { what, state: 'ok', detail: `${folder} (${state})` };
  } catch {
    return {
      what,
      state: 'bad',
      detail: `${there} can't be written to`,
      hint: 'choose others with --store and --clones',
    };
  }
}

function catalogueLine(): DoctorLine {
  const what = 'queries';
  try {
    const catalogue = loadCatalogue();
    return { what, state: 'ok', detail: `${catalogue.queries.length} queries, ${catalogue.specs.size} charts` };
  } catch (error) {
    return badLine(what, error);
  }
}

function roomLine(folder: string): DoctorLine {
  const what = 'free disk';
  try {
    let there = folder;
    while (!existsSync(there) && dirname(there) !== there) there = dirname(there);
    const { bavail, bsize } = statfsSync(there);
    const free = bavail * bsize;
    const detail = `${(free / 1e9).toFixed(1)} GB`;
    if (free >= SCARCE) return { what, state: 'ok', detail };
    return { what, state: 'bad', detail, hint: 'large projects need more: free some, or put the store elsewhere' };
  } catch (error) {
    return badLine(what, error);
  }
}

function gitLine(): DoctorLine {
  const what = 'git';
  try {
    const text = execFileSync('git', ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return { what, state: 'ok', detail: `${text.trim()} (needed for ssh and git:// only)` };
  } catch {
    return { what, state: 'optional', detail: 'not installed; needed for ssh and git:// only' };
  }
}

function badLine(what: string, error: unknown): DoctorLine {
  if (!(error instanceof HealthError)) return { what, state: 'bad', detail: String(error) };
  const { message: detail, hint } = error;
  return { what, state: 'bad', detail, ...(hint !== undefined && { hint }) };
}
