import type { Command } from 'commander';
import { define } from './define.js';
import { readStudy } from './study.js';
import { writeWhole } from '../files/whole-file.js';

interface DiffFlags {
  md?: boolean;
}

export function addDiff(program: Command): void {
  define<DiffFlags>(program, {
    name: 'diff',
    summary:
      'What changed between two runs, and why: new commits, rewritten history, merged identities, bot rules, a query, ' +
      'the as-of day. A store that still holds both tells how much each did to a figure.',
    listensTo: ['config', 'store', 'json', 'out'],
    examples: [
      { line: 'health diff spring.json autumn.json', does: 'in words' },
      { line: 'health diff spring.json autumn.json --md --out changes.md', does: 'as Markdown' },
      { line: 'health diff spring.json autumn.json --json', does: 'for machines' },
      { line: 'health report --diff spring.json', does: 'as a section of a new report' },
    ],
    shape: (command) =>
      command
        .argument('<before>', 'the JSON of the earlier run')
        .argument('<after>', 'the JSON of the later run')
        .option('--md', 'Markdown'),
    async run({ args, options, globals, printer }) {
      const [before = '', after = ''] = args;
      const study = await readStudy(globals);
      const { changesMarkdown, changesText, diffFiles, changesJson } = await import('../pipeline/diff.js');
      const { changes, apart } = diffFiles(before, after, { store: globals.store, study });
      if (!apart)
        printer.note('there is no store to tell causes apart on: each figure names all that may have moved it');
      const text = printer.json
        ? changesJson(changes)
        : options.md
          ? changesMarkdown(changes)
          : `${changesText(changes)}\n`;
      if (globals.out === null) {
        printer.result(text);
        return;
      }
      writeWhole(globals.out, text);
      printer.note(`wrote ${globals.out}`);
    },
  });
}
