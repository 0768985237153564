import type { Candidate, CandidateCatalogue, CandidateRepository, Fact, FactSource } from '../model/candidate.js';
import { visibleLine } from '../model/text.js';
import type { Printer } from './printer.js';
import { cutLine, tableText, textWidth, type Cell } from './table.js';

const COLUMNS = ['id', 'name', 'licence', 'company', 'repo', 'support', 'has'];
/** Columns that are made narrower, never below this, where a terminal is too narrow for all. */
const ELASTIC = [1, 2, 3, 5];
const NARROWEST = 8;
const GAP = 2;
const LABEL_WIDTH = 14;

function count(candidate: Candidate): number {
  return Object.values(candidate.capabilities).filter(({ value }) => value === true).length;
}

function supportText({ value }: Candidate['support']): string {
  if (value === null) return 'unknown';
  return value.length === 0 ? 'none' : value.map(({ by }) => by).join(', ');
}

/** Why there is none to collect is in its note. */
function repositoryText({ value, note }: Candidate['repository']): string {
  if (value !== null) return 'yes';
  return note === null ? 'unknown' : 'no';
}

function row(candidate: Candidate): Cell[] {
  const { id, name, licence, repository, support, company } = candidate;
  return [
    id,
    name,
    licence.value ?? 'unknown',
    company.value ?? 'unknown',
    repositoryText(repository),
    supportText(support),
    count(candidate),
  ];
}

/** Rows whose longest texts are cut until a line fits a terminal of that width. */
function fitted(rows: readonly Cell[][], width: number): Cell[][] {
  const cells = [COLUMNS, ...rows].map((cells) => cells.map((cell) => visibleLine(String(cell))));
  const widths = COLUMNS.map((_, i) => Math.max(...cells.map((line) => textWidth(line[i] ?? ''))));
  let excess = widths.reduce((sum, one) => sum + one + GAP, -GAP) - width;
  for (; excess > 0; excess--) {
    const widest = ELASTIC.reduce((most, i) => ((widths[i] ?? 0) > (widths[most] ?? 0) ? i : most));
    if ((widths[widest] ?? 0) <= NARROWEST) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return rows.map((line) =>
    line.map((cell, i) => (typeof cell === 'string' ? cutLine(visibleLine(cell), widths[i] ?? 0) : cell)),
  );
}

/** Candidates by layer, one table cut into layers so that the columns stand below each other throughout. */
export function listText(printer: Printer, catalogue: CandidateCatalogue, width: number | undefined): string {
  const groups = catalogue.layers
    .map((layer) => ({ layer, candidates: catalogue.candidates.filter(({ layers }) => layers.includes(layer.id)) }))
    .filter(({ candidates }) => candidates.length > 0);
  const rows = groups.flatMap(({ candidates }) => candidates.map(row));
  const [heading = '', ...lines] = tableText(COLUMNS, width === undefined ? rows : fitted(rows, width), {
    width,
  }).split('\n');
  let next = 0;
  const blocks = groups.map(({ layer, candidates }) => {
    const title = `${printer.style('bold', visibleLine(layer.title))} (${visibleLine(layer.id)})`;
    const shown = lines.slice(next, next + candidates.length);
    next += candidates.length;
    return [title, ...shown].join('\n');
  });
  return [printer.style('dim', heading), ...blocks].join('\n\n').replace('\n\n', '\n');
}

/** Sources are given numbers in the order in which they are first cited. */
class Citations {
  readonly sources: FactSource[] = [];

  of(sources: readonly FactSource[]): string {
    const numbers = sources.map((source) => {
      const same = (other: FactSource): boolean =>
        other.title === source.title && other.url === source.url && other.date === source.date;
      const found = this.sources.findIndex(same);
      return found === -1 ? this.sources.push(source) : found + 1;
    });
    return numbers.length === 0 ? '' : ` [${[...new Set(numbers)].join(', ')}]`;
  }
}

function line(label: string, text: string): string {
  return `${label.padEnd(LABEL_WIDTH)}${visibleLine(text)}`.trimEnd();
}

function factLines<T>(label: string, fact: Fact<T>, show: (value: T) => string[], cite: Citations): string[] {
  if (fact.value === null) {
    const why = fact.note === null ? 'nothing is said' : fact.note;
    return [line(label, `unknown: ${why}${cite.of(fact.sources)}`)];
  }
  const [first = 'none', ...more] = show(fact.value);
  return [
    line(label, `${first}${cite.of(fact.sources)}`),
    ...more.map((text) => line('', text)),
    ...(fact.note === null ? [] : [line('', `note: ${fact.note}`)]),
  ];
}

function addressLines({ url, holds }: CandidateRepository): string[] {
  return [url, ...(holds === null ? [] : [`holds: ${holds}`])];
}

function repositoryLines(repository: Candidate['repository'], cite: Citations): string[] {
  const { value, note, sources } = repository;
  if (value === null && note !== null) return [line('Repository', `none to collect: ${note}${cite.of(sources)}`)];
  return factLines('Repository', repository, addressLines, cite);
}

function capabilityLines(candidate: Candidate, catalogue: CandidateCatalogue, cite: Citations): string[] {
  const titled = (id: string): string => catalogue.capabilities.find((one) => one.id === id)?.title ?? id;
  const lines = (label: string, value: boolean | null): string[] =>
    catalogue.capabilities
      .flatMap(({ id }): [string, Fact<boolean>][] => {
        const fact = candidate.capabilities[id];
        return fact !== undefined && fact.value === value ? [[id, fact]] : [];
      })
      .map(([id, { sources, note }], i) =>
        line(i === 0 ? label : '', `${titled(id)} (${id})${note === null ? '' : `: ${note}`}${cite.of(sources)}`),
      );
  const silent = catalogue.capabilities.filter(({ id }) => candidate.capabilities[id] === undefined);
  return [
    ...lines('Has', true),
    ...lines('Lacks', false),
    ...lines('Unclear', null),
    ...(silent.length === 0 ? [] : [line('Nothing said', silent.map(({ id }) => id).join(', '))]),
  ];
}

function text(value: string): string[] {
  return [value];
}

/** All that is known of one candidate, each fact with its sources, and what isn't known. */
export function candidateText(printer: Printer, candidate: Candidate, catalogue: CandidateCatalogue): string {
  const cite = new Citations();
  const head = `${candidate.name} (${candidate.id})`;
  const lines = [
    printer.style('bold', visibleLine(head)),
    ...factLines('Description', candidate.description, text, cite),
    line('Layers', candidate.layers.join(', ')),
    ...(candidate.kind === 'suite' ? [line('Kind', 'commercial suite: shown to compare features, never ranked')] : []),
    ...(candidate.aliases.length === 0 ? [] : [line('Also called', candidate.aliases.join(', '))]),
    line('In the thesis', candidate.thesis ?? 'not named'),
    ...factLines('Licence', candidate.licence, text, cite),
    ...factLines('Company', candidate.company, text, cite),
    ...factLines('Website', candidate.website, text, cite),
    ...repositoryLines(candidate.repository, cite),
    ...factLines('Platforms', candidate.platforms, (value) => [value.join(', ')], cite),
    ...factLines('Support', candidate.support, (value) => value.map(({ by, what }) => `${by}: ${what}`), cite),
    ...capabilityLines(candidate, catalogue, cite),
  ];
  const sources = cite.sources.map(({ title, url, date }, i) =>
    line(i === 0 ? 'Sources' : '', `[${i + 1}] ${title} (${date})${url === null ? '' : ` ${url}`}`),
  );
  return [...lines, ...sources].join('\n');
}
