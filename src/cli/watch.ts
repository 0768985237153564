import { spawn } from 'node:child_process';
import type { Command } from 'commander';
import { ExitCode } from '../model/error.js';
import { define } from './define.js';
import { evaluateCommand, evaluateOptions, WEEKLY } from './schedule.js';
import { readStudy } from './study.js';

interface WatchFlags {
  cron: string;
  tz?: string;
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** What the printer's own options were, for the evaluates that this starts. */
function spoken({
  json,
  quiet,
  verbose,
  color,
}: {
  json: boolean;
  quiet: boolean;
  verbose: boolean;
  color: boolean;
}): string[] {
  return [
    ...(json ? ['--json'] : []),
    ...(quiet ? ['--quiet'] : []),
    ...(verbose ? ['--verbose'] : []),
    ...(color ? [] : ['--no-color']),
  ];
}

/** Runs one evaluate to its end; null: a signal ended it. */
function evaluateOnce(words: readonly string[], signal: AbortSignal): Promise<number | null> {
  const [program = '', ...args] = words;
  return new Promise((resolve, reject) => {
    // A process of its own: whatever happens to it, the watch goes on, and its memory is given back.
    const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'] });
    // From a terminal it heard Ctrl-C itself; a second signal would end it without order.
    const stop = (): void => void (process.stdin.isTTY && signal.reason === 'SIGINT' ? null : child.kill('SIGTERM'));
    signal.addEventListener('abort', stop, { once: true });
    child.on('error', reject);
    child.on('close', (code) => {
      signal.removeEventListener('abort', stop);
      resolve(code);
    });
  });
}

export function addWatch(program: Command): void {
  define<WatchFlags>(program, {
    name: 'watch',
    summary:
      'Run health evaluate at set times, in the foreground, until Ctrl-C or SIGTERM. A time that was missed (the machine ' +
      'slept) is made up for by one run. Exit code 0 when it is stopped while it waits, 130 while it evaluates. What ' +
      'follows -- is handed to health evaluate.',
    listensTo: ['config', 'store', 'clones', 'project', 'json'],
    examples: [
      { line: 'health watch', does: 'every Monday at six' },
      { line: 'health watch --cron "0 6 * * *" --tz Europe/Madrid', does: 'every day at six in Madrid' },
      { line: 'health watch -- --webhook https://example.org/hook', does: 'with options for health evaluate' },
    ],
    shape: (command) =>
      command
        .argument('[options...]', 'options for health evaluate, after --')
        .option('--cron <expr>', 'when, as in crontab(5)', WEEKLY)
        .option('--tz <zone>', "time zone, such as Europe/Madrid (default: the machine's)"),
    async run({ args, options, globals, printer }) {
      // A study that can't be read is told now, and not on Monday.
      await readStudy(globals);
      const { checkZone, watch, zonedTime } = await import('../pipeline/watch.js');
      const zone = options.tz === undefined ? null : checkZone(options.tz);
      const words = [...evaluateCommand(evaluateOptions(globals, args)), ...spoken(globals)];
      const controller = new AbortController();
      let isEvaluating = false;
      const onSignal = (name: NodeJS.Signals): void => {
        // oxlint-disable-next-line unicorn/no-process-exit -- the second one means now
        if (controller.signal.aborted) process.exit(ExitCode.interrupted);
        controller.abort(name);
        printer.note(isEvaluating ? 'stopping after this evaluate gave up; once more to stop at once' : 'stopped');
      };
      for (const name of SIGNALS) process.on(name, onSignal);
      let code: number = ExitCode.done;
      try {
        await watch({
          cron: options.cron,
          zone,
          signal: controller.signal,
          onNext: (moment) => printer.note(`next run: ${zonedTime(moment, zone)}`),
          onLate: (moment) => printer.note(`the run of ${zonedTime(moment, zone)} was missed; it runs now`),
          run: async (signal) => {
            isEvaluating = true;
            const ended = await evaluateOnce(words, signal);
            isEvaluating = false;
            printer.note(`evaluate ended with exit code ${ended ?? 'none'}`);
            if (signal.aborted) code = ExitCode.interrupted;
            // What is wrong with the configuration now will be wrong next time.
            else if (ended === ExitCode.usage) printer.warn('its options or its configuration are wrong');
          },
        });
      } finally {
        for (const name of SIGNALS) process.off(name, onSignal);
      }
      return code;
    },
  });
}
