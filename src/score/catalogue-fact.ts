import type { Candidate, Fact, FactSource } from '../model/candidate.js';
import type { Value } from '../model/measurement.js';
import type { CriterionInput } from '../model/selection-model.js';
import { licenceClass } from './licence.js';

export type CatalogueField = Extract<CriterionInput, { kind: 'catalogue' }>['field'];

/** What the catalogue says for a criterion. A number that is only known to lie between two ends has both. */
export interface CatalogueFact {
  value: Value;
  between: [number, number] | null;
  sources: FactSource[];
}

const exactly = (value: Value, sources: FactSource[]): CatalogueFact => ({ value, between: null, sources });

function count(fact: Fact<readonly unknown[]>): CatalogueFact {
  return exactly(fact.value === null ? null : fact.value.length, fact.sources);
}

/** That there is no repository to collect is known where the catalogue says why. */
function hasRepository({ repository }: Candidate): 'yes' | 'no' | null {
  if (repository.value !== null) return 'yes';
  return repository.note === null ? null : 'no';
}

/** `asked`: the capabilities that anybody in the layer is known to have or lack: what isn't said of one is unknown of it. */
export function catalogueFact(candidate: Candidate, field: CatalogueField, asked: readonly string[]): CatalogueFact {
  const { licence, repository, support, platforms, capabilities } = candidate;
  switch (field) {
    case 'licence':
      return exactly(licence.value === null ? null : licenceClass(licence.value), licence.sources);
    case 'support':
      return count(support);
    case 'platforms':
      return count(platforms);
    case 'repository':
      return exactly(hasRepository(candidate), repository.sources);
    case 'capabilities': {
      const said = asked.map((id) => capabilities[id]?.value ?? null);
      const has = said.filter((one) => one === true).length;
      const may = has + said.filter((one) => one === null).length;
      const sources = asked.flatMap((id) => capabilities[id]?.sources ?? []);
      return { value: has === may ? has : null, between: has === may ? null : [has, may], sources };
    }
    case 'known': {
      const { description, company, website } = candidate;
      const facts = [description, company, licence, website, support, platforms].map(({ value }) => value !== null);
      const all = [
        ...facts,
        hasRepository(candidate) !== null,
        ...asked.map((id) => (capabilities[id]?.value ?? null) !== null),
      ];
      return exactly(all.filter(Boolean).length / all.length, []);
    }
  }
}
