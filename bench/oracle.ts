import { compareWithOracle, oracleFolder, oracleNames, type OracleComparison } from '../test/store/oracle.js';
import type { BenchRepository } from './repositories.js';

/** One repository against what CVSAnalY itself wrote for it. */
export interface OracleRow {
  name: string;
  found: OracleComparison;
}

/** Compares each real repository that HEALTH_SHARED has an oracle for; `collect` makes a store of it, compat strict. */
export async function oracleRows(
  repositories: readonly BenchRepository[],
  collect: (repository: BenchRepository) => Promise<string>,
): Promise<OracleRow[]> {
  const shared = process.env['HEALTH_SHARED'];
  const oracle = shared === undefined ? null : oracleFolder(shared);
  const rows: OracleRow[] = [];
  for (const repository of oracle === null ? [] : repositories) {
    const name = oracleNames.find((one) => one === repository.name);
    if (name === undefined || !repository.real) continue;
    rows.push({ name, found: compareWithOracle(await collect(repository), oracle!, name) });
  }
  return rows;
}

/** The table as Markdown, with what was compared; empty where nothing was. */
export function oracleTable(rows: readonly OracleRow[]): string {
  if (rows.length === 0) return '';
  const lines = rows.flatMap(({ name, found }) =>
    (['commits', 'actions', 'counts'] as const).map((what) => {
      const { rows: compared, onlyOurs, onlyTheirs } = found[what];
      const shown = what === 'counts' ? 'rows of each table and view' : what;
      return [
        name,
        shown,
        String(compared),
        String(onlyOurs.length + onlyTheirs.length),
        `${found.both}, ${found.alone}`,
      ];
    }),
  );
  const head = ['repository', 'what', 'compared', 'off', 'commits both sides have, one alone has'];
  const table = [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  return `
## Against CVSAnalY

Rows of \`health collect --compat strict\` held against those CVSAnalY itself wrote, over the commits both sides have. Off
are rows that only one side has.

${table}
`;
}
