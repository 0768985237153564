import type { Alarm } from '../model/alarm.js';
import type { Evaluation } from '../model/evaluation.js';

/** How a run ended, and what to call it in two words. */
export interface Verdict {
  state: 'fine' | 'open' | 'alarm' | 'partly' | 'failed';
  /** `2 new alarms`. */
  text: string;
}

/** `1 alarm`, `2 alarms`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** What matters most about a run: news before failures, and these before what was known already. */
export function verdict({ alarms, failures, exitCode }: Evaluation): Verdict {
  if (alarms.new.length > 0) return { state: 'alarm', text: counted(alarms.new.length, 'new alarm') };
  if (exitCode === 4) return { state: 'failed', text: 'failed' };
  if (failures.length > 0) return { state: 'partly', text: counted(failures.length, 'failure') };
  if (alarms.open.length > 0) return { state: 'open', text: counted(alarms.open.length, 'open alarm') };
  return { state: 'fine', text: 'no alarms' };
}

/** What an alarm rests on: `218 days (days_silent); 365 days up to the day of the report`. */
export function evidenceText({ evidence }: Pick<Alarm, 'evidence'>): string {
  const figures = evidence.figures.map(
    ({ name, value, unit }) =>
      `${name}: ${value ?? 'unknown'}${typeof value !== 'number' || unit === '' ? '' : ` ${unit}`}`,
  );
  const source = evidence.query === null ? [] : [`query ${evidence.query}`];
  return [...figures, evidence.window, ...source].filter((part) => part !== '').join('; ');
}

/** Open since when, acknowledged or closed when, and with which note. */
export function stateText({ state, firstSeen, acknowledgedAt, note, closed }: Alarm): string {
  const remark = note === null || note === '' ? '' : `: ${note}`;
  if (state === 'closed') return `open from ${firstSeen} to ${closed ?? 'unknown'}`;
  if (state === 'open') return `open since ${firstSeen}`;
  return `open since ${firstSeen}, acknowledged ${acknowledgedAt?.slice(0, 10) ?? ''}${remark}`;
}
