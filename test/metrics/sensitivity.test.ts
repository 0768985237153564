import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { combinations } from '../../src/metrics/band-choices.js';
import { sensitivity } from '../../src/metrics/sensitivity.js';
import { noIdentityRules, type IdentityRules } from '../../src/model/identities.js';
import { plainScope } from '../../src/model/measurement.js';
import { extract } from '../../src/source/extraction.js';
import { openHistory } from '../../src/source/history.js';
import { openReadable, type Readable } from '../../src/store/readable.js';
import { openStore } from '../../src/store/store.js';
import { ada, bob, TestRepository, temporaryFolder } from '../fixtures/repository.js';
import { catalogueOf } from './sample-store.js';

const elsewhere = { name: ada.name, email: 'ada@example.com' };
const carol = { name: 'Carol Example', email: 'carol@example.org' };
const bot = { name: 'renovate[bot]', email: '29139614+renovate[bot]@users.noreply.github.com' };
const forge = { name: 'GitHub', email: 'noreply@github.com' };

/** `main`: Ada, Ada from elsewhere (applied by Bob), a bot, Bob's topic merged on the forge, Ada late on New Year's Eve. */
async function opened(identities: IdentityRules = noIdentityRules): Promise<Readable> {
  const folder = temporaryFolder();
  const dir = join(folder, 'repo');
  const repo = new TestRepository(dir);
  repo.commit({
    date: '2014-01-10T12:00:00+0000',
    files: { '.mailmap': `${ada.name} <${ada.email}> <${elsewhere.email}>\n` },
  });
  repo.git('branch', '--quiet', 'next');
  repo.commit({ date: '2014-03-01T12:00:00+0000', author: elsewhere, committer: bob });
  repo.commit({ date: '2014-04-01T12:00:00+0000', author: bot });
  repo.git('checkout', '--quiet', '-b', 'topic');
  repo.commit({ date: '2014-05-01T12:00:00+0000', author: bob });
  repo.git('checkout', '--quiet', 'main');
  repo.merge(['topic'], { date: '2014-06-01T12:00:00+0000', committer: forge });
  repo.commit({ date: '2014-12-31T23:30:00-0500' });
  repo.git('checkout', '--quiet', 'next');
  repo.commit({ date: '2014-07-01T12:00:00+0000', author: carol });
  repo.git('checkout', '--quiet', 'main');
  // Only in the work tree, and so never read.
  writeFileSync(join(dir, '.mailmap'), `${ada.name} <${ada.email}> <${bob.email}>\n`);

  const history = openHistory(dir, { refs: 'branches' });
  const mailmap = history.mailmap();
  history.close();
  const store = openStore(join(folder, 'store.sqlite'));
  const project = { name: 'alpha', url: dir, refs: 'branches', layer: null, tags: [] } as const;
  await store.load({ ...project, tags: [] }, (known) => extract(dir, { refs: 'branches', actions: false, known }), {
    actions: false,
    compat: 'default',
    toolVersion: '0.0.0',
    now: '2015-03-01 00:00:00',
    mailmap,
  });
  store.close();
  const readable = openReadable(join(folder, 'store.sqlite'), { identities });
  onTestFinished(() => readable.close());
  return readable;
}

const catalogue = catalogueOf({
  't/commits':
    "-- headline: commits\nSELECT 1 AS one, SUM(SUBSTR(date, 1, 4) = '2014') AS commits FROM health_contributions",
  't/people': '-- headline: people\nSELECT COUNT(DISTINCT person_id) AS people FROM health_contributions',
  't/roles':
    '-- headline: people\n-- band: role, refs\nSELECT COUNT(DISTINCT person_id) AS people FROM health_contributions',
  't/log': '-- headline: n\nSELECT COUNT(DISTINCT s.committer_id) AS n FROM scmlog s',
  't/unknown':
    "-- headline: n\nSELECT CASE WHEN COUNT(*) < 7 THEN COUNT(*) END AS n FROM health_contributions WHERE date < '2015'",
  't/many': '-- headline: commit_id\nSELECT commit_id FROM health_contributions',
  't/plain': 'SELECT 1 AS one',
});

const band = (readable: Readable, id: string, options: { combinations?: number } = {}, scope = plainScope('alpha')) =>
  sensitivity(readable, catalogue, catalogue.query(id), scope, {}, options);
const values = ({ trials }: ReturnType<typeof band>) =>
  Object.fromEntries(trials.map(({ choice, value }) => [choice, value]));

