import { expect, it } from 'vitest';
import { renderJson } from '../../src/report/json.js';
import { renderMarkdown } from '../../src/report/markdown.js';
import { differenceRows, differencesLead, differencesPart } from '../../src/report/section/differences.js';
import { facts, sampleResult } from './fixture.js';

it('says how far each fault reaches, per project, and what is not known', () => {
  const rows = differenceRows(sampleResult());
  expect(rows.map(({ cells }) => cells)).toEqual([
    ['0', '0', '–'],
    ['3', '3', '–'],
    ['6', '6', '–'],
    ['9 in 5 commits', '9 in 5 commits', '–'],
    ['12', '12', '–'],
    ['15', '15', '–'],
    ['18', '18', '–'],
  ]);
  const lead = differencesLead(sampleResult());
  expect(lead).toContain('The figures of gamma have them all the same');
  expect(lead).toContain('Not counted yet: gamma;');
  expect(differencesLead(sampleResult({ projects: [facts('alpha')] }))).toContain('are free of them.');
});

it('is in every form of the report, with its explanations, and hostile names stay text', () => {
  const result = sampleResult({ projects: [facts('<b>x</b>')] });
  const html = differencesPart(result)!.text;
  expect(html).toContain('<details');
  expect(html).not.toContain('<b>x</b>');
  const markdown = renderMarkdown(result);
  expect(markdown).toContain('### Where strict CVSAnalY and this store differ');
  for (const { title, text } of result.faults) {
    expect(html).toContain(title);
    expect(markdown).toContain(title);
    expect(text.length).toBeGreaterThan(40);
  }
  const json = JSON.parse(renderJson(result)) as typeof result;
  expect(json.faults).toEqual(result.faults);
  expect(json.projects[0]?.differences).toEqual(result.projects[0]?.differences);
  expect(differencesPart(sampleResult({ projects: [] }))).toBeNull();
});
