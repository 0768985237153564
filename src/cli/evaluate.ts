import { availableParallelism } from 'node:os';
import { InvalidArgumentError, type Command } from 'commander';
import { isDay } from '../model/date.js';
import { ExitCode, HealthError } from '../model/error.js';
import type { Evaluation } from '../model/evaluation.js';
import { visibleLine } from '../model/text.js';
import { audienceOptions, readAudience, type AudienceFlags } from './audience.js';
import { define, type Call } from './define.js';
import { positive } from './globals.js';
import { interruptible } from './interrupt.js';
import { withProgress } from './live.js';
import type { Printer } from './printer.js';
import { checkNames, readStudy } from './study.js';

interface EvaluateFlags extends AudienceFlags {
  collect: boolean;
  wait?: number;
  ack?: number;
  note?: string;
  replay?: [string, string];
  alarms?: boolean;
}

const MOST_JOBS = 4;

function dayRange(text: string): [string, string] {
  const [from = '', to = '', ...rest] = text.split('..');
  const last = to === '' ? new Date().toISOString().slice(0, 10) : to;
  if (!isDay(from) || !isDay(last) || rest.length > 0) {
    throw new InvalidArgumentError('It must be two days, YYYY-MM-DD..YYYY-MM-DD (the second is today where left out).');
  }
  return [from, last];
}

function seconds(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError('It must be a whole number of seconds.');
  return Number(text);
}

function clashing(flags: EvaluateFlags): string | null {
  const { ack, note, replay, alarms, collect, summary, junit, atom, badge, webhook } = flags;
  const tells = [summary, junit, atom, badge, webhook].some((one) => one !== undefined);
  if (tells && (ack !== undefined || replay !== undefined || alarms))
    return '--ack, --alarms and --replay tell nobody but this terminal';
  if (ack !== undefined && replay !== undefined) return '--ack and --replay cannot go together';
  if (alarms && (ack !== undefined || replay !== undefined)) return '--alarms cannot go with --ack or --replay';
  if (note !== undefined && ack === undefined) return '--note goes with --ack';
  if (ack !== undefined && !collect) return '--ack does not collect anyway';
  return null;
}

async function acknowledgeAlarm({ options, globals, printer }: Call<EvaluateFlags>): Promise<void> {
  const study = await readStudy(globals);
  const { acknowledge } = await import('../pipeline/evaluate.js');
  const alarm = acknowledge(study, globals.store, options.ack!, options.note ?? null);
  if (printer.json) printer.data(alarm);
  else printer.result(visibleLine(`alarm ${alarm.id} is acknowledged: ${alarm.project}: ${alarm.text}`));
}

async function showAlarms({ globals, printer }: Call<EvaluateFlags>): Promise<void> {
  const study = await readStudy(globals);
  const { listAlarms } = await import('../pipeline/history.js');
  const found = listAlarms({ study, store: globals.store, projects: globals.project });
  const { alarmsText } = await import('./evaluate-text.js');
  if (printer.json) printer.data(found);
  else printer.result(alarmsText(found));
}

async function replayPast({ options, globals, printer }: Call<EvaluateFlags>): Promise<void> {
  const study = await readStudy(globals);
  const [from, to] = options.replay!;
  const { replayRules } = await import('../pipeline/replay.js');
  const replay = replayRules({ store: globals.store, study, projects: globals.project, from, to });
  const { replayText } = await import('./evaluate-text.js');
  if (printer.json) printer.data(replay);
  else printer.result(replayText(replay));
}

async function print(printer: Printer, evaluation: Evaluation): Promise<void> {
  if (printer.json) printer.data(evaluation);
  else {
    const { figureTexts } = await import('../pipeline/verify.js');
    const { evaluationText } = await import('./evaluate-text.js');
    const figures = evaluation.changes?.figures ?? [];
    const gone = (way: 'worse' | 'better') => figureTexts(figures.filter(({ direction }) => direction === way));
    printer.result(evaluationText(evaluation, [...gone('worse'), ...gone('better')]));
  }
  for (const { project, warning } of evaluation.projects) if (warning !== null) printer.warn(`${project}: ${warning}`);
  for (const { project, message, hint } of evaluation.failures)
    printer.error(project === null ? message : `${project}: ${message}`, hint);
}

