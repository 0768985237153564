import type { Command } from 'commander';
import type { LintFinding, LintRuleInfo } from '../../model/cluster.js';
import { ExitCode, HealthError } from '../../model/error.js';
import { visibleLine } from '../../model/text.js';
import { define } from '../define.js';
import type { Printer } from '../printer.js';
import { tableText } from '../table.js';
import { targetOption, type TargetFlag } from './target.js';

interface LintFlags extends TargetFlag {
  fix?: boolean;
  sarif?: boolean;
  rules?: boolean;
  strict?: boolean;
}

const STYLES = { error: 'red', warning: 'yellow', note: 'cyan' } as const;

function placeText({ place }: LintFinding): string {
  if (place === null) return 'the cluster';
  return place.line === null ? place.file : `${place.file}:${place.line}`;
}

function print(printer: Printer, findings: readonly LintFinding[], rules: readonly LintRuleInfo[]): void {
  const remedies = new Map(rules.map(({ id, remedy }) => [id, remedy]));
  for (const finding of findings) {
    const { severity, message, rule } = finding;
    printer.result(
      `${visibleLine(placeText(finding))}: ${printer.style(STYLES[severity], severity)}: ${visibleLine(message)} ${printer.style('dim', `[${rule}]`)}`,
    );
    if (printer.verbose) printer.result(`    ${visibleLine(remedies.get(rule) ?? '')}`);
  }
}

function printRules(printer: Printer, rules: readonly LintRuleInfo[]): void {
  if (printer.json) {
    printer.data(rules);
    return;
  }
  const width = process.stdout.isTTY ? process.stdout.columns : undefined;
  const rows = rules.map(({ id, severity, title, source }) => [id, severity, title, source]);
  printer.result(tableText(['rule', 'severity', 'finds', 'source'], rows, { width }));
}

export function addClusterLint(cluster: Command): void {
  define<LintFlags>(cluster, {
    name: 'lint',
    summary:
      "Look for mistakes that no program complains of, in a spec or in a cluster's own files: those of the thesis, each a " +
      "rule, and what today's engineers expect. Exit code 1: errors (with --strict, warnings too).",
    listensTo: ['json'],
    examples: [
      { line: 'health cluster lint cluster.yaml', does: 'a spec, and what is rendered from it' },
      { line: 'health cluster lint /srv/nodes', does: 'a folder with a folder for each node (astapor/etc/hosts, …)' },
      { line: 'health cluster lint thesis', does: "the thesis's own files, rebuilt" },
      { line: 'health cluster lint --rules', does: 'all rules, with their sources' },
    ],
    shape: (command) =>
      command
        .argument('[what]', 'a spec, a folder, zimbra-ha or thesis')
        .addOption(targetOption())
        .option('--fix', 'mend in place what can be mended safely (a folder only)')
        .option('--sarif', 'print SARIF 2.1.0, for code hosts and editors')
        .option('--strict', 'warnings refuse too')
        .option('--rules', 'list the rules instead'),
    async run({ args, options, printer }) {
      const [what] = args;
      const { lintCluster, listRules, sarifOf } = await import('../../pipeline/cluster-lint.js');
      if (options.rules) return printRules(printer, listRules());
      if (what === undefined) {
        throw new HealthError('bad-usage', 'what is to be linted? Name a spec or a folder', {
          hint: 'health cluster lint --rules lists the rules',
        });
      }
      const { fix, target } = options;
      const { findings, fixed } = lintCluster(what, process.cwd(), { ...(fix && { fix }), ...(target && { target }) });
      if (options.sarif) printer.data(sarifOf(findings));
      else if (printer.json) printer.data(findings);
      else print(printer, findings, listRules());
      const count = (severity: LintFinding['severity']): number =>
        findings.filter((one) => one.severity === severity).length;
      const mended = fixed === 0 ? '' : `${fixed} lines mended; `;
      printer.note(`${mended}${count('error')} errors, ${count('warning')} warnings, ${count('note')} notes`);
      const refused = count('error') > 0 || (options.strict === true && count('warning') > 0);
      return refused ? ExitCode.refused : ExitCode.done;
    },
  });
}
