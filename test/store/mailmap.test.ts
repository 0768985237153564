import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { MailmapTable } from '../../src/store/mailmap.js';
import { testRepository, type TestRepository } from '../fixtures/repository.js';

interface Person {
  name: string;
  email: string;
}

/** What real git makes of people, with this mailmap as a blob. */
function gitMapped(repo: TestRepository, mailmap: string, people: readonly Person[]): string[] {
  const file = join(repo.dir, 'map');
  writeFileSync(file, mailmap);
  const blob = repo.git('hash-object', '-w', 'map');
  const contacts = people.map(({ name, email }) => `${name} <${email}>`);
  return repo.git('-c', `mailmap.blob=${blob}`, '-c', 'mailmap.file=', 'check-mailmap', ...contacts).split('\n');
}

function ownMapped(mailmap: string, people: readonly Person[]): string[] {
  const table = new MailmapTable(mailmap);
  return people.map((person) => {
    const { name, email } = table.map(person);
    return name === '' ? `<${email}>` : `${name} <${email}>`;
  });
}

const MAILMAP = `# The proper names
Proper One <one@example.org>
<proper@example.org> <two@example.org>
Proper Three <three@example.org> <old3@example.org>
Proper Four <four@example.org> Old Four <old4@example.org>
  Blanks\t Within   <blank@example.org>   <BLANKS@example.org>  # and a comment
Only Name <four@example.org> # comment <not@read>
# Commented Out <one@example.org>
Late One <ONE@example.org>
no address here
<> <empty@example.org>
Empty <now@example.org> <>
Crlf Name <crlf@example.org>\r
`;

const PEOPLE: Person[] = [
  ['Some One', 'one@example.org'],
  ['Some One', 'ONE@EXAMPLE.org'],
  ['Two', 'two@example.org'],
  ['X', 'old3@example.org'],
  ['Old Four', 'old4@example.org'],
  ['oLD fOUR', 'OLD4@example.org'],
  ['Else', 'old4@example.org'],
  ['B', 'blanks@example.org'],
  ['E', 'empty@example.org'],
  ['C', 'crlf@example.org'],
  ['Nobody', 'nobody@example.org'],
  ['Four', 'four@example.org'],
].map(([name = '', email = '']) => ({ name, email }));

it('maps as git does, by all forms of a line', () => {
  const own = ownMapped(MAILMAP, PEOPLE);
  expect(own).toEqual(gitMapped(testRepository(), MAILMAP, PEOPLE));
  expect(own[5]).toBe('Proper Four <four@example.org>');
  expect(own[6]).toBe('Else <old4@example.org>');
});

const NAMES = ['Ada', 'ADA', 'Ada E', 'Bob', 'Bøb', 'bob', 'Z'];
const EMAILS = ['a@x', 'A@X', 'a@y', 'b@x', 'ab@x', 'É@x', 'é@x'];
const blank = fc.constantFrom('', ' ', '\t', '  ');
const name = fc.oneof(fc.constantFrom(...NAMES), fc.constant(''));
const email = fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...EMAILS) }, { weight: 1, arbitrary: fc.constant('') });
const person = fc.tuple(blank, name, blank, email).map(([a, n, b, e]) => `${a}${n}${b}<${e}>`);
const line = fc.oneof(
  { weight: 3, arbitrary: person },
  { weight: 6, arbitrary: fc.tuple(person, person).map((two) => two.join('')) },
  { weight: 1, arbitrary: fc.tuple(person, person, person).map((three) => three.join('')) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('#Ada <a@x>', ' # Ada <a@x>', 'Ada', '<a@x', 'Ada a@x>', '', 'Ada <a@x> <b@x', '> < >'),
  },
);

it('maps as git does, whatever the mailmap', () => {
  const repo = testRepository();
  const people = ['Ada', 'aDA', 'Bob', 'Bøb', 'Ada E', 'Nobody'].flatMap((one) =>
    EMAILS.map((address) => ({ name: one, email: address })),
  );
  fc.assert(
    fc.property(
      fc.array(line, { maxLength: 12 }),
      fc.constantFrom('\n', '\r\n'),
      fc.boolean(),
      (lines, end, closed) => {
        const mailmap = lines.join(end) + (closed ? end : '');
        expect(ownMapped(mailmap, people)).toEqual(gitMapped(repo, mailmap, people));
      },
    ),
    { numRuns: 300, seed: 20_141_231 },
  );
});
