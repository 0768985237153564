import { expect, test } from 'vitest';
import { byTheme } from '../../src/model/themes.js';
import { catalogueOf } from './sample-store.js';
import { shippedCatalogue } from './catalogue-files.js';

test('themes come in a reader\u2019s order, unknown ones last under their own name', () => {
  const catalogue = catalogueOf({
    'zoo/one': 'SELECT 1',
    'thesis/two': 'SELECT 1',
    'own-things/a': 'SELECT 1',
    'people/b': 'SELECT 1',
    'people/a': 'SELECT 1',
    'constructor/a': 'SELECT 1',
  });
  expect(byTheme(catalogue.queries).map(({ title, metrics }) => [title, metrics.map(({ id }) => id)])).toEqual([
    ['People', ['people/a', 'people/b']],
    ['The queries of the thesis, as printed', ['thesis/two']],
    ['Constructor', ['constructor/a']],
    ['Own things', ['own-things/a']],
    ['Zoo', ['zoo/one']],
  ]);
});

test('every shipped query is in one theme', () => {
  const { queries } = shippedCatalogue();
  const listed = byTheme(queries).flatMap(({ metrics }) => metrics);
  expect(listed.toSorted((a, b) => (a.id < b.id ? -1 : 1))).toEqual(queries);
});
