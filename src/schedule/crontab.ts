import { plainCron } from './cron-fields.js';
import { quoted, refuseLineBreaks, type Job } from './job.js';

/** A line for `crontab -e`. What the command says, cron mails to the line's owner. */
export function crontabLine({ cron, folder, command, study }: Job): string {
  refuseLineBreaks([folder, ...command], 'a crontab');
  const shell = `cd ${quoted(folder)} && ${command.map(quoted).join(' ')} --quiet`;
  // To cron an unescaped % ends the line, in quotes too.
  const line = shell.replaceAll('%', String.raw`\%`);
  return `# Health of ${study.replace(/\s+/g, ' ')}; exit code 1 says that a rule fired\n${plainCron(cron)} ${line}\n`;
}
