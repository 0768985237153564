import { InvalidArgumentError, Option, type Command } from 'commander';
import { HealthError } from '../model/error.js';
import type { Value } from '../model/measurement.js';
import type { Confidence, MergeEffect, MergeSuggestion, ProjectPeople } from '../model/people.js';
import { visibleLine } from '../model/text.js';
import { define, type Call } from './define.js';
import { rowsText, type Rows } from './rows.js';

const CONFIDENCES = ['high', 'medium', 'low'] as const;

interface PeopleFlags {
  confidence: Confidence;
  write?: boolean;
}

const ACTIONS = ['list', 'suggest', 'accept'] as const;

function action(text: string): string {
  if ((ACTIONS as readonly string[]).includes(text)) return text;
  throw new InvalidArgumentError(`It must be one of: ${ACTIONS.join(', ')}.`);
}

function shape(command: Command): void {
  command
    .argument('<action>', 'list, suggest or accept', action)
    .argument('[id...]', 'with accept: the suggestions, as suggest shows them')
    .addOption(
      new Option('--confidence <least>', 'with suggest: only those at least as sure')
        .choices(CONFIDENCES)
        .default('low'),
    )
    .option('--write', 'with suggest: accept all that are shown');
}

function listed(projects: readonly ProjectPeople[]): Rows {
  return {
    columns: ['project', 'name', 'email', 'authored', 'committed', 'first', 'last', 'organization', 'told by', 'bot'],
    rows: projects.flatMap(({ project, people }) =>
      people.map((person): Value[] => [
        project,
        person.name,
        person.email,
        person.authored,
        person.committed,
        person.first.slice(0, 10),
        person.last.slice(0, 10),
        person.organization,
        person.organizationRule,
        person.bot,
      ]),
    ),
  };
}

/** `authors 43 → 42`; nothing where they stay as they are. */
function change(what: string, [before, after]: [number | null, number | null]): string[] {
  return before === after ? [] : [`${what} ${before ?? 'none'} → ${after ?? 'none'}`];
}

function effectText({ project, authors, committers, absenceFactor }: MergeEffect): string {
  const changes = [
    ...change('authors', authors),
    ...change('committers', committers),
    ...change('absence factor', absenceFactor),
  ];
  return `${project}: ${changes.length === 0 ? 'no change' : changes.join(', ')}`;
}

/** Three lines a suggestion: who is whom, why, and what it would do. */
function suggestionText({ id, confidence, alias, into, reasons, effects }: MergeSuggestion): string {
  const indent = ' '.repeat(18);
  const effect = effects.length === 0 ? 'changes no figure: not in one project' : effects.map(effectText).join('; ');
  return [
    `${id}  ${confidence.padEnd(6)}  ${alias.name} <${alias.email}> is ${into.name} <${into.email}>`,
    `${indent}${reasons.join('; ')}`,
    `${indent}${effect}`,
  ]
    .map(visibleLine)
    .join('\n');
}

function print({ printer }: Call<PeopleFlags>, rows: Rows): void {
  const width = process.stdout.isTTY ? process.stdout.columns : undefined;
  printer.result(rowsText('table', rows, { width, heading: (line) => printer.style('bold', line) }));
}

/** Those that ids name. HealthError bad-usage. */
function named(suggestions: readonly MergeSuggestion[], ids: readonly string[]): MergeSuggestion[] {
  if (ids.length === 0) {
    throw new HealthError('bad-usage', 'which suggestions? Name their ids', {
      hint: 'health people suggest shows them; health people suggest --write accepts all it shows',
    });
  }
  return [...new Set(ids)].map((id) => {
    const found = suggestions.find((one) => one.id === id);
    if (found) return found;
    throw new HealthError('bad-usage', `there is no suggestion ${id}`, { hint: 'health people suggest shows them' });
  });
}

async function suggest(call: Call<PeopleFlags>): Promise<void> {
  const { args, options, globals, printer } = call;
  const [what, ...ids] = args;
  const { loadStudy } = await import('../config/study.js');
  const { study, identities } = loadStudy({ config: globals.config, cwd: process.cwd() });
  const { suggestPeople, acceptSuggestions } = await import('../pipeline/people.js');
  const { store, project: projects, asOf, anonymize } = globals;
  const accepts = what === 'accept' || options.write === true;
  if (accepts && anonymize) {
    throw new HealthError('bad-usage', 'pseudonyms can not be accepted: leave out --anonymize');
  }
  const all = suggestPeople({ store, study, projects, asOf, anonymize });
  const least = CONFIDENCES.indexOf(options.confidence);
  const shown =
    what === 'accept' ? named(all, ids) : all.filter(({ confidence }) => CONFIDENCES.indexOf(confidence) <= least);
  const written = accepts && shown.length > 0 ? acceptSuggestions(identities, shown) : 0;
  if (printer.json) printer.data({ suggestions: shown, written, file: accepts ? identities : null });
  else if (shown.length > 0) printer.result(shown.map(suggestionText).join('\n\n'));
  if (shown.length === 0) printer.note('no two people look like one');
  else if (accepts) printer.note(`${identities}: ${written} ${written === 1 ? 'line' : 'lines'} added`);
  else printer.note('accept some with: health people accept ID…');
}

export function addPeople(program: Command): void {
  define<PeopleFlags>(program, {
    name: 'people',
    summary:
      'Who takes part: list people, suggest which of them are one person, accept suggestions into identities.yaml. ' +
      'Names and addresses in the store stay as they are; a line taken out of the file is undone.',
    listensTo: ['config', 'store', 'json', 'asOf', 'project', 'anonymize'],
    examples: [
      { line: 'health people list --project drbd', does: 'everybody, with commits, organisation, bots' },
      { line: 'health people suggest', does: 'who may be one person, why, and what it would change' },
      { line: 'health people accept 1a2b3c4d', does: 'add one of them to identities.yaml' },
      { line: 'health people suggest --confidence high --write', does: 'add all the sure ones' },
    ],
    shape,
    async run(call) {
      const { args, globals, options, printer } = call;
      const [what, ...ids] = args;
      if (what !== 'accept' && ids.length > 0)
        throw new HealthError('bad-usage', `${what} takes no ids: ${ids.join(' ')}`);
      if (what !== 'suggest' && options.write) throw new HealthError('bad-usage', '--write goes with suggest');
      if (what !== 'list') return suggest(call);
      const { loadStudy } = await import('../config/study.js');
      const { study } = loadStudy({ config: globals.config, cwd: process.cwd() });
      const { listPeople } = await import('../pipeline/people.js');
      const { store, project: projects, asOf, anonymize } = globals;
      const people = listPeople({ store, study, projects, asOf, anonymize });
      if (printer.json) printer.data(people);
      else print(call, listed(people));
    },
  });
}
