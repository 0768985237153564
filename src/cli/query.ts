import { InvalidArgumentError, Option, type Command } from 'commander';
import { HealthError } from '../model/error.js';
import type { RefChoice } from '../model/history.js';
import type { IdentityRule, Measurement, QueryInfo, Scope } from '../model/measurement.js';
import { define, type Call } from './define.js';
import { day, several } from './globals.js';
import { jsonText, type Printer } from './printer.js';
import { queryText } from './query-text.js';
import { FORMATS, gather, rowsText, type Format, type Rows } from './rows.js';
import { readStudy } from './study.js';
import { writeWhole } from '../files/whole-file.js';

interface QueryFlags {
  list?: boolean;
  param?: Record<string, string>;
  format?: Format;
  refs?: string[];
  identity: IdentityRule;
  mergedBy?: string;
  role?: Scope['role'];
  merges?: Scope['merges'];
  time?: Scope['time'];
  bots?: Scope['bots'];
  mailmap?: boolean;
}

function parameter(text: string, before: Record<string, string> | undefined): Record<string, string> {
  const at = text.indexOf('=');
  const name = text.slice(0, at).replace(/^:/, '');
  if (at < 1 || name === '') throw new InvalidArgumentError('It must be NAME=VALUE.');
  if (before && Object.hasOwn(before, name)) throw new InvalidArgumentError(`${name} is given twice.`);
  return { ...before, [name]: text.slice(at + 1) };
}

function shape(command: Command): void {
  command
    .argument('[query]', "a query's id (see --list), a file that ends in .sql, or - for standard input")
    .option('--list', 'list the queries that can be named')
    .option('--param <name=value>', "a value for the query's :name (repeatable)", parameter)
    .addOption(new Option('--format <format>', 'how to print the rows (default: table)').choices(FORMATS))
    .option('--refs <refs>', 'branches (all), default (the default branch), or a pattern (repeatable)', several)
    .addOption(
      new Option('--identity <rule>', 'who counts as one person')
        .choices(['name-email', 'name', 'merged'])
        .default('name-email'),
    )
    .addOption(new Option('--role <role>', 'whose contribution a commit is').choices(['author', 'committer']))
    .addOption(new Option('--merges <in|out>', 'whether merge commits are contributions').choices(['in', 'out']))
    .addOption(new Option('--time <zone>', 'dates of contributions').choices(['local', 'utc']))
    .addOption(new Option('--bots <in|out>', 'whether commits by bots are contributions').choices(['in', 'out']))
    .option('--mailmap', "apply the repository's mailmap (it goes with --identity merged)")
    .option('--no-mailmap', 'leave it, whatever the identity rule')
    .option('--merged-by <date>', 'only what the default branch had merged by that day, YYYY-MM-DD', day);
}

async function refsOf(words: readonly string[] | undefined): Promise<RefChoice> {
  if (words === undefined) return 'branches';
  const { refChoice, refProblem } = await import('../config/ref.js');
  const choice = refChoice(words);
  if (typeof choice === 'string') return choice;
  for (const word of words) {
    const problem = word === 'branches' || word === 'default' ? 'is no pattern; give it alone' : refProblem(word);
    if (problem !== null) throw new HealthError('bad-usage', `--refs: '${word}' ${problem}`);
  }
  return choice;
}

/** The rules that were given; the others stay plain. */
function rulesOf({ role, merges, time, bots, mailmap }: QueryFlags): Partial<Scope> {
  return {
    ...(role && { role }),
    ...(merges && { merges }),
    ...(time && { time }),
    ...(bots && { bots }),
    ...(mailmap !== undefined && { mailmap }),
  };
}

function formatOf({ options, printer }: Call<QueryFlags>): Format {
  if (!printer.json) return options.format ?? 'table';
  if (options.format === undefined || options.format === 'json') return 'json';
  throw new HealthError('bad-usage', `--json and --format ${options.format} can't both be had`);
}

function write(printer: Printer, out: string | null, format: Format, rows: Rows, data: unknown): void {
  const terminal = out === null && process.stdout.isTTY;
  const heading = (line: string): string => (out === null ? printer.style('bold', line) : line);
  const style = { width: terminal ? process.stdout.columns : undefined, heading };
  const text = format === 'json' ? jsonText(data) : rowsText(format, rows, style);
  if (out === null) {
    printer.result(text);
    return;
  }
  writeWhole(out, text.endsWith('\n') ? text : `${text}\n`);
  printer.note(`wrote ${out}`);
}

function listed(infos: readonly QueryInfo[]): Rows {
  return {
    columns: ['id', 'title', 'unit', 'params'],
    rows: infos.map(({ id, title, unit, params }) => [id, title, unit, params.map(({ name }) => name).join(' ')]),
  };
}

/** Says which of the projects that were asked for are not among the rows. */
function noteMissing(printer: Printer, asked: readonly string[], measurements: readonly Measurement[]): void {
  const measured = new Set(measurements.map(({ scope }) => scope.project));
  const missing = asked.filter((name) => !measured.has(name));
  if (missing.length > 0 && missing.length < asked.length) {
    printer.note(`not collected yet: ${missing.join(', ')}; run: health collect`);
  }
}

export function addQuery(program: Command): void {
  define<QueryFlags>(program, {
    name: 'query',
    summary: 'Run one query for every project of the study. What is read is the store; a query that writes is refused.',
    listensTo: ['config', 'store', 'json', 'asOf', 'project', 'out', 'anonymize'],
    examples: [
      { line: 'health query --list', does: 'the queries there are' },
      { line: 'health query thesis/six-month-commits', does: 'one of them, as a table' },
      { line: 'health query my.sql --project drbd --format csv', does: 'a file of your own, one project, CSV' },
      { line: "echo 'SELECT COUNT(*) FROM scmlog' | health query -", does: 'from standard input' },
    ],
    shape,
    async run(call) {
      const { args, options, globals, printer } = call;
      const format = formatOf(call);
      const [argument] = args;
      if (options.list) {
        const { listQueries } = await import('../pipeline/query.js');
        const infos = listQueries();
        write(printer, globals.out, format, listed(infos), infos);
        return;
      }
      if (argument === undefined || argument === '') {
        throw new HealthError('bad-usage', 'which query? Name one, a file that ends in .sql, or - for standard input', {
          hint: 'health query --list shows the queries there are',
        });
      }
      const study = await readStudy(globals);
      const { store, project: projects, asOf, anonymize } = globals;
      const refs = await refsOf(options.refs);
      const sql = await queryText(argument);
      const { query } = await import('../pipeline/query.js');
      const { identity, mergedBy = null } = options;
      const rules = rulesOf(options);
      const params = options.param ?? {};
      const measurements = query({
        store,
        study,
        sql,
        projects,
        params,
        asOf,
        refs,
        identity,
        mergedBy,
        rules,
        anonymize,
      });
      const asked = projects.length > 0 ? projects : study.projects.map(({ name }) => name);
      noteMissing(printer, asked, measurements);
      const data = measurements.map(({ scope, ...rest }) => ({ project: scope.project, ...rest, scope }));
      write(printer, globals.out, format, gather(measurements, projects.length !== 1), data);
    },
  });
}
