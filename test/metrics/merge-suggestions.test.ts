import { expect, it } from 'vitest';
import { absenceFactor } from '../../src/model/absence.js';
import { suggestMerges } from '../../src/metrics/merge-suggestions.js';
import type { PersonFacts, ProjectPeople } from '../../src/model/people.js';

let count = 0;
function person(name: string, email: string, more: Partial<PersonFacts> = {}): PersonFacts {
  return {
    id: (count += 1),
    name,
    email,
    organization: null,
    organizationRule: null,
    bot: null,
    authored: 1,
    committed: 0,
    first: '2014-01-01 00:00:00',
    last: '2014-12-31 00:00:00',
    identities: [{ name, email }],
    ...more,
  };
}

const project = (people: PersonFacts[], name = 'alpha'): ProjectPeople => ({ project: name, people });

/** `confidence: alias < into: reasons`. */
const told = (people: PersonFacts[], entries: { name: string; email: string }[] = []) =>
  suggestMerges([project(people)], entries).map(
    ({ confidence, alias, into, reasons }) =>
      `${confidence}: ${alias.name} ${alias.email} < ${into.name} ${into.email}: ${reasons.join('; ')}`,
  );

it('counts how many people make half of the work', () => {
  // The vector of CHAOSS's own page.
  expect(absenceFactor([1000, 202, 90, 33, 332, 343, 42, 433])).toBe(2);
  expect(absenceFactor([1, 1])).toBe(1);
  expect(absenceFactor([1, 1, 1])).toBe(2);
  expect(absenceFactor([0, 5])).toBe(1);
  expect(absenceFactor([])).toBeNull();
});

it('takes one address for one person, unless many share it', () => {
  expect(told([person('Ada', 'A@x.example', { authored: 5 }), person('Countess', 'a@x.example')])).toEqual([
    'high: Countess a@x.example < Ada A@x.example: same address a@x.example',
  ]);
  expect(told([person('Ada', 'root@localhost', { authored: 5 }), person('Bob', 'root@localhost')])).toEqual([
    'low: Bob root@localhost < Ada root@localhost: same address root@localhost',
  ]);
});

it('takes one name for one person, more so within an organisation', () => {
  const firm = { organization: 'Firm' };
  expect(
    told([
      person('Ádá Example', 'a@x.example', { authored: 9 }),
      person('Example, Ada', 'b@y.example'),
      person('Bo Bo', 'a@firm.example', { ...firm, authored: 8 }),
      person('bo  bo', 'b@firm.example', firm),
      person('ann', 'c@x.example', { authored: 7 }),
      person('Ann', 'd@x.example'),
      person('root', 'e@x.example', { authored: 6 }),
      person('root', 'f@x.example'),
    ]),
  ).toEqual([
    'high: bo  bo b@firm.example < Bo Bo a@firm.example: same name bo bo, under another address of Firm',
    'medium: Example, Ada b@y.example < Ádá Example a@x.example: same name ada example',
    'low: Ann d@x.example < ann c@x.example: same name ann',
  ]);
});

it('knows the addresses that forges make up', () => {
  const people = [
    person('Ada Example', 'ada.lovelace@x.example', { authored: 9 }),
    person('al', '123+ada.lovelace@users.noreply.github.com', { authored: 3 }),
    person('other', 'ada.lovelace@users.noreply.github.com'),
    person('Bo', '7-bobby@users.noreply.gitlab.com'),
    person('bobby', 'b@y.example', { authored: 2 }),
    person('No One', 'me@users.noreply.github.com'),
  ];
  expect(told(people)).toEqual([
    'high: other ada.lovelace@users.noreply.github.com < al 123+ada.lovelace@users.noreply.github.com: same account ada.lovelace at github.com',
    "medium: al 123+ada.lovelace@users.noreply.github.com < Ada Example ada.lovelace@x.example: login ada.lovelace of 123+ada.lovelace@users.noreply.github.com is the other's name or address",
    "medium: Bo 7-bobby@users.noreply.gitlab.com < bobby b@y.example: login bobby of 7-bobby@users.noreply.gitlab.com is the other's name or address",
  ]);
});

it('is surer with two reasons', () => {
  expect(
    told([
      person('Ada Example', 'adae@x.example', { authored: 2 }),
      person('ada example', '1+adae@users.noreply.github.com'),
    ]),
  ).toEqual([expect.stringMatching(/^high: .*: same name ada example; login adae of /)]);
});

it('looks at what people were called before, and leaves alone bots and those who are told apart', () => {
  const known = person('Ada', 'a@x.example', { identities: [{ name: 'Old Name', email: 'old@x.example' }] });
  const again = person('B', 'old@x.example', { authored: 9 });
  expect(told([known, again])).toEqual(['high: Ada a@x.example < B old@x.example: same address old@x.example']);
  // Who has an entry stays.
  expect(told([known, again], [known])).toEqual([
    'high: B old@x.example < Ada a@x.example: same address old@x.example',
  ]);
  expect(told([known, again], [known, again])).toEqual([]);
  expect(told([known, { ...again, bot: 'bot' }])).toEqual([]);
});

it('says what taking two for one would do, project by project', () => {
  const ada = person('Ada Example', 'a@x.example', { authored: 3, committed: 3 });
  const other = person('Ada Example', 'b@y.example', { authored: 3, committed: 0 });
  const bob = person('Bob', 'bob@x.example', { authored: 5, committed: 8 });
  const [suggestion] = suggestMerges([project([ada, other, bob]), project([other], 'beta')], []);
  expect(suggestion?.effects).toEqual([
    { project: 'alpha', authors: [3, 2], committers: [2, 2], absenceFactor: [2, 1] },
  ]);
});
