import { expect, it, onTestFinished } from 'vitest';
import { noIdentityRules, type IdentityRules } from '../../src/model/identities.js';
import { plainScope, type Scope, type Value } from '../../src/model/measurement.js';
import { openReadable, type ReadableOptions } from '../../src/store/readable.js';
import { madeHistory, type MadeCommit } from './made-history.js';
import { load, rows as rawRows, storeFile } from './opened.js';

const day = (text: string) => ({ time: Date.parse(`${text}T12:00:00Z`) / 1000, zone: 0 });
const by = (name: string, email: string, date: string) => ({
  committer: { name, email, ...day(date) },
  author: { name, email, ...day(date) },
});

/** Six commits by Ada under four identities, one by a program, one that a forge committed for Bob. */
const commits: MadeCommit[] = [
  {
    id: 'h',
    parents: ['g'],
    committer: { name: 'GitHub', email: 'noreply@github.com', ...day('2015-06-01') },
    author: { name: 'Bob', email: 'bob@gmail.com', ...day('2015-06-01') },
  },
  { id: 'g', parents: ['f'], ...by('renovate[bot]', '29139614+renovate[bot]@users.noreply.github.com', '2015-05-01') },
  { id: 'f', parents: ['e'], ...by('Ada E.', 'ada@home.example.org', '2015-04-01') },
  { id: 'e', parents: ['d'], ...by('Ada Example', 'ada@new-firm.com', '2015-03-01') },
  { id: 'd', parents: ['c'], ...by('Ada Example', 'ada@new-firm.com', '2013-03-01') },
  { id: 'c', parents: ['b'], ...by('ada', 'ada@lab.old-firm.com', '2012-01-01') },
  { id: 'b', parents: ['a'], ...by('ada', 'ada@lab.old-firm.com', '2011-01-01') },
  { id: 'a', ...by('Ada Example', 'ada@example.org', '2010-01-01') },
];
const MAILMAP = 'Ada Example <ada@new-firm.com> <ada@home.example.org>\n';

async function opened(options: ReadableOptions = {}) {
  const file = storeFile();
  const mailmap = { oid: 'a'.repeat(40), text: MAILMAP };
  await load(file, madeHistory(commits, { 'refs/heads/main': 'h' }), { options: { mailmap } });
  const readable = openReadable(file, options);
  onTestFinished(() => readable.close());
  const rows = (over: Partial<Scope>, sql: string): Value[][] =>
    readable.query(plainScope('sample', over), sql, {}).rows;
  return { file, readable, rows };
}

const rules = (over: Partial<IdentityRules>): IdentityRules => ({ ...noIdentityRules, ...over });
const ada = {
  name: 'Ada Example',
  email: 'ada@new-firm.com',
  aliases: [
    { name: 'ADA', email: 'ada@lab.old-firm.com' },
    { name: null, email: 'Ada@Example.org' },
  ],
};
const COUNTS = `select p.name, p.email, count(*) from health_contributions c join health_people p on p.id = c.person_id
  group by p.id order by p.id`;

it('applies the mailmap where the scope says so, and nowhere else', async () => {
  const { rows, file } = await opened({ identities: rules({ people: [ada] }) });
  const before = rawRows(file, 'select * from people');
  expect(rows({}, COUNTS)).toHaveLength(6);
  expect(rows({ mailmap: true }, COUNTS)).toHaveLength(5);
  expect(rows({ mailmap: true }, COUNTS)[2]).toEqual(['Ada Example', 'ada@new-firm.com', 3]);
  expect(rows({ identity: 'name' }, COUNTS)[0]).toEqual(['Ada Example', 'ada@example.org', 3]);
  expect(rows({ identity: 'name', mailmap: true }, COUNTS)[0]).toEqual(['Ada Example', 'ada@example.org', 4]);
  expect(rawRows(file, 'select * from people')).toEqual(before);
});

it('merges the people of the identity file, in CVSAnalY’s views too', async () => {
  const { rows } = await opened({ identities: rules({ people: [ada] }) });
  expect(rows({ identity: 'merged' }, COUNTS)[0]).toEqual(['Ada Example', 'ada@new-firm.com', 6]);
  expect(rows({ identity: 'merged' }, COUNTS)).toHaveLength(3);
  expect(rows({ identity: 'merged', mailmap: false }, COUNTS)).toHaveLength(4);
  const thesis = 'select count(distinct(p.id)) from scmlog s, people p where s.committer_id = p.id';
  expect(rows({}, thesis)).toEqual([[6]]);
  expect(rows({ identity: 'merged' }, thesis)).toEqual([[3]]);
  expect(rows({ identity: 'merged' }, 'select id, name from people order by 1')[0]).toEqual([1, 'Ada Example']);
});

it('reverts with the line', async () => {
  const { rows } = await opened({ identities: rules({ people: [{ ...ada, aliases: ada.aliases.slice(1) }] }) });
  expect(rows({ identity: 'merged' }, COUNTS).map(([, , count]) => count)).toEqual([4, 2, 1, 1]);
});

