import type { Command } from 'commander';
import { visibleLine } from '../model/text.js';
import { define } from './define.js';
import { withProgress } from './live.js';
import { chooseForms, type ReportFlags } from './report-forms.js';
import { readStudy } from './study.js';

export function addReport(program: Command): void {
  define<ReportFlags>(program, {
    name: 'report',
    summary:
      'Measure the collected projects and write a report: HTML (the default), Markdown, JSON, CSV or SVG. ' +
      'Where health evaluate has kept two runs or more, figures over time and alarms are in it.',
    listensTo: ['config', 'store', 'json', 'asOf', 'project', 'out', 'anonymize'],
    examples: [
      { line: 'health report', does: "write reports/STUDY.html, STUDY being the study's name" },
      { line: 'health report --as-of 2014-12-31', does: 'as things stood then' },
      { line: 'health report --html --md --out out', does: 'several forms, into the folder out' },
      { line: 'health report --csv rows --svg charts', does: 'every table as CSV, every chart as SVG' },
      { line: 'health report --json > result.json', does: 'the result itself, on stdout: a run to keep' },
      { line: 'health report --diff last.json', does: 'with what changed since that run, and why' },
    ],
    shape: (command) =>
      command
        .option('--html', 'one self-contained page')
        .option('--md', 'Markdown')
        .option('--csv <dir>', 'a CSV file for each query')
        .option('--svg <dir>', 'an SVG file for each chart')
        .option('--diff <run>', 'with what changed since an earlier run, named by its JSON')
        .option('--no-history', 'without the kept runs and alarms'),
    async run({ options, globals, printer }) {
      const study = await readStudy(globals);
      const { json, ...files } = chooseForms(options, printer.json, globals.out, study.name);
      const forms = json === undefined || json === '-' ? files : { ...files, json };
      const { buildResult, resultJson, since, writeReport } = await import('../pipeline/report.js');
      const { withHistory } = await import('../pipeline/history.js');
      const { store, project: projects, asOf, anonymize } = globals;
      const names = projects.length > 0 ? projects : study.projects.map(({ name }) => name);
      const measured = await withProgress(names, printer, async (progress) =>
        since(options.diff, buildResult({ store, study, projects, asOf, anonymize, ...(progress && { progress }) }), {
          store,
          study,
        }),
      );
      const result = options.history === false ? measured : withHistory(measured, { store, study, projects });
      if (result.missing.length > 0) {
        printer.note(`not collected yet, and not in the report: ${result.missing.join(', ')}; run: health collect`);
      }
      if (json === '-') {
        printer.result(resultJson(result));
        return;
      }
      const written = await writeReport(result, forms);
      if (printer.json) printer.data({ written });
      else for (const path of written) printer.result(visibleLine(path));
    },
  });
}
