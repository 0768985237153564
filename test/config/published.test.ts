import { expect, it } from 'vitest';
import { loadPublished } from '../../src/config/published.js';

it('holds the six figures of the thesis that are numbers', () => {
  const study = loadPublished('thesis');
  expect(study?.id).toBe('thesis');
  const values = study?.published.map(({ figure, project, value, query }) => [figure, project, value, query]);
  expect(values).toEqual([
    ['8.1', 'corosync', 82, 'thesis/six-month-commits'],
    ['8.2', 'drbd', 46, 'thesis/six-month-commits'],
    ['8.3', 'pacemaker', 367, 'thesis/six-month-commits'],
    ['8.7', 'corosync', 5, 'thesis/active-committers'],
    ['8.8', 'drbd', 4, 'thesis/active-committers'],
    ['8.9', 'pacemaker', 13, 'thesis/active-committers'],
  ]);
});

it('holds the ways of counting, the plain one first', () => {
  const trials = loadPublished('thesis')?.trials;
  expect(trials?.identity).toEqual(['name-email', 'name']);
  expect(trials?.refs).toEqual(['branches', 'default']);
  expect(trials?.mergedBy[0]).toBeNull();
  expect(trials?.rounding).toEqual(['exact', 'truncated', 'rounded']);
});

it('says where the thesis is not reproduced, on one line', () => {
  const remarks = loadPublished('thesis')?.published.flatMap((figure) => [
    figure.remarkReproduced,
    figure.remarkNotReproduced,
  ]);
  expect(remarks?.some((remark) => remark?.startsWith('No choice of branch'))).toBe(true);
  expect(remarks?.every((remark) => remark === null || !remark.includes('\n'))).toBe(true);
});

it.each(['nope', 'replica', '../studies/thesis', '', '__proto__', 'thesis.yaml'])('knows no study called %s', (id) => {
  expect(loadPublished(id)).toBeNull();
});
