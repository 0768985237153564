import { describe, expect, test } from 'vitest';
import { watch, type Clock } from '../../src/pipeline/watch.js';

/** A clock that only goes on while somebody waits, and jumps where it is told to. */
class Hands implements Clock {
  time: number;
  /** At this moment the clock shows another one. */
  readonly jumps: [at: number, to: number][] = [];
  constructor(start: string) {
    this.time = Date.parse(start);
  }
  now = (): number => this.time;
  // oxlint-disable-next-line require-await -- waiting takes no time here
  wait = async (ms: number): Promise<void> => {
    this.time += ms;
    const [jump] = this.jumps;
    if (jump && this.time >= jump[0]) {
      this.time = jump[1];
      this.jumps.shift();
    }
  };
}

interface Seen {
  runs: string[];
  late: string[];
  next: string[];
}

/** The starts of so many runs; `lasting`: how long each takes, in ms. */
async function watched(hands: Hands, cron: string, zone: string, count: number, lasting: number[] = []): Promise<Seen> {
  const seen: Seen = { runs: [], late: [], next: [] };
  const controller = new AbortController();
  const iso = (moment: number): string => new Date(moment).toISOString().slice(0, 19);
  let running = 0;
  await watch({
    cron,
    zone,
    clock: hands,
    signal: controller.signal,
    onNext: (moment) => seen.next.push(iso(moment)),
    onLate: (moment) => seen.late.push(iso(moment)),
    run: async () => {
      expect(++running).toBe(1);
      seen.runs.push(iso(hands.time));
      await hands.wait(lasting[seen.runs.length - 1] ?? 1000);
      running--;
      if (seen.runs.length === count) controller.abort();
    },
  });
  return seen;
}

const HOUR = 3_600_000;

describe('a watch', () => {
  test('runs every Monday at six, and tells when the next one is', async () => {
    const { runs, late, next } = await watched(new Hands('2026-11-25T12:00:00Z'), '0 6 * * 1', 'UTC', 3);
    expect(runs).toEqual(['2026-11-30T06:00:00', '2026-12-07T06:00:00', '2026-12-14T06:00:00']);
    expect(late).toEqual([]);
    expect(next).toEqual([...runs, '2026-12-21T06:00:00']);
  });

  test('at the same hour of the zone, summer or winter', async () => {
    const autumn = await watched(new Hands('2026-10-23T12:00:00Z'), '0 6 * * *', 'Europe/Madrid', 3);
    expect(autumn.runs).toEqual(['2026-10-24T04:00:00', '2026-10-25T05:00:00', '2026-10-26T05:00:00']);
    const spring = await watched(new Hands('2027-03-26T12:00:00Z'), '0 6 * * *', 'Europe/Madrid', 3);
    expect(spring.runs).toEqual(['2027-03-27T05:00:00', '2027-03-28T04:00:00', '2027-03-29T04:00:00']);
  });

  test('once in the night that has 02:30 twice, and in the one that has none', async () => {
    const autumn = await watched(new Hands('2026-10-24T12:00:00Z'), '30 2 * * *', 'Europe/Madrid', 2);
    expect(autumn.runs).toEqual(['2026-10-25T00:30:00', '2026-10-26T01:30:00']);
    const spring = await watched(new Hands('2027-03-27T12:00:00Z'), '30 2 * * *', 'Europe/Madrid', 2);
    // At the end of the hour that is left out.
    expect(spring.runs).toEqual(['2027-03-28T01:00:00', '2027-03-29T00:30:00']);
  });

  test('runs once, late, after the machine slept through some times', async () => {
    const hands = new Hands('2026-11-25T12:00:00Z');
    hands.jumps.push([Date.parse('2026-11-28T00:00:00Z'), Date.parse('2026-12-15T09:15:00Z')]);
    const { runs, late } = await watched(hands, '0 6 * * 1', 'UTC', 2);
    expect(runs).toEqual(['2026-12-15T09:15:00', '2026-12-21T06:00:00']);
    expect(late).toEqual(['2026-11-30T06:00:00']);
  });

  test('never two at once: what came due meanwhile is made up for by one', async () => {
    const hands = new Hands('2026-11-25T11:30:00Z');
    const { runs } = await watched(hands, '0 * * * *', 'UTC', 3, [3.5 * HOUR]);
    expect(runs).toEqual(['2026-11-25T12:00:00', '2026-11-25T15:30:00', '2026-11-25T16:00:00']);
  });

  test('a clock set back by an hour repeats nothing; one that was years ahead is not waited for', async () => {
    const hands = new Hands('2026-11-25T11:30:00Z');
    hands.jumps.push([Date.parse('2026-11-25T12:30:00Z'), Date.parse('2026-11-25T11:30:00Z')]);
    const { runs } = await watched(hands, '0 12 * * *', 'UTC', 2);
    expect(runs).toEqual(['2026-11-25T12:00:00', '2026-11-26T12:00:00']);
    const wrong = new Hands('2036-11-25T11:30:00Z');
    wrong.jumps.push([Date.parse('2036-11-25T12:30:00Z'), Date.parse('2026-11-25T11:30:00Z')]);
    expect((await watched(wrong, '0 12 * * *', 'UTC', 2)).runs).toEqual(['2036-11-25T12:00:00', '2026-11-25T12:00:00']);
  });

  test('ends where no time is left, and when it is told to', async () => {
    const controller = new AbortController();
    controller.abort();
    const runs: string[] = [];
    const nothing = { onNext: () => undefined, onLate: () => undefined };
    await watch({
      cron: '* * * * *',
      zone: null,
      run: async () => void runs.push('x'),
      signal: controller.signal,
      ...nothing,
    });
    expect(runs).toEqual([]);
  });

  test.each([
    ['0 6 * *', null, /--cron "0 6 \* \*"/],
    ['0 6 30 2 *', null, /never comes/],
    ['0 6 * * 1', 'Mars/Base', /is no time zone/],
  ])('%j in %j is refused', async (cron, zone, message) => {
    const nothing = { onNext: () => undefined, onLate: () => undefined, run: async () => undefined };
    await expect(watch({ cron, zone, signal: new AbortController().signal, ...nothing })).rejects.toThrow(message);
  });
});
