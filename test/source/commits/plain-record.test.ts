import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { afterLinks, commitLinks, commitTime, parseCommit } from '../../../src/source/commits/commit-object.js';
import { PlainRecords } from '../../../src/source/commits/plain-record.js';
import { Kernel } from '../../../src/source/kernel/kernel.js';
import { runs } from '../../fixtures/runs.js';

const OID = 'a94a8fe5ccb19ba61c4c0873d391e987982fbbd3';
const ROOM = 1 << 16;

const kernel = new Kernel(1 << 20);
const place = kernel.reserve(ROOM);
const plain = new PlainRecords(kernel);

/** Puts a commit where the kernel can read it, with what the cache puts behind each. */
function put(text: Buffer): { start: number; end: number } {
  // What lay there before must not matter.
  kernel.bytes.fill(0x3e, place, place + text.length + 64);
  text.copy(kernel.bytes, place);
  const end = place + text.length;
  kernel.bytes[end] = 0x20;
  kernel.bytes[end + 1] = 0;
  return { start: place, end };
}

/** Where the kernel reads the commit at all, it must read what is read elsewhere. Returns whether it did. */
function same(text: Buffer): { links: boolean; record: boolean } {
  const { start, end } = put(text);
  const { bytes, links } = kernel;
  const count = kernel.readLinks(start, end);
  const oids: string[] = [];
  const after = commitLinks(bytes, start, end, (oid) => oids.push(Buffer.from(oid).toString('hex')));
  if (count >= 0) {
    const found = Array.from({ length: count + 1 }, (_, i) =>
      bytes.toString('hex', links + 8 + 20 * i, links + 28 + 20 * i),
    );
    expect([found, kernel.doubles[links >> 3]]).toEqual([oids, commitTime(bytes, after, end)]);
  }
  const said = plain.read(start, end);
  if (said !== null && after >= 0) {
    const { author, committer, message } = parseCommit(bytes, afterLinks(bytes, start, end), end, OID, []);
    expect(said).toEqual({ author, committer, message });
  }
  return { links: count >= 0, record: said !== null };
}

const ident = fc.oneof(
  fc.constantFrom(
    'Ann Example <ann@example.org>',
    'Bö <b@example.org>',
    ' C <> ',
    'D',
    'E <e',
    'F <a> <b>',
    '<g@h>',
    'I  <i>',
  ),
  fc.string({ maxLength: 20 }).map((text) => `${text} <${text}>`),
);
const moment = fc.oneof(
  fc.constantFrom(
    '0 +0000',
    '1400000000 -0000',
    '1400000000',
    '-5 +0100',
    '+5 +0100',
    '99999999999999999999 +0000',
    '1 0530',
  ),
  fc
    .tuple(fc.nat(2 ** 31), fc.constantFrom('+0530', '-0800', '+1', '-123456', '+1234567', '+00', ' +0200'))
    .map((parts) => parts.join(' ')),
);
const line = fc.oneof(
  fc
    .tuple(fc.constantFrom('author', 'committer', 'author ', 'committer '), ident, moment)
    .map((parts) => parts.join(' ')),
  fc.constantFrom(
    'encoding latin1',
    'gpgsig -----BEGIN',
    ' author X <x> 1 +0000',
    'authors of this',
    'committer',
    'author',
    'mergetag object',
  ),
  fc.string({ maxLength: 12 }),
);
const commit = fc
  .record({
    tree: fc.constantFrom(`tree ${OID}`, `tree ${OID.toUpperCase()}`, `tree ${OID.slice(1)}x`, `tree  ${OID}`, ''),
    parents: fc.array(fc.constantFrom(`parent ${OID}`, `parent ${OID}`, `parent ${OID} `, `parent ${OID.slice(2)}`), {
      maxLength: 18,
    }),
    author: fc.tuple(ident, moment).map((parts) => `author ${parts.join(' ')}`),
    committer: fc.tuple(ident, moment).map((parts) => `committer ${parts.join(' ')}`),
    more: fc.array(line, { maxLength: 3 }),
    message: fc.oneof(fc.string(), fc.string({ unit: 'binary', maxLength: 40 }), fc.constant('plain\n\ntext\n')),
    cut: fc.option(fc.nat(400), { freq: 6 }),
    latin1: fc.boolean(),
  })
  .map(({ tree, parents, author, committer, more, message, cut, latin1 }) => {
    const text = [tree, ...parents, author, committer, ...more, '', message].join('\n');
    const bytes = Buffer.from(text, latin1 ? 'latin1' : 'utf8');
    return cut === null ? bytes : bytes.subarray(0, cut);
  });

test('the kernel reads a commit as it is read elsewhere, or leaves it', () => {
  let [links, records] = [0, 0];
  fc.assert(
    fc.property(commit, (text) => {
      const read = same(text);
      if (read.links) links++;
      if (read.record) records++;
    }),
    { numRuns: 400 * runs(10) },
  );
  // Else nothing was compared.
  expect(Math.min(links, records)).toBeGreaterThan(50);
});

test('a person met before is known again by name and address alone', () => {
  const text = (name: string) => Buffer.from(`tree ${OID}\nauthor ${name} 5 +0100\ncommitter ${name} 6 -0130\n\nx`);
  const names = Array.from({ length: 3000 }, (_, i) => `Person ${i % 1700} <p${i % 1700}@example.org>`);
  for (const name of [...names, ...names.toReversed()]) {
    const { start, end } = put(text(name));
    const [, shown, email] = /^(.*) <(.*)>$/.exec(name)!;
    expect(plain.read(start, end)).toEqual({
      author: { name: shown, email, time: 5, zone: 3600 },
      committer: { name: shown, email, time: 6, zone: -5400 },
      message: 'x',
    });
  }
  const long = `${'n'.repeat(200)} <long@example.org>`;
  const other = `${'m'.repeat(200)} <long@example.org>`;
  for (const name of [long, other, long]) {
    const { start, end } = put(text(name));
    expect(plain.read(start, end)?.author.name).toBe(name.slice(0, 200));
  }
});