it('tries one rule at a time, then those that move the figure together', async () => {
  const found = band(await opened(), 't/commits');
  expect(values(found)).toEqual({
    committer: 7,
    'merges out': 6,
    'default branch': 6,
    UTC: 6,
    mailmap: 7,
    name: 7,
    'merged people': 7,
    'without bots': 6,
  });
  expect(found).toMatchObject({ column: 'commits', value: 7, low: 3, high: 7, mostMoving: 'merges' });
  // Four rules of two choices each: 16 combinations, of which 1 is plain and 4 are of one rule; of all, 2 * 2 * ... * 3.
  expect(found.product).toEqual({ tried: 11, of: 2 ** 6 * 3 - 1 - 8, low: 3, high: 5 });
});

it('counts people by each rule', async () => {
  const identities = { ...noIdentityRules, people: [{ ...bob, aliases: [{ name: null, email: carol.email }] }] };
  const found = band(await opened(identities), 't/people');
  expect(values(found)).toEqual({
    committer: 5,
    'merges out': 5,
    'default branch': 4,
    UTC: 5,
    mailmap: 4,
    name: 4,
    'merged people': 3,
    'without bots': 4,
  });
  // By the default branch, of people merged, without the bot: Ada and Bob; the forge is nobody.
  expect(found).toMatchObject({ value: 5, low: 2, high: 5, mostMoving: 'identity' });
});

it('goes from the plain scope it is given', async () => {
  const readable = await opened();
  const merged = plainScope('alpha', { identity: 'merged', bots: 'out', role: 'committer' });
  const found = band(readable, 't/people', {}, merged);
  expect(found.value).toBe(3);
  expect(values(found)).toMatchObject({ author: 3, 'no mailmap': 3, 'with bots': 5, 'name and address': 3 });
});

it('without bots, what a forge committed is its author\u2019s', async () => {
  const readable = await opened();
  const by = (bots: 'in' | 'out', role: 'author' | 'committer') =>
    Object.fromEntries(
      readable.query(
        plainScope('alpha', { bots, role }),
        `SELECT p.name, COUNT(*) FROM health_contributions c JOIN health_people p ON p.id = c.person_id
         GROUP BY p.name`,
        {},
      ).rows,
    );
  const people = { [ada.name]: 2, [bob.name]: 2, [carol.name]: 1 };
  expect(by('in', 'committer')).toEqual({ ...people, [bot.name]: 1, [forge.name]: 1 });
  expect(by('out', 'committer')).toEqual({ ...people, [ada.name]: 3 });
  expect(by('out', 'author')).toEqual({ [ada.name]: 4, [bob.name]: 1, [carol.name]: 1 });
});

it('tries no more than it may, and only what the query heeds', async () => {
  const readable = await opened();
  expect(band(readable, 't/commits', { combinations: 0 }).product).toBeNull();
  expect(band(readable, 't/commits', { combinations: 5 }).product?.tried).toBe(4);
  expect(Object.keys(values(band(readable, 't/roles')))).toEqual(['committer', 'default branch']);
  expect(values(band(readable, 't/log'))).toEqual({
    'default branch': 4,
    mailmap: 5,
    name: 5,
    'merged people': 5,
  });
});

it('keeps unknown apart from zero', async () => {
  const found = band(await opened(), 't/unknown');
  expect(found).toMatchObject({ value: null, low: 6, high: 6, mostMoving: null, product: null });
  expect(values(found)).toMatchObject({ committer: null, 'merges out': 6, UTC: 6 });
});

it('leaves out what can not be told, and refuses queries without one figure', async () => {
  const readable = await opened();
  const scope = plainScope('alpha', { asOf: '2013-01-01' });
  expect(band(readable, 't/people', {}, scope)).toMatchObject({ value: 0, low: 0, high: 0, mostMoving: null });
  expect(() => band(readable, 't/many')).toThrow('returns more than one row');
  expect(() => band(readable, 't/plain')).toThrow('has no headline figure');
});

it('combines choices of different axes only, as many as fit', () => {
  const choice = (axis: 'role' | 'refs' | 'bots', name: string) => ({ axis, choice: name, rule: {} });
  const all = [choice('role', 'a'), choice('refs', 'b'), choice('refs', 'c'), choice('bots', 'd')];
  const names = (limit: number) => combinations(all, limit).list.map((list) => list.map((one) => one.choice).join(''));
  expect(names(100)).toEqual(['ab', 'ac', 'ad', 'bd', 'cd', 'abd', 'acd']);
  expect(names(3)).toEqual(['ab', 'ac']);
  expect(combinations(all, 3).of).toBe(7);
});