it('tells bots and web-merge accounts apart, and leaves them out on request', async () => {
  const { rows } = await opened();
  const kinds = 'select name, bot from health_people where bot is not null order by 1';
  expect(rows({}, kinds)).toEqual([
    ['GitHub', 'web-merge'],
    ['renovate[bot]', 'bot'],
  ]);
  const count = 'select count(*) from health_contributions';
  expect(rows({ bots: 'out' }, count)).toEqual([[7]]);
  // What the forge's account committed is left, and its author's.
  expect(rows({ bots: 'out', role: 'committer' }, count)).toEqual([[7]]);
  const other = await opened({ identities: rules({ bots: ['ada*'], notBots: ['renovate*'] }) });
  expect(other.rows({ bots: 'out' }, count)).toEqual([[2]]);
});

it('guesses organisations by domain only, and says which rule told them', async () => {
  const { rows } = await opened();
  expect(rows({}, 'select name, email, organization, organization_rule from health_people order by id')).toEqual([
    ['Ada Example', 'ada@example.org', null, null],
    ['ada', 'ada@lab.old-firm.com', 'old-firm.com', 'domain'],
    ['Ada Example', 'ada@new-firm.com', 'new-firm.com', 'domain'],
    ['Ada E.', 'ada@home.example.org', null, null],
    ['renovate[bot]', '29139614+renovate[bot]@users.noreply.github.com', null, null],
    ['GitHub', 'noreply@github.com', null, null],
    ['Bob', 'bob@gmail.com', null, null],
  ]);
});

it('takes organisations from the identity file, by the day', async () => {
  const organizations = [
    { domain: 'new-firm.com', organization: 'Start', from: null, until: '2014-12-31' },
    { domain: 'new-firm.com', organization: 'New Firm', from: '2015-01-01', until: null },
    { domain: 'lab.old-firm.com', organization: 'The Lab', from: null, until: null },
  ];
  const { rows } = await opened({
    identities: rules({ people: [ada], organizations }),
  });
  const each = 'select date(date), organization from health_contributions order by commit_id';
  expect(rows({ identity: 'merged' }, each)).toEqual([
    ['2010-01-01', null],
    ['2011-01-01', 'The Lab'],
    ['2012-01-01', 'The Lab'],
    ['2013-03-01', 'Start'],
    ['2015-03-01', 'New Firm'],
    ['2015-04-01', null],
    ['2015-05-01', null],
    ['2015-06-01', null],
  ]);
  const person = 'select organization, organization_rule from health_people where id = 1';
  expect(rows({ identity: 'merged' }, person)).toEqual([['New Firm', 'identities: new-firm.com from 2015-01-01']]);
  expect(rows({ identity: 'merged', asOf: '2014-12-31' }, person)).toEqual([
    ['Start', 'identities: new-firm.com until 2014-12-31'],
  ]);
  expect(rows({ identity: 'merged', asOf: '2012-12-31' }, person)).toEqual([
    ['The Lab', 'identities: lab.old-firm.com'],
  ]);
});

it('shows pseudonyms in place of names everywhere, the same ones every time', async () => {
  const { file, rows } = await opened();
  await load(file, madeHistory(commits.slice(2), { 'refs/heads/main': 'f' }));
  const anonymous = openReadable(file, { anonymize: true, identities: rules({ people: [ada] }) });
  const again = openReadable(file, { anonymize: true });
  onTestFinished(() => [anonymous, again].forEach((one) => one.close()));
  const scope = plainScope('sample');
  const people = (readable: typeof again) =>
    readable.query(scope, 'select name, email from people order by id', {}).rows;
  expect(people(anonymous)).toEqual(people(again));
  expect(people(again)[0]).toEqual([
    expect.stringMatching(/^person-[0-9a-f]{12}$/),
    expect.stringMatching(/^[0-9a-f]{12}@anonymous\.invalid$/),
  ]);
  // Whoever counts by name counts the same.
  const names = 'select count(distinct name), count(distinct email) from people';
  expect(anonymous.query(scope, names, {}).rows).toEqual(rows({}, names));
  const tables = rawRows(file, "select name from sqlite_schema where type in ('table', 'view')").flat().map(String);
  const views = [
    'health_contributions',
    'health_people',
    'health_identities',
    'health_releases',
    'health_actions',
    'health_lines',
  ];
  for (const identity of ['name-email', 'merged'] as const) {
    const shown = [...tables, ...views].map(
      (table) => anonymous.query({ ...scope, identity }, `select * from ${table}`, {}).rows,
    );
    expect(JSON.stringify(shown)).not.toMatch(/ada|bob|renovate|firm|salt/i);
  }
  expect(anonymous.query(scope, 'select count(*) from health_vanished where subject is null', {}).rows).toEqual([[2]]);
  for (const past of ['main.people', '"main".people', "'main' . people", '[main].health_salt', 'MAIN./**/people']) {
    expect(() => anonymous.query(scope, `select * from ${past}`, {})).toThrow(
      expect.objectContaining({ code: 'bad-query' }),
    );
  }
});
