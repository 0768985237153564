import type { Catalogue } from '../metrics/catalogue.js';
import { measure } from '../metrics/run.js';
import type { IdentityRules } from '../model/identities.js';
import type { Measurement, Value } from '../model/measurement.js';
import type { Progress } from '../model/progress.js';
import type { SelectionModel } from '../model/selection-model.js';
import { figureOf } from '../score/figure.js';
import type { Figure } from '../score/input.js';
import type { Readable } from '../store/readable.js';
import { reportScope } from './counting.js';
import { withAsOf } from './query.js';

/** What is measured for criteria: each query once for a project, a day and its parameters. */
export class CriterionFigures {
  readonly #readable: Readable;
  readonly #catalogue: Catalogue;
  readonly #rules: IdentityRules | undefined;
  readonly #progress: Progress | undefined;
  readonly #measured = new Map<string, Measurement>();

  constructor(
    readable: Readable,
    catalogue: Catalogue,
    { rules, progress }: { rules: IdentityRules | undefined; progress: Progress | undefined },
  ) {
    this.#rules = rules;
    this.#readable = readable;
    this.#catalogue = catalogue;
    this.#progress = progress;
  }

  /** Ids of all queries that were run. */
  get queries(): string[] {
    return [...new Set([...this.#measured.values()].map(({ query }) => query))].sort();
  }

  /**
   * The measured criteria of a model for candidates that a project stands for. `asOf` null: no commit is left out for
   * its date; `day` is the day the figures speak of. HealthError unknown-query, bad-config.
   */
  of(
    model: SelectionModel,
    standing: readonly { candidate: string; project: string }[],
    { asOf, day }: { asOf: string | null; day: string },
  ): Figure[] {
    return standing.flatMap(({ candidate, project }) =>
      model.criteria.flatMap((criterion): Figure[] => {
        const { id, input } = criterion;
        if (input.kind !== 'metric') return [];
        const measured = this.#measure(input.query, project, input.params, { asOf, day });
        const { query, column } = input;
        const origin = { kind: 'metric', query, column, project, params: measured.params, asOf: day } as const;
        return [{ candidate, criterion: id, value: figureOf(model.id, criterion, input, measured), origin }];
      }),
    );
  }

  #measure(
    query: string,
    project: string,
    params: Record<string, Value>,
    { asOf, day }: { asOf: string | null; day: string },
  ): Measurement {
    const key = JSON.stringify([query, project, params, asOf, day]);
    const known = this.#measured.get(key);
    if (known) return known;
    const info = this.#catalogue.query(query);
    this.#progress?.({ project, stage: 'measure', text: `${query} for the scorecard` });
    const scope = reportScope(project, info, { rules: this.#rules, asOf });
    const measured = measure(this.#readable, this.#catalogue, info, scope, withAsOf(params, info.sql, day));
    this.#measured.set(key, measured);
    return measured;
  }
}
