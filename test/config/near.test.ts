import { expect, it } from 'vitest';
import { nearest } from '../../src/config/near.js';

it.each([
  ['drdb', ['corosync', 'drbd', 'pacemaker'], 'drbd'],
  ['Pacemaker', ['corosync', 'drbd', 'pacemaker'], 'pacemaker'],
  ['pacemakr', ['corosync', 'drbd', 'pacemaker'], 'pacemaker'],
  ['kernel', ['corosync', 'drbd', 'pacemaker'], null],
  ['x', ['y', 'z'], null],
  ['', ['a'], null],
  ['x'.repeat(10_000), ['x'], null],
])('%s', (word, candidates, expected) => {
  expect(nearest(word, candidates)).toBe(expected);
});
