import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { HealthError } from '../model/error.js';
import { STUDY_FILE } from '../config/file-names.js';
import { define } from './define.js';
import { writeWhole } from '../files/whole-file.js';

/** Writes without ever replacing a file that is there, unless told to. */
function writeNew(file: string, text: string, force: boolean): void {
  try {
    writeWhole(file, text, { onlyNew: !force });
  } catch (error) {
    if (!force && existsSync(file)) {
      throw new HealthError('bad-usage', `${file} exists already`, {
        hint: '--force replaces it; --out names another',
      });
    }
    throw error;
  }
}

export function addInit(program: Command): void {
  define<{ force?: boolean }>(program, {
    name: 'init',
    summary: 'Write a commented health.yaml to begin a study of your own with.',
    listensTo: ['out'],
    examples: [
      { line: 'health init', does: 'write ./health.yaml' },
      { line: 'health init --out studies/storage.yaml', does: 'write it elsewhere (use it with --config)' },
    ],
    shape: (command) => command.option('--force', 'replace the file when it exists'),
    async run({ options, globals, printer }) {
      const { TEMPLATE } = await import('../config/template.js');
      const file = globals.out ?? globals.config ?? STUDY_FILE;
      writeNew(file, TEMPLATE, options.force ?? false);
      printer.note(`wrote ${file}; next: edit it, then health collect`);
    },
  });
}
