import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { shippedCatalogue } from './catalogue-files.js';

/** As the thesis prints them in chapter 8; line breaks are the printer's. */
const PRINTED: Record<string, string> = {
  'thesis/six-month-commits':
    'SELECT COUNT(s.id) FROM scmlog s, people p WHERE s.committer_id=p.id AND YEAR(s.date)=2014 AND MONTH(s.date) IN (7,8,9,10,11,12);',
  'thesis/commits-per-day':
    'SELECT YEAR(date), MONTH(date), DAY(date), COUNT(*) FROM scmlog GROUP BY YEAR(date), MONTH(date), DAY(date);',
  'thesis/years': 'SELECT year(s.date) FROM scmlog s GROUP BY year(s.date);',
  'thesis/active-committers':
    'SELECT COUNT(DISTINCT(p.id)) FROM scmlog s, people p WHERE s.committer_id=p.id AND YEAR(s.date)=XXXX;',
};

const root = fileURLToPath(new URL('../../', import.meta.url));
const THESIS = join(resolve(root, process.env['HEALTH_SHARED'] ?? '../shared'), 'seeds', 'thesis.txt');
const folded = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

describe("the thesis's queries are those it prints", () => {
  const shipped = shippedCatalogue().queries.filter(({ id }) => id.startsWith('thesis/'));

  test('all of them, and no others', () => {
    expect(Object.fromEntries(shipped.map(({ id, sql }) => [id, folded(sql)]))).toEqual(PRINTED);
  });

  const there = existsSync(THESIS);
  test.skipIf(!there)(
    `word for word in its text${there ? '' : ' (skipped: HEALTH_SHARED has no seeds/thesis.txt)'}`,
    () => {
      const text = folded(readFileSync(THESIS, 'utf8'));
      for (const { id, sql } of shipped) expect(text.includes(folded(sql)), id).toBe(true);
    },
  );
});
