import { expect, test } from 'vitest';
import { code, codeBlock, md } from '../../src/model/markdown-text.js';
import { renderMarkdown } from '../../src/report/markdown.js';
import { sampleResult, UNSEEN } from './fixture.js';

test('text is text: no markup, no cell ends, no lines', () => {
  expect(md('a|b`c`<i>*x*')).toBe('a\\|b\\`c\\`\\<i\\>\\*x\\*');
  expect(md('[x](http://e.invalid)')).toBe('\\[x\\](http\\://e.invalid)');
  expect(md('two\nlines\u202e')).toBe('two lines\\\\u\\{202e\\}');
  expect(md('# no head')).toBe('\\# no head');
  expect(md('2014-12-31 (a day): fine')).toBe('2014-12-31 (a day): fine');
});

test('code is fenced by more backticks than it holds', () => {
  expect(code('a`b``c')).toBe('```a`b``c```');
  expect(code('`')).toBe('`` ` ``');
  expect(codeBlock('x\n```\ny', 'sql')).toBe('````sql\nx\n```\ny\n````');
});

test('every line of a table has as many cells as its head', () => {
  let width = 0;
  for (const line of renderMarkdown(sampleResult()).split('\n')) {
    const cells = line.startsWith('|') ? line.replaceAll('\\|', '').split('|').length : 0;
    if (cells > 0 && width > 0) expect(cells, line).toBe(width);
    width = cells;
  }
});

test('holds what the page holds', () => {
  const text = renderMarkdown(sampleResult());
  for (const part of [
    '# Three made-up projects',
    'As of 31 December 2014',
    '## Overview',
    '**Not in this report**',
    '## beta-disk',
    '> **Warning.** This is a shallow clone',
    '#### Commits per year',
    '## Replication',
    'Not reproduced. Nearest: 57',
    '## How it was counted',
    'FROM scmlog',
  ]) {
    expect(text).toContain(part);
  }
  expect(text).not.toMatch(/(?<!\\)<script/);
  expect(text).not.toMatch(UNSEEN);
});

test('labels a replica', () => {
  const result = sampleResult();
  result.study.replica = true;
  expect(renderMarkdown(result)).toContain('> **Replica.** Everything shown here comes from made-up histories');
  expect(renderMarkdown(result)).toContain('## gamma (replica)');
});
