import { execFileSync, spawnSync } from 'node:child_process';
import { DOMParser, type Element } from '@xmldom/xmldom';
import { describe, expect, test } from 'vitest';
import { evaluationAtom } from '../../src/report/evaluation-atom.js';
import { evaluationBadge } from '../../src/report/evaluation-badge.js';
import { evaluationJunit } from '../../src/report/evaluation-junit.js';
import { evaluationMarkdown } from '../../src/report/evaluation-markdown.js';
import { alarmOf, evaluationOf, eventful, HOSTILE } from './evaluation-fixture.js';

const hasXmllint = spawnSync('xmllint', ['--version']).status === 0;

/** Parsed by a strict parser; by libxml2 too, where it is there. */
function parsed(xml: string): Element {
  if (hasXmllint) execFileSync('xmllint', ['--noout', '-'], { input: xml, stdio: ['pipe', 'pipe', 'inherit'] });
  const fail = (level: string, message: string): void => {
    // The parser mistrusts the sign for what can't be shown.
    if (level === 'warning' && message.includes('replacement character')) return;
    throw new Error(`${level}: ${message}`);
  };
  return new DOMParser({ onError: fail }).parseFromString(xml, 'text/xml').documentElement!;
}

function all(root: Element, name: string): Element[] {
  return [...root.getElementsByTagName(name)];
}

function texts(root: Element, name: string): string[] {
  return all(root, name).map(({ textContent }) => textContent ?? '');
}

function childNames(root: Element): string[] {
  return [...root.childNodes].filter(({ nodeType }) => nodeType === 1).map(({ nodeName }) => nodeName);
}

