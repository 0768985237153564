import { expect, it } from 'vitest';
import { actionType } from '../../src/store/action-types.js';

it.each([
  // status, default, strict
  ['A', 'A', 'A'],
  ['M', 'M', 'M'],
  ['D', 'D', 'D'],
  ['T', 'M', null],
  ['R', 'V', 'V'],
  ['C', 'C', 'C'],
  ['MM', 'M', 'M'],
  ['AM', 'M', 'M'],
  ['MAD', 'M', 'M'],
  ['AA', null, null],
  ['DD', null, null],
  ['AD', null, null],
  ['MT', 'M', null],
  ['TT', 'M', null],
  ['MR', 'M', null],
  ['CM', 'M', null],
  ['RR', null, null],
  ['X', null, null],
])('%s is %s, and %s for CVSAnalY', (status, plain, strict) => {
  expect(actionType({ status, path: 'a' }, false)).toBe(plain);
  expect(actionType({ status, path: 'a' }, true)).toBe(strict);
});
