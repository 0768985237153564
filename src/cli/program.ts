import { Command } from 'commander';
import { toolVersion } from '../pipeline/version.js';
import { addCatalogue } from './catalogue.js';
import { addCluster } from './cluster.js';
import { addCollect } from './collect.js';
import { addDemo } from './demo.js';
import { addDiff } from './diff.js';
import { addDoctor } from './doctor.js';
import { globalOptions, shownGlobals } from './globals.js';
import { helpTail } from './help.js';
import { addEvaluate } from './evaluate.js';
import { addInit } from './init.js';
import { addMetrics } from './metrics.js';
import { addPeople } from './people.js';
import { addQuery } from './query.js';
import { addRender } from './render.js';
import { addReport } from './report.js';
import { addSchedule } from './schedule.js';
import { addScore } from './score.js';
import { addVerify } from './verify.js';
import { addWatch } from './watch.js';

const SUMMARY =
  'Measures how healthy open-source projects are, from their git histories: who commits, how much, since when. ' +
  'Without a health.yaml it works on the study it grew out of: Corosync, DRBD and Pacemaker.';

/** The command line. Errors are thrown (CommanderError, HealthError), not printed. */
export function buildProgram(): Command {
  const program = new Command('health')
    .description(SUMMARY)
    .usage('<command> [options]')
    .version(toolVersion(), '--version', "print this tool's version")
    .exitOverride()
    .configureOutput({ outputError: () => undefined })
    .configureHelp({ showGlobalOptions: true, visibleGlobalOptions: shownGlobals });
  for (const option of globalOptions()) program.addOption(option);
  program.addHelpText(
    'after',
    helpTail([
      { line: 'health demo', does: 'see a report in a few seconds, offline' },
      { line: 'health collect && health report', does: 'the study of the thesis, on the real repositories' },
      { line: 'health init', does: 'begin a study of your own' },
      { line: 'health help collect', does: 'all about one command' },
    ]),
  );
  addInit(program);
  addDoctor(program);
  addCollect(program);
  addQuery(program);
  addMetrics(program);
  addCatalogue(program);
  addReport(program);
  addRender(program);
  addVerify(program);
  addDiff(program);
  addPeople(program);
  addScore(program);
  addEvaluate(program);
  addWatch(program);
  addSchedule(program);
  addCluster(program);
  addDemo(program);
  return program;
}
