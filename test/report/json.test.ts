import { expect, test } from 'vitest';
import { renderJson } from '../../src/report/json.js';
import { sampleResult } from './fixture.js';

test('the same result gives the same bytes, in whatever order its keys were set', () => {
  const result = sampleResult();
  const turned = Object.fromEntries(Object.entries(result).toReversed()) as unknown as typeof result;
  expect(renderJson(turned)).toBe(renderJson(result));
  expect(renderJson(result).endsWith('}\n')).toBe(true);
  expect(JSON.parse(renderJson(result))).toEqual(result);
});
