import { calendarEvents } from './calendar-event.js';
import { plainCron } from './cron-fields.js';
import { jobName, refuseLineBreaks, type Job, type ScheduleFile } from './job.js';

/** A service and its timer, for systemctl --user or for /etc/systemd/system. */
export function systemdUnits(job: Job): ScheduleFile[] {
  const { study, folder, command, cron, zone } = job;
  refuseLineBreaks([folder, ...command], 'a systemd unit');
  const name = jobName(job);
  const title = specifiers(study.replace(/\s+/g, ' '));
  const service = `[Unit]
Description=Health of ${title}: collect, measure, compare
Documentation=man:systemd.timer(5)
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
WorkingDirectory=${specifiers(folder.endsWith('\\') ? `${folder}/` : folder)}
# HEALTH_WEBHOOK_SECRET=... may stand in this file, readable by its owner only.
EnvironmentFile=-%E/stack-health/environment
ExecStart=${commandLine(command)}
# 1: a rule fired. That is news, not a failure.
SuccessExitStatus=1
Nice=10
IOSchedulingClass=idle
NoNewPrivileges=yes
`;
  const timer = `[Unit]
Description=Health of ${title}: when to look

[Timer]
# cron: ${plainCron(cron)}
${calendarEvents(cron, zone)
  .map((event) => `OnCalendar=${event}`)
  .join('\n')}
# After a time that was missed (the machine was off), once it is on again.
Persistent=true

[Install]
WantedBy=timers.target
`;
  return [
    { name: `${name}.service`, text: service },
    { name: `${name}.timer`, text: timer },
  ];
}

/** What ExecStart= reads as these words: no specifier, no variable, no escape of its own in them. */
function commandLine(command: readonly string[]): string {
  // The program's own name may hold no quotes and no backslash, and its dollars are no variables; an argument's are.
  const words = /["'\\$]/.test(command[0] ?? '') ? ['/usr/bin/env', ...command] : command;
  return words.map((word) => unitWord(word).replaceAll('$', '$$$$')).join(' ');
}

function unitWord(word: string): string {
  const plain = specifiers(word);
  return /^[A-Za-z0-9_@%+=:,./$-]+$/.test(plain) ? plain : `"${plain.replace(/["\\]/g, String.raw`\$&`)}"`;
}

function specifiers(text: string): string {
  return text.replaceAll('%', '%%');
}
