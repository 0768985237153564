import { expect, test } from 'vitest';
import { bindPlaceholders, hasStatement, positionalParam, usedParams } from '../../src/metrics/sql-text.js';

test('a bare XXXX is bound, but not in texts, names, comments or longer words', () => {
  const sql = `SELECT 'XXXX', "XXXX", \`XXXX\`, [XXXX], XXXXY, xxxx, :XXXX, XXXX -- XXXX\n/* XXXX */ FROM t WHERE y=XXXX;`;
  expect(bindPlaceholders(sql, ['XXXX'])).toBe(
    `SELECT 'XXXX', "XXXX", \`XXXX\`, [XXXX], XXXXY, xxxx, :XXXX, :XXXX -- XXXX\n/* XXXX */ FROM t WHERE y=:XXXX;`,
  );
});

test('only a name in capitals can stand bare', () => {
  expect(bindPlaceholders('SELECT date FROM t', ['date'])).toBe('SELECT date FROM t');
  expect([...usedParams('SELECT date, XXXX FROM t WHERE a = :b', ['date', 'XXXX']).keys()]).toEqual(['XXXX', 'b']);
});

test('texts that never end, and quotes within quotes, confuse nothing', () => {
  expect(bindPlaceholders("SELECT 'it''s XXXX' || XXXX || 'XXXX", ['XXXX'])).toBe(
    "SELECT 'it''s XXXX' || :XXXX || ':XXXX",
  );
  expect(hasStatement('-- only\n/* comments')).toBe(false);
  expect(positionalParam("SELECT '?' -- ?")).toBeNull();
  expect(positionalParam('SELECT ?1')).toBe(7);
});

test('a very long text takes no long time', () => {
  const started = performance.now();
  hasStatement(`SELECT ${"'".repeat(20_001)}${'/*'.repeat(10_000)}`);
  usedParams('"`['.repeat(10_000), []);
  expect(performance.now() - started).toBeLessThan(3000);
});