describe('Markdown', () => {
  test('says what is new first, and on what it rests', () => {
    const text = evaluationMarkdown(eventful());
    expect(text.split('\n')[0]).toBe('# our-stack: 1 new alarm');
    const heads = text.split('\n').filter((line) => line.startsWith('## '));
    expect(heads).toEqual(['## New alarms', '## Still open', '## Closed', '## What failed', '## Projects']);
    expect(text).toContain(
      'open since 2020-03-09. days silent: 218 days; percentile: unknown; the 5 years up to the day',
    );
    expect(text).toContain('acknowledged 2020-02-20: a text');
    expect(text).toContain('open from 2020-01-06 to 2020-03-09');
    expect(text).toContain('Compared with the run of 2020-03-02.');
  });

  test('a first run without news is short', () => {
    const text = evaluationMarkdown(evaluationOf({ previous: null, run: null, projects: [] }));
    expect(text).toBe(
      '# our-stack: no alarms\n\nAs of 2020-03-09. This is the first run. Nothing could be measured.\n',
    );
  });

  test('hostile text stays text, and calls nobody', () => {
    const text = evaluationMarkdown(eventful(HOSTILE, HOSTILE));
    expect(text).not.toMatch(/@octocat|#12|!7|[^\\]<script|[^\\]\[a\]|[^\\]`x/);
    // oxlint-disable-next-line no-control-regex -- these must not be there
    expect(text).not.toMatch(/[\u0000\u0007\u202e]/);
    const cells = text
      .split('\n')
      .filter((line) => line.startsWith('|'))
      .map((line) => line.split(/(?<!\\)\|/).length);
    expect(new Set(cells)).toEqual(new Set([6]));
  });

  test('fits an issue whatever happened', () => {
    const many = Array.from({ length: 400 }, (_, i) => alarmOf({ id: i, text: 'long '.repeat(200) }));
    const text = evaluationMarkdown(evaluationOf({ alarms: { new: many, open: many, closed: many } }));
    expect(text.length).toBeLessThan(65_536);
    expect(text).toContain('# our-stack: 400 new alarms');
    expect(text.trimEnd().split('\n').at(-1)).toBe('The rest is too long for here.');
  });
});

describe('JUnit XML', () => {
  const RULES = [
    { id: 'silence', projects: null },
    { id: 'score-below', projects: ['beta'] },
  ];

  test('a case a rule and project', () => {
    const root = parsed(evaluationJunit(eventful(), RULES));
    expect(root.nodeName).toBe('testsuites');
    const outcome = Object.fromEntries(
      all(root, 'testcase').map((one) => [
        `${one.getAttribute('classname')} ${one.getAttribute('name')}`,
        childNames(one)[0] ?? 'passed',
      ]),
    );
    expect(outcome).toEqual({
      'alpha collect': 'passed',
      'alpha silence': 'failure',
      'alpha release-overdue': 'failure',
      'alpha rival-ahead a text': 'skipped',
      'alpha absence-factor': 'passed',
      'beta collect': 'error',
      'beta silence': 'passed',
      'beta score-below': 'passed',
    });
    const totals = ['tests', 'failures', 'errors', 'skipped', 'time'].map((name) => root.getAttribute(name));
    expect(totals).toEqual(['8', '2', '1', '1', '90.000']);
    // Each suite counts its own.
    for (const suite of all(root, 'testsuite')) {
      expect(suite.getAttribute('tests')).toBe(String(all(suite, 'testcase').length));
      expect(suite.getAttribute('failures')).toBe(String(all(suite, 'failure').length));
    }
    expect(all(root, 'testsuite')[0]?.getAttribute('timestamp')).toBe('2020-03-09T06:00:00');
  });

  test('projects that were judged without a collect have their cases too', () => {
    const root = parsed(evaluationJunit(evaluationOf({ projects: [] }), RULES, ['alpha', 'beta']));
    const cases = all(root, 'testcase').map((one) => `${one.getAttribute('classname')} ${one.getAttribute('name')}`);
    expect(cases).toEqual(['alpha silence', 'beta silence', 'beta score-below']);
  });

  test('what failed as a whole is an error too', () => {
    const failure = { project: null, code: 'disk-full', message: 'no room', hint: null };
    const root = parsed(evaluationJunit(evaluationOf({ failures: [failure], projects: [] })));
    expect(all(root, 'error')[0]?.getAttribute('message')).toBe('no room');
    expect(root.getAttribute('errors')).toBe('1');
  });

  test('hostile text stays text', () => {
    const root = parsed(evaluationJunit(eventful(HOSTILE, HOSTILE)));
    expect(all(root, 'script')).toHaveLength(0);
    expect(all(root, 'failure')[0]?.getAttribute('message')).toContain('<script>alert(1)</script> "\' & ]]> | `x`');
  });
});

describe('the Atom feed', () => {
  const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
  const URN = /^urn:uuid:[\da-f]{8}-[\da-f]{4}-5[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

  test('has what RFC 4287 asks for', () => {
    const root = parsed(evaluationAtom(eventful()));
    expect([root.nodeName, root.namespaceURI]).toEqual(['feed', 'http://www.w3.org/2005/Atom']);
    const required = childNames(root)
      .filter((name) => name !== 'entry')
      .sort();
    expect(required).toEqual(['author', 'generator', 'id', 'title', 'updated']);
    for (const entry of all(root, 'entry')) {
      for (const name of ['id', 'title', 'updated', 'published', 'content']) expect(all(entry, name)).toHaveLength(1);
      for (const { nodeName } of all(entry, 'content')) expect(nodeName).toBe('content');
    }
    for (const id of texts(root, 'id')) expect(id).toMatch(URN);
    expect(new Set(texts(root, 'id')).size).toBe(6);
    for (const date of [...texts(root, 'updated'), ...texts(root, 'published')]) expect(date).toMatch(RFC3339);
    const entries = all(root, 'entry').map((entry) => texts(entry, 'updated')[0]!);
    expect(entries).toEqual(entries.toSorted().toReversed());
  });

  test('an alarm keeps its id, and is only updated when something became of it', () => {
    const one = (alarm: Parameters<typeof alarmOf>[0], day = '2020-03-09') => {
      const found = alarmOf(alarm);
      const root = parsed(evaluationAtom(evaluationOf({ day, alarms: { new: [], open: [found], closed: [] } })));
      const entry = all(root, 'entry')[0]!;
      return [texts(entry, 'id')[0], texts(entry, 'updated')[0]];
    };
    const [id, updated] = one({});
    expect(updated).toBe('2020-03-02T00:00:00Z');
    expect(one({ lastSeen: '2020-04-06', id: 9, text: 'no commit for 250 days' }, '2020-04-06')).toEqual([id, updated]);
    const known = one({ state: 'acknowledged', acknowledgedAt: '2020-03-05 10:11:12' });
    expect(known).toEqual([id, '2020-03-05T10:11:12Z']);
    expect(one({ firstSeen: '2020-03-03' })[0]).not.toBe(id);
    expect(one({ project: 'beta' })[0]).not.toBe(id);
    // Always this one, on every machine.
    expect(id).toMatchInlineSnapshot(`"urn:uuid:fd94a19a-b1c5-55f5-a908-4aa2d4ddf005"`);
  });

  test('hostile text stays text', () => {
    const root = parsed(evaluationAtom(eventful(HOSTILE, HOSTILE)));
    expect(all(root, 'script')).toHaveLength(0);
    expect(texts(root, 'title').join('')).toContain('<script>alert(1)</script>');
    for (const content of all(root, 'content')) expect(content.getAttribute('type')).toBe('text');
  });
});

describe('the badge', () => {
  const failure = { project: null, code: 'failed', message: 'm', hint: null };
  test.each([
    ['no alarms', {}],
    ['1 open alarm', { alarms: { new: [], open: [alarmOf()], closed: [] } }],
    ['2 new alarms', { alarms: { new: [alarmOf(), alarmOf({ id: 5 })], open: [], closed: [] }, exitCode: 1 as const }],
    ['1 failure', { failures: [failure], exitCode: 3 as const }],
    ['failed', { failures: [failure], exitCode: 4 as const }],
  ])('%s', (text, over) => {
    const root = parsed(evaluationBadge(evaluationOf(over)));
    expect(root.getAttribute('role')).toBe('img');
    expect(root.getAttribute('aria-label')).toBe(`our-stack: ${text} (2020-03-09)`);
    expect(texts(root, 'title')).toEqual([`our-stack: ${text} (2020-03-09)`]);
    expect(texts(root, 'text')).toEqual(['our-stack', text]);
    // The parts fill the whole, and white text can be read on each of them.
    const rects = all(root, 'rect').slice(1);
    const widths = rects.map((rect) => Number(rect.getAttribute('width')));
    expect(widths[0]! + widths[1]!).toBe(Number(root.getAttribute('width')));
    for (const rect of rects) expect(contrastWithWhite(rect.getAttribute('fill')!)).toBeGreaterThan(4.5);
  });

  test('hostile and long names stay inside', () => {
    const root = parsed(evaluationBadge(evaluationOf({ study: HOSTILE.repeat(9) })));
    expect(all(root, 'script')).toHaveLength(0);
    expect(Number(root.getAttribute('width'))).toBeLessThan(500);
  });
});

function contrastWithWhite(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 1.05 / (0.2126 * red! + 0.7152 * green! + 0.0722 * blue! + 0.05);
}
