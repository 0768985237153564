import { expressionColumns, fieldOf, fieldSteps } from './field-path.js';
import { badChart, isObject, listOf } from './spec-file.js';

/** The fields that are there at one place of a specification, and how to complain about others. */
export class KnownFields {
  readonly #names: ReadonlySet<string>;
  readonly #open: boolean;
  readonly #file: string;
  readonly #columns: readonly string[];

  private constructor(names: ReadonlySet<string>, open: boolean, file: string, columns: readonly string[]) {
    this.#names = names;
    this.#open = open;
    this.#file = file;
    this.#columns = columns;
  }

  /** Of rows with these columns, which also carry their project. */
  static ofRows(file: string, columns: readonly string[]): KnownFields {
    return new KnownFields(new Set([...columns, 'project']), false, file, columns);
  }

  /** These and more. `open`: there may be others that only the data tell. */
  with(names: Iterable<string>, open = false): KnownFields {
    return new KnownFields(new Set([...this.#names, ...names]), this.#open || open, this.#file, this.#columns);
  }

  /** Only these: what is left after rows were summed up. */
  only(names: Iterable<string>, open = false): KnownFields {
    return new KnownFields(new Set(names), open, this.#file, this.#columns);
  }

  /** Holds field references against what is there; anything that is no text is passed over. */
  check(fields: unknown): void {
    for (const field of listOf(fields)) {
      if (typeof field !== 'string' || field === '*') continue;
      const steps = fieldSteps(field);
      const [first] = steps;
      if (steps.length === 1 && first !== undefined && (this.#open || this.#names.has(first))) continue;
      if (this.#open && !this.#names.has(field)) continue;
      const hint = this.#names.has(field)
        ? `A field reference needs a backslash before dots and brackets: ${JSON.stringify(fieldOf(field))} in JSON.`
        : undefined;
      throw this.#missing(field, hint);
    }
  }

  checkExpression(expression: unknown): void {
    if (typeof expression !== 'string' || this.#open) return;
    const missing = expressionColumns(expression).find((column) => !this.#names.has(column));
    if (missing !== undefined) throw this.#missing(missing);
  }

  /** An expression, a field predicate, or such with and, or, not around them. */
  checkPredicate(predicate: unknown): void {
    if (!isObject(predicate)) {
      this.checkExpression(predicate);
      return;
    }
    this.check(predicate['field']);
    for (const inner of [predicate['and'], predicate['or'], predicate['not']].flatMap(listOf))
      this.checkPredicate(inner);
  }

  #missing(field: string, hint?: string): Error {
    const columns = this.#columns.join(', ');
    return badChart(this.#file, `field "${field}" is not returned by the query (it returns: ${columns})`, hint);
  }
}
