import { execFileSync } from 'node:child_process';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { writeWhole } from '../files/whole-file.js';
import { HealthError } from '../model/error.js';
import { crontabLine } from '../schedule/crontab.js';
import { jobName, type Job, type ScheduleFile } from '../schedule/job.js';
import { systemdUnits } from '../schedule/systemd.js';
import { githubWorkflow, gitlabJob } from '../schedule/workflows.js';

export type Scheduler = 'systemd' | 'cron' | 'github' | 'gitlab';

/** The files that make a scheduler run a job. HealthError bad-usage where it can't be said to that scheduler. */
export function scheduleFiles(kind: Scheduler, job: Job): ScheduleFile[] {
  const name = jobName(job);
  const zoned = kind === 'systemd' || kind === 'gitlab';
  if (job.zone !== null && !zoned) {
    const own = kind === 'github' ? 'UTC' : "the machine's";
    throw new HealthError('bad-usage', `--tz has no meaning for ${kind}: its times are ${own}`, {
      hint: 'Leave out --tz and write the time in that zone.',
    });
  }
  switch (kind) {
    case 'systemd':
      return systemdUnits(job);
    case 'cron':
      return [{ name: `${name}.cron`, text: crontabLine(job) }];
    case 'github':
      return [{ name: `${name}.yml`, text: githubWorkflow(job) }];
    case 'gitlab':
      return [{ name: `${name}.gitlab-ci.yml`, text: gitlabJob(job) }];
  }
}

/** Writes them into a folder; returns their paths. HealthError not-writable or disk-full. */
export function writeSchedule(files: readonly ScheduleFile[], folder: string): string[] {
  return files.map(({ name, text }) => {
    const path = join(folder, name);
    writeWhole(path, text);
    return path;
  });
}

/** Where systemd looks for a user's own units. */
export function userUnits(env: NodeJS.ProcessEnv = process.env): string {
  const config = env['XDG_CONFIG_HOME'];
  return join(config === undefined || config === '' ? join(homedir(), '.config') : config, 'systemd', 'user');
}

/** Starts the timer for this user. HealthError missing-tool where there is no systemd for users to talk to. */
export function startTimer(timer: string): void {
  for (const args of timerCommands(timer)) {
    try {
      execFileSync('systemctl', args, { stdio: ['ignore', 'ignore', 'pipe'], timeout: 30_000 });
    } catch (cause) {
      const said = cause instanceof Error && 'stderr' in cause ? String(cause.stderr).trim().split('\n')[0] : '';
      throw new HealthError('missing-tool', `systemctl ${args.join(' ')} failed${said ? `: ${said}` : ''}`, {
        hint: `The units are written. Start them with: ${timerCommands(timer)
          .map((one) => `systemctl ${one.join(' ')}`)
          .join(' && ')}`,
        cause,
      });
    }
  }
}

function timerCommands(timer: string): string[][] {
  return [
    ['--user', 'daemon-reload'],
    ['--user', 'enable', '--now', timer],
  ];
}
