import { readCron } from './cron-fields.js';

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/**
 * systemd's OnCalendar= for a cron expression. Two where the expression names days of the month and weekdays: to cron
 * either will do, to systemd both must hold, but a timer may have several. `zone`: an IANA name; null: the machine's.
 */
export function calendarEvents(expression: string, zone: string | null): string[] {
  const { minutes, hours, days, months, weekdays } = readCron(expression);
  const time = `${list(hours)}:${list(minutes)}:00`;
  const month = list(months);
  const events: string[] = [];
  if (weekdays !== null) events.push(`${weekdayList(weekdays)} *-${month}-* ${time}`);
  if (weekdays === null || days !== null) events.push(`*-${month}-${list(days)} ${time}`);
  return zone === null ? events : events.map((event) => `${event} ${zone}`);
}

function list(values: readonly number[] | null): string {
  return values === null ? '*' : values.map((value) => String(value).padStart(2, '0')).join(',');
}

function weekdayList(values: readonly number[]): string {
  // systemd's week begins with Monday.
  const sorted = values.toSorted((a, b) => ((a + 6) % 7) - ((b + 6) % 7));
  return sorted.map((value) => WEEKDAYS[value]).join(',');
}
