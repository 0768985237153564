import { InvalidArgumentError, Option, type Command } from 'commander';
import { isDay } from '../model/date.js';
import { HealthError } from '../model/error.js';

/** The options every command shares; they may stand before or after the command's name. */
export interface Globals {
  config: string | null;
  store: string;
  clones: string;
  json: boolean;
  quiet: boolean;
  verbose: boolean;
  color: boolean;
  asOf: string | null;
  project: string[];
  out: string | null;
  anonymize: boolean;
}

export type GlobalName = keyof Globals;

/** Given where they mean nothing, these are refused rather than ignored: the result would not be what was asked for. */
const TELLING: readonly GlobalName[] = ['json', 'asOf', 'project', 'out', 'anonymize'];
/** What every command listens to. */
const ALWAYS: readonly GlobalName[] = ['quiet', 'verbose', 'color'];

function filled(text: string): string {
  if (text === '') throw new InvalidArgumentError('It must not be empty.');
  return text;
}

export function day(text: string): string {
  if (!isDay(text)) throw new InvalidArgumentError('It must be a day of the calendar: YYYY-MM-DD.');
  return text;
}

export function positive(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 1 on.');
  return Number(text);
}

export function several(text: string, before: readonly string[] | undefined): string[] {
  return [...(before ?? []), filled(text)];
}

/** One fresh set for each program: commander keeps values in them. */
export function globalOptions(): Option[] {
  return [
    new Option('-c, --config <file>', 'the study (default: ./health.yaml, else the built-in one)').argParser(filled),
    new Option('--store <file>', 'the SQLite file').argParser(filled).default('data/health.sqlite'),
    new Option('--clones <dir>', 'where clones are kept').argParser(filled).default('data/repos'),
    new Option('--json', 'machine output on stdout, nothing else there'),
    new Option('--as-of <date>', 'as things stood at the end of that day, YYYY-MM-DD').argParser(day),
    new Option('--project <name>', 'only this project (repeatable)').argParser(several),
    new Option('--out <path>', 'where to write').argParser(filled),
    new Option('--anonymize', 'pseudonyms in place of names and addresses, the same ones for this store every time'),
    new Option('--quiet', 'no progress, no messages; errors only'),
    new Option('--verbose', 'say more, and show the details of errors'),
    new Option('--no-color', 'no colours (NO_COLOR is honoured too)'),
  ];
}

function root(command: Command): Command {
  return command.parent ? root(command.parent) : command;
}

/** As it is typed: `health cluster render`. */
function fullName(command: Command): string {
  return command.parent ? `${fullName(command.parent)} ${command.name()}` : command.name();
}

const listened = new WeakMap<Command, readonly GlobalName[]>();

/** Says which of the global options a command listens to, for its --help and for `refuseUseless`. */
export function listensTo(command: Command, names: readonly GlobalName[]): Command {
  listened.set(command, [...names, ...ALWAYS]);
  return command;
}

/** The global options a command's --help shows. */
export function shownGlobals(command: Command): Option[] {
  const names: readonly string[] = listened.get(command) ?? [];
  return root(command).options.filter((option) => names.includes(option.attributeName()));
}

/** HealthError bad-usage when an option was given that the command would have to ignore. */
export function refuseUseless(command: Command): void {
  const names = listened.get(command) ?? [];
  const useless = TELLING.find((name) => !names.includes(name) && root(command).getOptionValueSource(name) === 'cli');
  if (useless === undefined) return;
  const flag = root(command).options.find((option) => option.attributeName() === useless)?.long ?? useless;
  const called = fullName(command);
  throw new HealthError('bad-usage', `${flag} has no meaning for '${called}'`, {
    hint: `${called} --help lists the options it takes`,
  });
}

export function readGlobals(command: Command): Globals {
  const given = root(command).opts<Partial<Globals>>();
  return {
    config: given.config ?? null,
    store: given.store ?? 'data/health.sqlite',
    clones: given.clones ?? 'data/repos',
    json: given.json ?? false,
    quiet: given.quiet ?? false,
    verbose: given.verbose ?? false,
    color: given.color ?? true,
    asOf: given.asOf ?? null,
    project: [...new Set(given.project ?? [])],
    out: given.out ?? null,
    anonymize: given.anonymize ?? false,
  };
}
