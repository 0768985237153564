import { createHash } from 'node:crypto';
import type * as z from 'zod';
import { readText } from '../config/file.js';
import { shortName } from '../config/problem.js';
import type { Rehearsal, Simulation } from '../model/cluster.js';
import { HealthError } from '../model/error.js';
import { rehearsalSchema, simulationsSchema } from '../report/deployment-schema.js';

const LARGEST = 8 * 1024 * 1024;

/** Actions after which nothing is anywhere else: a chart doesn't show them. */
const QUIET: ReadonlySet<string> = new Set(['monitor', 'notify', 'cancel']);

interface Played<T> {
  data: T;
  sha256: string;
}

function read<T>(file: string, cwd: string, schema: z.ZodType, command: string): Played<T> {
  const name = shortName(file, cwd);
  const text = readText(file, name, LARGEST);
  const refuse = (reason: string, cause: unknown): never => {
    const hint = `It is what health cluster ${command} SPEC --json prints.`;
    throw new HealthError('bad-config', `${name}: ${reason}`, { hint, cause });
  };
  let data: unknown = null;
  try {
    data = JSON.parse(text);
  } catch (cause) {
    refuse(text.trim() === '' ? 'is empty' : 'is not JSON', cause);
  }
  const parsed = schema.safeParse(data);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const place = (issue?.path ?? []).map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`));
    const where = place.join('').replace(/^\./, '').slice(0, 200);
    refuse(
      `is no ${command === 'simulate' ? 'simulation' : 'rehearsal'}: ${where && `${where}: `}${issue?.message}`,
      parsed.error,
    );
  }
  // Checked as far as anybody looks at it.
  return { data: data as T, sha256: createHash('sha256').update(text).digest('hex') };
}

/** What `health cluster simulate --json` printed. HealthError bad-config, one line. */
export function readSimulations(file: string, cwd: string): Played<Simulation[]> {
  const { data, sha256 } = read<Simulation[]>(file, cwd, simulationsSchema, 'simulate');
  const loud = data.map(({ steps, ...rest }) => ({
    ...rest,
    steps: steps.map((step) => ({ ...step, actions: step.actions.filter(({ action }) => !QUIET.has(action)) })),
  }));
  return { data: loud, sha256 };
}

/** What `health cluster rehearse --json` printed. HealthError bad-config, one line. */
export function readRehearsal(file: string, cwd: string): Played<Rehearsal> {
  return read<Rehearsal>(file, cwd, rehearsalSchema, 'rehearse');
}
