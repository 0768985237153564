import { Cron } from 'croner';
import { HealthError } from '../model/error.js';

/** A cron expression taken apart: the values of each field; null: every one. */
export interface CronFields {
  minutes: number[] | null;
  hours: number[] | null;
  days: number[] | null;
  months: number[] | null;
  /** 0 Sunday to 6 Saturday. */
  weekdays: number[] | null;
}

interface FieldRule {
  name: string;
  from: number;
  to: number;
  names: readonly string[];
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const RULES = {
  minutes: { name: 'minute', from: 0, to: 59, names: [] },
  hours: { name: 'hour', from: 0, to: 23, names: [] },
  days: { name: 'day of the month', from: 1, to: 31, names: [] },
  months: { name: 'month', from: 1, to: 12, names: ['', ...MONTHS] },
  weekdays: { name: 'weekday', from: 0, to: 7, names: WEEKDAYS },
} as const satisfies Record<keyof CronFields, FieldRule>;

const NICKNAMES: Record<string, string> = {
  '@hourly': '0 * * * *',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@weekly': '0 0 * * 0',
  '@monthly': '0 0 1 * *',
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
};

/** The fields of an expression, `@weekly` and the like written out. */
function plainText(expression: string): string {
  const words = expression.trim().split(/\s+/).join(' ');
  return NICKNAMES[words.toLowerCase()] ?? words;
}

/** An expression as every cron takes it, those too that know Sunday as 0 only. HealthError as of `readCron`. */
export function plainCron(expression: string): string {
  const { weekdays } = readCron(expression);
  const parts = plainText(expression).split(' ');
  return parts[4]?.includes('7') ? [...parts.slice(0, 4), weekdays?.join(',') ?? '*'].join(' ') : parts.join(' ');
}

/**
 * Reads an expression of five fields, as crontab(5) has them: `*`, values, names, ranges, lists and steps. HealthError
 * bad-usage for anything else, for a day that never comes, and for days of both kinds with a step over all of one: crons
 * don't agree on what that means.
 */
export function readCron(expression: string): CronFields {
  const plain = plainText(expression);
  const parts = plain.split(' ');
  if (parts.length !== 5) {
    throw refused(expression, `it has ${parts.length} fields, not 5`);
  }
  const [minutes = '', hours = '', days = '', months = '', weekdays = ''] = parts;
  const fields = {
    minutes: values(minutes, RULES.minutes, expression),
    hours: values(hours, RULES.hours, expression),
    days: values(days, RULES.days, expression),
    months: values(months, RULES.months, expression),
    weekdays: values(weekdays, RULES.weekdays, expression),
  };
  const isBoth = fields.days !== null && fields.weekdays !== null;
  if (isBoth && (days.startsWith('*') || weekdays.startsWith('*'))) {
    throw refused(
      expression,
      'crons differ on days of the month and weekdays together where one of them begins with *',
    );
  }
  if (new Cron(plain, { mode: '5-part', timezone: 'UTC', paused: true }).nextRun() === null) {
    throw refused(expression, 'such a day never comes');
  }
  return fields;
}

/** Sorted; null: all of them. */
function values(text: string, rule: FieldRule, expression: string): number[] | null {
  const found = new Set<number>();
  for (const part of text.split(',')) {
    const match = /^(\*|[a-z]{3}|\d{1,2})(?:-([a-z]{3}|\d{1,2}))?(?:\/(\d{1,2}))?$/i.exec(part);
    const [, first = '', last, stepText] = match ?? [];
    const from = first === '*' ? rule.from : number(first, rule);
    const isOpen = first === '*' || (last === undefined && stepText !== undefined);
    // 7 is only another name for Sunday.
    const end = rule === RULES.weekdays ? 6 : rule.to;
    const to = last !== undefined ? number(last, rule) : isOpen ? end : from;
    const step = Number(stepText ?? 1);
    const isWrong =
      !match || from === null || to === null || from > to || step < 1 || (first === '*' && last !== undefined);
    if (isWrong) throw refused(expression, `"${part}" is no ${rule.name} that every cron and timer knows`);
    // A step after a single value means "from there on" to some crons, and nothing to others.
    if (stepText !== undefined && first !== '*' && last === undefined) {
      throw refused(expression, `"${part}" has a step but no range`);
    }
    for (let value = from; value <= to; value += step) found.add(rule === RULES.weekdays ? value % 7 : value);
  }
  const all = rule === RULES.weekdays ? 7 : rule.to - rule.from + 1;
  return found.size === all ? null : [...found].sort((a, b) => a - b);
}

function number(text: string, { from, to, names }: FieldRule): number | null {
  const named = names.indexOf(text.toLowerCase());
  const value = /^\d+$/.test(text) ? Number(text) : text !== '' && named >= 0 ? named : Number.NaN;
  return value >= from && value <= to ? value : null;
}

function refused(expression: string, why: string): HealthError {
  return new HealthError('bad-usage', `--cron "${expression}": ${why}`, {
    hint: 'Five fields: minute, hour, day of the month, month, weekday. "0 6 * * 1" is Mondays at six.',
  });
}
