import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Option, type Command } from 'commander';
import { ExitCode, HealthError } from '../model/error.js';
import type { CollectOutcome } from '../pipeline/collect.js';
import { counted } from './amount.js';
import { compileLess } from './compiling.js';
import { define } from './define.js';
import { positive } from './globals.js';
import { interruptible } from './interrupt.js';
import { withProgress } from './live.js';
import type { Printer } from './printer.js';
import { checkNames, readStudy } from './study.js';
import { tableText } from './table.js';

interface CollectFlags {
  jobs?: number;
  allowShallow?: boolean;
  actions: boolean;
  lines?: boolean;
  compat: Compat;
}

type Compat = (typeof COMPAT)[number];

const COMPAT = ['default', 'strict'] as const;

const MOST_JOBS = 4;

function happened({ ok, error, summary }: CollectOutcome): string {
  if (!ok || summary === null) return `failed: ${error?.message ?? 'no reason given'}`;
  if (summary.mode === 'unchanged') return 'unchanged';
  if (summary.mode === 'new') return 'new';
  if (summary.mode === 'appended') return counted(summary.commits, 'new commit');
  return summary.vanished > 0
    ? `rebuilt: history was rewritten, ${counted(summary.vanished, 'commit')} vanished`
    : 'rebuilt';
}

function printSummary(printer: Printer, outcomes: readonly CollectOutcome[]): void {
  const rows = outcomes.map((outcome) => [
    outcome.project,
    outcome.commits,
    outcome.summary?.commits ?? null,
    outcome.summary?.actions ?? null,
    outcome.seconds.toFixed(1),
    happened(outcome),
  ]);
  const columns = ['project', 'commits', 'new', 'actions', 'seconds', 'what happened'];
  printer.result(tableText(columns, rows, { heading: (line) => printer.style('bold', line) }));
}

/** On stderr. Where the summary is not on the same screen, or is JSON, with the message; else the hint is enough. */
function printFailures(printer: Printer, outcomes: readonly CollectOutcome[]): void {
  const seen = !printer.json && process.stdout.isTTY;
  for (const { project, error } of outcomes) {
    if (error && !seen) printer.error(`${project}: ${error.message}`, error.hint);
    else if (error?.hint) printer.error(`${project}: ${error.hint}`, null);
  }
}

function printWarnings(printer: Printer, outcomes: readonly CollectOutcome[]): void {
  for (const { project, warning } of outcomes) if (warning !== null) printer.warn(`${project}: ${warning}`);
}

function exitCode(outcomes: readonly CollectOutcome[]): ExitCode {
  const failed = outcomes.filter(({ ok }) => !ok).length;
  if (failed === 0) return ExitCode.done;
  return failed < outcomes.length ? ExitCode.partly : ExitCode.failed;
}

export function addCollect(program: Command): void {
  define<CollectFlags>(program, {
    name: 'collect',
    summary: "Fetch the projects' histories and write them into the store; run again, only what is new is read.",
    listensTo: ['config', 'store', 'clones', 'json', 'project'],
    examples: [
      { line: 'health collect', does: 'every project of the study' },
      { line: 'health collect drbd corosync', does: 'these two only' },
      { line: 'health collect --lines', does: 'with lines; what was collected without is read again, once' },
      { line: 'health collect --json --quiet', does: 'for machines: the outcome as JSON on stdout' },
    ],
    shape: (command) =>
      command
        .argument('[project...]', 'names of the study; all of it when left out')
        .option(
          '--jobs <n>',
          'projects in hand at once (default: as many as the machine has cores, 4 at most)',
          positive,
        )
        .option('--allow-shallow', 'take truncated histories too; their figures are labelled')
        .option('--no-actions', 'leave out which files each commit touched (faster)')
        .option(
          '--lines',
          'count added and removed lines too, as git numstat does (slower); later collects go on with it',
        )
        .option('--no-lines', 'stop counting lines, and drop those counted')
        .addOption(
          new Option('--compat <how>', "strict: CVSAnalY's rows with its known faults; default: with those corrected")
            .choices(COMPAT)
            .default('default' satisfies Compat),
        ),
    async run({ args, options, globals, printer }) {
      const jobs = options.jobs ?? Math.min(MOST_JOBS, availableParallelism());
      const study = await readStudy(globals);
      const only = [...new Set([...args, ...globals.project])];
      await checkNames(study, only);
      const names = only.length > 0 ? only : study.projects.map((project) => project.name);
      // Where there is a store already, there is seldom enough to read for a thread.
      if (jobs > 1 && names.length > 1 && !existsSync(globals.store))
        await import('../pipeline/threads.js').then(({ warmThreads }) => warmThreads());
      const { collect } = await import('../pipeline/collect.js');
      compileLess();
      const { store, clones } = globals;
      const { allowShallow = false, actions, lines, compat } = options;
      if (lines === true && !actions) {
        throw new HealthError('bad-usage', '--lines and --no-actions cannot go together', {
          hint: 'Lines are those of actions: leave one of the two out.',
        });
      }
      const outcomes = await interruptible(printer, 'interrupted; the store keeps its last complete state', (signal) =>
        withProgress(names, printer, (progress) =>
          collect(study, {
            store,
            clones,
            only,
            jobs,
            allowShallow,
            actions,
            compat,
            ...(lines !== undefined && { lines }),
            signal,
            ...(progress && { progress }),
          }),
        ),
      );
      if (printer.json) printer.data({ store, projects: outcomes });
      else printSummary(printer, outcomes);
      printWarnings(printer, outcomes);
      printFailures(printer, outcomes);
      return exitCode(outcomes);
    },
  });
}
