import type { LintFinding, LintRuleInfo } from '../../model/cluster.js';

const LEVELS = { error: 'error', warning: 'warning', note: 'note' } as const;

/** A path as SARIF wants it: a relative URI. */
function uri(file: string): string {
  return file.split('/').map(encodeURIComponent).join('/');
}

/** The findings as a SARIF 2.1.0 log, which code hosts and editors show beside the lines. */
export function toSarif(findings: readonly LintFinding[], rules: readonly LintRuleInfo[], version: string): unknown {
  const places = new Map(rules.map(({ id }, i) => [id, i]));
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'stack-health cluster lint',
            version,
            rules: rules.map(({ id, severity, title, why, remedy, source }) => ({
              id,
              shortDescription: { text: title },
              fullDescription: { text: why },
              help: { text: `${remedy}\nSource: ${source}` },
              defaultConfiguration: { level: LEVELS[severity] },
            })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: findings.map(({ rule, severity, message, place }) => ({
          ruleId: rule,
          ruleIndex: places.get(rule) ?? -1,
          level: LEVELS[severity],
          message: { text: message },
          locations:
            place === null
              ? []
              : [
                  {
                    physicalLocation: {
                      artifactLocation: { uri: uri(place.file) },
                      ...(place.line !== null && { region: { startLine: place.line } }),
                    },
                  },
                ],
        })),
      },
    ],
  };
}
