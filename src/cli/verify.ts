import type { Command } from 'commander';
import { ExitCode } from '../model/error.js';
import { visibleLine } from '../model/text.js';
import type { Verification, VerifiedProject } from '../model/verification.js';
import { define } from './define.js';
import { withProgress } from './live.js';
import { readStudy } from './study.js';

function stateText({ project, state, newer, lost }: VerifiedProject): string {
  switch (state) {
    case 'same':
      return `${project}: the store holds just what the run had`;
    case 'moved-on':
      return `${project}: the store has ${newer} ${newer === 1 ? 'commit' : 'commits'} more since; measured at the run's own refs`;
    case 'missing':
      return `${project}: not in this store`;
    case 'lost':
      return `${project}: not measured again: the store no longer holds what ${lost.slice(0, 5).join(', ')}${lost.length > 5 ? ` and ${lost.length - 5} more` : ''} stood at`;
  }
}

function answer({ equal, recomputed, figuresEqual, projects, figures, tables }: Verification): string {
  if (equal) return 'equal, byte for byte';
  if (!recomputed) return 'not verified: nothing of it can be measured on this store';
  const isPart = projects.some(({ state }) => state === 'lost' || state === 'missing');
  if (isPart && figures.length + tables.length === 0)
    return 'verified in part: what could be measured again is the same';
  return figuresEqual ? 'not the same bytes, but every figure is the same' : 'not equal';
}

function list(title: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : ['', title, ...items.map((item) => `  ${visibleLine(item)}`)];
}

function lines(found: Verification, figures: readonly string[]): string[] {
  const { run, projects, causes, tables, parts, takenOver, equal } = found;
  return [
    visibleLine(`${run.study}, as of ${run.asOf}: ${answer(found)}`),
    ...list('Histories:', projects.map(stateText)),
    ...list('Why:', equal ? [] : causes.map(({ text }) => text)),
    ...list('Headline figures, in the run → now:', figures),
    ...list(
      'Tables that differ:',
      tables.map(({ query, projects: names }) => `${query}: ${names.join(', ')}`),
    ),
    ...list('Other parts that differ:', parts),
    ...list('Taken from the run as it stands:', takenOver),
  ];
}

export function addVerify(program: Command): void {
  define(program, {
    name: 'verify',
    summary:
      'Measure a run again, at the refs and the day it had, even where the store has moved on since. Exit code 0: the ' +
      'result is the same byte for byte; 1: it is not, with what differs and why.',
    listensTo: ['config', 'store', 'json'],
    examples: [
      { line: 'health verify run.json', does: 'on the study and the store that are there' },
      { line: 'health verify run.json --store other.sqlite', does: 'on another store, of a colleague for instance' },
      { line: 'health verify run.json --json', does: 'the answer for machines' },
    ],
    shape: (command) => command.argument('<run>', 'the JSON of a run'),
    async run({ args, globals, printer }) {
      const [file = ''] = args;
      const study = await readStudy(globals);
      const { figureTexts, verify } = await import('../pipeline/verify.js');
      const names = study.projects.map(({ name }) => name);
      const found = await withProgress(names, printer, async (progress) =>
        verify({ file, store: globals.store, study, ...(progress && { progress }) }),
      );
      if (printer.json) printer.data(found);
      else printer.result(lines(found, figureTexts(found.figures)).join('\n'));
      return found.equal ? ExitCode.done : ExitCode.refused;
    },
  });
}
