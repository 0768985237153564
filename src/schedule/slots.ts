import { Cron } from 'croner';
import { HealthError } from '../model/error.js';

/** The times that a cron expression names, in one zone. */
export class Slots {
  readonly #cron: Cron;

  /** `zone`: an IANA name; null: the machine's. HealthError bad-usage. */
  constructor(expression: string, zone: string | null) {
    if (zone !== null) checkZone(zone);
    try {
      this.#cron = new Cron(expression, {
        paused: true,
        mode: '5-or-6-parts',
        ...(zone !== null && { timezone: zone }),
      });
    } catch (error) {
      const why =
        error instanceof Error ? error.message.replace(/^CronPattern: /, '').replace(/\.$/, '') : String(error);
      throw new HealthError('bad-usage', `--cron "${expression}": ${why}`, {
        hint: 'Five fields: minute, hour, day of the month, month, weekday. "0 6 * * 1" is Mondays at six.',
      });
    }
    if (this.#cron.nextRun() === null) {
      throw new HealthError('bad-usage', `--cron "${expression}": such a day never comes`);
    }
  }

  /** The first one after a moment, in milliseconds since 1970; null: there is no more. */
  after(moment: number): number | null {
    return this.#cron.nextRun(new Date(moment))?.getTime() ?? null;
  }
}

/** A moment with the clock of a zone: `2026-11-30 06:00 GMT+1`. */
export function zonedTime(moment: number, zone: string | null): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    ...(zone !== null && { timeZone: zone }),
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  }).formatToParts(moment);
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')} ${part('hour')}:${part('minute')}:${part('second')} ${part('timeZoneName')}`;
}

/** Gives a zone back. HealthError bad-usage where this machine knows none of that name. */
export function checkZone(zone: string): string {
  try {
    Intl.DateTimeFormat('en', { timeZone: zone }).format(0);
  } catch {
    throw new HealthError('bad-usage', `--tz "${zone}" is no time zone`, { hint: 'Write it as Europe/Madrid or UTC.' });
  }
  return zone;
}
