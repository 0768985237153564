import type { Command } from 'commander';
import { ExitCode, HealthError } from '../model/error.js';
import type { Study } from '../model/project.js';
import { visibleLine } from '../model/text.js';
import type { DoctorLine } from '../pipeline/doctor.js';
import { toolVersion } from '../pipeline/version.js';
import { define } from './define.js';
import type { Globals } from './globals.js';
import type { Printer, Style } from './printer.js';

const STYLES: Record<DoctorLine['state'], Style> = { ok: 'green', optional: 'dim', missing: 'yellow', bad: 'red' };

async function configLine(globals: Globals): Promise<{ line: DoctorLine; study: Study | null }> {
  const what = 'configuration';
  try {
    const { loadStudy } = await import('../config/study.js');
    const { study, file } = loadStudy({ config: globals.config, cwd: process.cwd() });
    const count = `${study.projects.length} project${study.projects.length === 1 ? '' : 's'}`;
    if (file !== null) return { line: { what, state: 'ok', detail: `${file}: study ${study.name}, ${count}` }, study };
    const detail = `no health.yaml here; the built-in study ${study.name} is used, ${count}`;
    return { line: { what, state: 'optional', detail, hint: 'for a study of your own: health init' }, study };
  } catch (error) {
    if (!(error instanceof HealthError)) throw error;
    const line: DoctorLine = { what, state: 'bad', detail: error.message };
    return { line: error.hint === undefined ? line : { ...line, hint: error.hint }, study: null };
  }
}

/** The checks behind the command line; where even loading them fails, that is the finding. */
async function pipelineLines({ store, clones }: Globals, study: Study | null): Promise<DoctorLine[]> {
  try {
    const { doctor } = await import('../pipeline/doctor.js');
    return await doctor({ store, clones, study });
  } catch (error) {
    const detail = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    return [{ what: 'installation', state: 'bad', detail, hint: 'reinstall stack-health, or run: npm rebuild' }];
  }
}

function print(printer: Printer, lines: readonly DoctorLine[]): void {
  const width = Math.max(...lines.map((line) => line.what.length));
  for (const { what, state, detail, hint } of lines) {
    const label = printer.style(STYLES[state], state.padEnd(8));
    printer.result(`${label}  ${visibleLine(what).padEnd(width)}  ${visibleLine(detail)}`);
    for (const text of (hint ?? '').split('\n').filter((text) => text !== '')) {
      printer.result(`${' '.repeat(width + 12)}${visibleLine(text)}`);
    }
  }
}

export function addDoctor(program: Command): void {
  define(program, {
    name: 'doctor',
    summary: 'Say what is there and what is missing: versions, configuration, store, clones, queries, rights, room.',
    listensTo: ['config', 'store', 'clones', 'json'],
    examples: [
      { line: 'health doctor', does: 'check everything; exit code 1 when something needed is missing' },
      { line: 'health doctor --json', does: 'the same for machines' },
    ],
    async run({ globals, printer }) {
      const { line, study } = await configLine(globals);
      // An older Node does not get this far: see cli.ts.
      const node: DoctorLine = { what: 'Node', state: 'ok', detail: `${process.versions.node} (needs 20.19 or newer)` };
      const tool: DoctorLine = { what: 'stack-health', state: 'ok', detail: toolVersion() };
      const lines = [node, tool, line, ...(await pipelineLines(globals, study))];
      const healthy = lines.every(({ state }) => state === 'ok' || state === 'optional');
      if (printer.json) printer.data({ healthy, checks: lines });
      else print(printer, lines);
      return healthy ? ExitCode.done : ExitCode.refused;
    },
  });
}
