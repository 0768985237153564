import { acceptMerges } from '../config/identity-writer.js';
import { suggestionId, suggestMerges } from '../metrics/merge-suggestions.js';
import { projectPeople } from '../metrics/people.js';
import { plainScope } from '../model/measurement.js';
import type { MergeSuggestion, PersonFacts, ProjectPeople } from '../model/people.js';
import type { Study } from '../model/project.js';
import { openReadable } from '../store/readable.js';
import { identitiesOf } from './identities.js';
import { chooseProjects } from './scope.js';

export interface PeopleRequest {
  store: string;
  study: Study;
  /** Empty: all of the study. */
  projects: string[];
  /** YYYY-MM-DD; null: everything. */
  asOf: string | null;
  /** Pseudonyms in place of names. */
  anonymize: boolean;
}

/** The people of each project, as mailmap and identity file tell them. */
export function listPeople(request: PeopleRequest): ProjectPeople[] {
  const { store, study, projects, asOf, anonymize } = request;
  const readable = openReadable(store, { identities: identitiesOf(study)?.rules, anonymize });
  try {
    const { facts } = chooseProjects(readable, study, projects, store);
    return facts.map(({ name: project }) => ({
      project,
      people: projectPeople(readable, plainScope(project, { asOf, identity: 'merged' })),
    }));
  } finally {
    readable.close();
  }
}

/** People who may be one, with what taking them for one would do. */
export function suggestPeople(request: PeopleRequest): MergeSuggestion[] {
  const entries = identitiesOf(request.study)?.rules.people ?? [];
  const people = listPeople({ ...request, anonymize: false });
  const suggestions = suggestMerges(people, entries);
  if (!request.anonymize) return suggestions;
  const hidden = pseudonyms(people, listPeople(request));
  return suggestions.map((suggestion) => {
    const into = hidden(suggestion.into);
    const alias = hidden(suggestion.alias);
    // What names whom they are like follows the kind of reason.
    const reasons = suggestion.reasons.map(
      (reason) => /^(?:same (?:address|name|account)|login)/.exec(reason)?.[0] ?? '',
    );
    return { ...suggestion, id: suggestionId(into, alias), into, alias, reasons };
  });
}

/** Adds suggestions to the identity file. Returns the lines added. */
export function acceptSuggestions(file: string, suggestions: readonly MergeSuggestion[]): number {
  return acceptMerges(
    file,
    process.cwd(),
    suggestions.map(({ into, alias, reasons }) => ({ into, alias, comment: reasons.join('; ') })),
  );
}

type Pair = Pick<PersonFacts, 'name' | 'email'>;

function pseudonyms(people: readonly ProjectPeople[], hidden: readonly ProjectPeople[]): (person: Pair) => Pair {
  const named = new Map<string, Pair>();
  for (const [i, one] of people.entries()) {
    const byId = new Map(hidden[i]?.people.map((person) => [person.id, person]));
    for (const { id, name, email } of one.people) {
      const other = byId.get(id);
      if (other) named.set(JSON.stringify([name, email]), { name: other.name, email: other.email });
    }
  }
  return ({ name, email }) => named.get(JSON.stringify([name, email])) ?? { name: '', email: '' };
}