async function evaluateNow({ options, globals, printer }: Call<EvaluateFlags>): Promise<number> {
  const study = await readStudy(globals);
  await checkNames(study, globals.project);
  const audience = await readAudience(options);
  const { store, clones, project: projects, asOf } = globals;
  const names = projects.length > 0 ? projects : study.projects.map(({ name }) => name);
  const { evaluate } = await import('../pipeline/evaluate.js');
  const { evaluation, told, release } = await interruptible(
    printer,
    'interrupted; the store keeps its last complete state',
    (signal) =>
      withProgress(names, printer, (progress) =>
        evaluate(study, {
          store,
          clones,
          projects,
          jobs: Math.min(MOST_JOBS, availableParallelism()),
          allowShallow: false,
          actions: true,
          collects: options.collect,
          asOf,
          wait: options.wait ?? 0,
          signal,
          ...(progress && { progress }),
        }),
      ),
  );
  try {
    await print(printer, evaluation);
    const { tell } = await import('../pipeline/tell.js');
    const untold = await interruptible(printer, 'interrupted; the next evaluate tells the same alarms', (signal) =>
      tell(evaluation, { study, projects: names }, audience, signal),
    );
    for (const { message, hint } of untold) printer.error(message, hint);
    // Whoever was not told hears of the same alarms from the next run, and so does everybody else.
    if (untold.length === 0) told();
    return untold.length > 0 && evaluation.exitCode === ExitCode.done ? ExitCode.partly : evaluation.exitCode;
  } finally {
    release();
  }
}

export function addEvaluate(program: Command): void {
  define<EvaluateFlags>(program, {
    name: 'evaluate',
    summary:
      'Collect, measure, score and keep a run, and say what changed since the last one and which rules it calls on. ' +
      'Exit codes: 0: nothing new; 1: a rule raised an alarm; 3: some projects could not be collected, or somebody could ' +
      'not be told; 4: none could, or another evaluate is at work. An alarm is told once; it stays open until it no longer holds.',
    listensTo: ['config', 'store', 'clones', 'json', 'asOf', 'project'],
    examples: [
      { line: 'health evaluate', does: 'what a scheduler runs' },
      { line: 'health evaluate --no-collect --json', does: 'on what was collected, for machines' },
      {
        line: 'health evaluate --summary health.md --atom health.xml',
        does: 'for people who are not at this terminal',
      },
      { line: 'health evaluate --ack 3 --note "known, moving to drbd-9"', does: 'take note of alarm 3' },
      { line: 'health evaluate --alarms', does: 'what is open, and what was, without evaluating' },
      { line: 'health evaluate --replay 2004-01-01..', does: 'what the rules would have said, month by month' },
    ],
    shape: (command) =>
      audienceOptions(command)
        .option('--no-collect', 'judge what was collected already')
        .option(
          '--wait <seconds>',
          'how long to wait for another evaluate on this store (default: not at all)',
          seconds,
        )
        .option('--ack <id>', 'acknowledge an alarm, by its number', positive)
        .option('--note <text>', 'why, with --ack')
        .option('--alarms', 'list open, acknowledged and past alarms, and do nothing else')
        .option('--replay <from..to>', 'run the rules over the past: YYYY-MM-DD..YYYY-MM-DD', dayRange),
    async run(call) {
      const clash = clashing(call.options);
      if (clash !== null) throw new HealthError('bad-usage', clash, { hint: 'health evaluate --help tells more' });
      if (call.options.ack !== undefined) return acknowledgeAlarm(call);
      if (call.options.alarms) return showAlarms(call);
      if (call.options.replay !== undefined) return replayPast(call);
      return evaluateNow(call);
    },
  });
}
