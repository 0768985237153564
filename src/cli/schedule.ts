import { realpathSync } from 'node:fs';
import { Argument, type Command } from 'commander';
import { HealthError } from '../model/error.js';
import { visible, visibleLine } from '../model/text.js';
import type { Scheduler } from '../pipeline/schedule.js';
import { define } from './define.js';
import type { Globals } from './globals.js';
import { readStudy } from './study.js';

interface ScheduleFlags {
  cron: string;
  tz?: string;
  install?: boolean;
}

const KINDS: readonly Scheduler[] = ['systemd', 'cron', 'github', 'gitlab'];
/** Mondays at six. */
export const WEEKLY = '0 6 * * 1';

/** The words that run this program's evaluate, wherever they are run from the folder that it is in now. */
export function evaluateCommand(options: readonly string[]): string[] {
  return [process.execPath, realpathSync(process.argv[1] ?? ''), 'evaluate', ...options];
}

/** Global options as they were given, and those that follow `--`. */
export function evaluateOptions({ config, store, clones, project }: Globals, more: readonly string[]): string[] {
  return [
    ...(config === null ? [] : ['--config', config]),
    ...(store === 'data/health.sqlite' ? [] : ['--store', store]),
    ...(clones === 'data/repos' ? [] : ['--clones', clones]),
    ...project.flatMap((name) => ['--project', name]),
    ...more,
  ];
}

export function addSchedule(program: Command): void {
  define<ScheduleFlags>(program, {
    name: 'schedule',
    summary:
      'Print what makes a scheduler run health evaluate in this folder: a systemd timer and service, a crontab line, a ' +
      'GitHub Actions workflow or a GitLab CI job. What follows -- is handed to health evaluate.',
    listensTo: ['config', 'store', 'clones', 'project', 'out', 'json'],
    examples: [
      { line: 'health schedule systemd --install', does: 'every Monday at six, for this user' },
      { line: 'health schedule cron --cron "30 5 * * 1-5"', does: 'a line for crontab -e' },
      { line: 'health schedule github --out .github/workflows', does: 'a workflow beside health.yaml' },
      { line: 'health schedule cron -- --summary health.md', does: 'with options for health evaluate' },
    ],
    shape: (command) =>
      command
        .addArgument(new Argument('<scheduler>', 'what runs it').choices(KINDS))
        .argument('[options...]', 'options for health evaluate, after --')
        .option('--cron <expr>', 'when, as in crontab(5)', WEEKLY)
        .option('--tz <zone>', 'time zone, such as Europe/Madrid (systemd and gitlab)')
        .option('--install', "systemd: write the units into this user's folder and start the timer"),
    async run({ args, options, globals, printer }) {
      const [kind = 'systemd', ...more] = args as [Scheduler, ...string[]];
      const { install = false } = options;
      if (install && kind !== 'systemd') {
        throw new HealthError('bad-usage', `--install is for systemd only`, {
          hint:
            kind === 'cron' ? 'health schedule cron, and the line into crontab -e' : `health schedule ${kind} --out .`,
        });
      }
      if (install && globals.out !== null) throw new HealthError('bad-usage', '--install and --out cannot go together');
      const { name: study } = await readStudy(globals);
      const { scheduleFiles, startTimer, userUnits, writeSchedule } = await import('../pipeline/schedule.js');
      const { toolVersion } = await import('../pipeline/version.js');
      const handed = evaluateOptions(globals, more);
      const files = scheduleFiles(kind, {
        study,
        cron: options.cron,
        zone: await checkedZone(options.tz),
        folder: process.cwd(),
        command: evaluateCommand(handed),
        options: handed,
        version: toolVersion(),
      });
      const folder = install ? userUnits() : globals.out;
      if (folder === null) {
        if (printer.json) return printer.data(files);
        const heads = files.length > 1;
        return printer.result(
          files.map(({ name, text }) => `${heads ? `# ${name}\n` : ''}${visible(text)}`).join('\n'),
        );
      }
      const paths = writeSchedule(files, folder);
      if (printer.json) printer.data({ files: paths });
      else for (const path of paths) printer.result(visibleLine(path));
      if (!install) return;
      startTimer(files.find(({ name }) => name.endsWith('.timer'))!.name);
      printer.note('the timer runs; systemctl --user list-timers shows when');
    },
  });
}

/** HealthError bad-usage. */
async function checkedZone(zone: string | undefined): Promise<string | null> {
  if (zone === undefined) return null;
  const { checkZone } = await import('../pipeline/watch.js');
  return checkZone(zone);
}
