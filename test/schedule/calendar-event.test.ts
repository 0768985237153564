import { execFileSync, spawnSync } from 'node:child_process';
import { Cron } from 'croner';
import { describe, expect, test } from 'vitest';
import { calendarEvents } from '../../src/schedule/calendar-event.js';
import { plainCron } from '../../src/schedule/cron-fields.js';

const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0;
const why = hasSystemd ? '' : ' (skipped: no systemd-analyze)';

const WORKED: [string, string[]][] = [
  ['0 6 * * 1', ['Mon *-*-* 06:00:00']],
  ['@weekly', ['Sun *-*-* 00:00:00']],
  ['@yearly', ['*-01-01 00:00:00']],
  ['*/20 * * * *', ['*-*-* *:00,20,40:00']],
  ['5 0-8/4 1,15 * *', ['*-*-01,15 00,04,08:05:00']],
  ['30 2 * jan,JUL Mon-Fri', ['Mon,Tue,Wed,Thu,Fri *-01,07-* 02:30:00']],
  ['0 0 * * 5-7', ['Fri,Sat,Sun *-*-* 00:00:00']],
  ['0 0 * * 0-6', ['*-*-* 00:00:00']],
  // Either will do.
  ['0 12 1 * 1', ['Mon *-*-* 12:00:00', '*-*-01 12:00:00']],
  ['59 23 29 2 *', ['*-02-29 23:59:00']],
];

test.each(WORKED)('%s', (cron, events) => {
  expect(calendarEvents(cron, null)).toEqual(events);
});

test.each([
  ['0 6 * *', /4 fields, not 5/],
  ['0 0 6 * * 1', /6 fields/],
  ['60 6 * * *', /"60" is no minute/],
  ['0 6 0 * *', /"0" is no day of the month/],
  ['0 6 * 13 *', /"13" is no month/],
  ['0 6 * * 8', /"8" is no weekday/],
  ['0 6 L * *', /"L" is no day/],
  ['0 6 15W * *', /"15W"/],
  ['0 6 * * 1#2', /"1#2"/],
  ['0 6 ? * 1', /"\?"/],
  ['5/10 * * * *', /"5\/10" has a step but no range/],
  ['*/0 * * * *', /"\*\/0"/],
  ['9-5 * * * *', /"9-5"/],
  ['*-5 * * * *', /"\*-5"/],
  [',1 * * * *', /"" is no minute/],
  ['0 6 */2 * 1', /crons differ/],
  ['0 6 30 2 *', /never comes/],
  ['@reboot', /1 fields/],
  ['0 6 * * 1\nrm', /6 fields/],
])('%j is refused', (cron, message) => {
  expect(() => calendarEvents(cron, null)).toThrow(message);
});

test('Sunday is 0 to those that know no 7', () => {
  expect(plainCron('0 6 * * 7')).toBe('0 6 * * 0');
  expect(plainCron('0  6 * *   5-7')).toBe('0 6 * * 0,5,6');
  expect(plainCron('0 6 7 7 *')).toBe('0 6 7 7 *');
  expect(plainCron('@daily')).toBe('0 0 * * *');
});

/** The next times, by systemd, in UTC. */
function bySystemd(events: readonly string[], from: string, count: number): number[] {
  const times = events.flatMap((event) => {
    const args = ['calendar', `--iterations=${count}`, `--base-time=${from} UTC`, `${event} UTC`];
    const printed = execFileSync('systemd-analyze', args, { encoding: 'utf8', env: { ...process.env, TZ: 'UTC' } });
    return [...printed.matchAll(/(?:Next elapse|Iter\. #\d+): \w+ (\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) UTC/g)].map(
      ([, day, time]) => Date.parse(`${day}T${time}Z`),
    );
  });
  return [...new Set(times)].sort((a, b) => a - b).slice(0, count);
}

describe.skipIf(!hasSystemd)(`systemd and cron mean the same times${why}`, () => {
  const more = ['17 4 * * *', '0 */6 * * *', '0 0 31 * *', '0 0 1-7 * 1', '10-40/10 9 * 3-5 2,4', '0 0 29 2 1'];
  test.each([...WORKED.map(([cron]) => cron), ...more])('%s', (cron) => {
    const from = '2027-02-20 10:10:10';
    const cronTimes = new Cron(plainCron(cron), { timezone: 'UTC', paused: true })
      .nextRuns(12, new Date('2027-02-20T10:10:10Z'))
      .map((date) => date.getTime());
    expect(cronTimes).toHaveLength(12);
    expect(bySystemd(calendarEvents(cron, null), from, 12)).toEqual(cronTimes);
  });

  test('in a zone of its own', () => {
    const [event = ''] = calendarEvents('0 6 * * 1', 'Europe/Madrid');
    const printed = execFileSync('systemd-analyze', ['calendar', event], { encoding: 'utf8' });
    expect(printed).toContain('Normalized form: Mon *-*-* 06:00:00 Europe/Madrid');
  });
});
