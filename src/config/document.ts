import type * as z from 'zod';
import { readText } from './file.js';
import { schemaProblems } from './issues.js';
import { problemError, shortName, type Problem } from './problem.js';
import { parseYaml, type YamlText } from './yaml.js';

/**
 * What a schema can't say: rules over several parts of a file. `data` is null where the schema found mistakes, and the
 * file's `value` may then be anything.
 */
export type Rule<T = unknown> = (yaml: YamlText, data: T | null) => Problem[];

/**
 * A YAML file held against a schema and further rules. HealthError bad-config names every problem with its place:
 * `FILE:LINE:COL: path: message`.
 */
export function loadDocument<T>(file: string, cwd: string, schema: z.ZodType<T>, rules: readonly Rule<T>[]): T {
  const name = shortName(file, cwd);
  const yaml = parseYaml(readText(file, name));
  if (Array.isArray(yaml)) throw problemError(name, yaml);
  if (yaml.value === null || yaml.value === undefined) {
    throw problemError(name, [{ line: 1, column: 1, path: '', message: 'is empty' }]);
  }
  const parsed = schema.safeParse(yaml.value);
  const problems = [
    ...(parsed.success ? [] : schemaProblems(schema, yaml, parsed.error.issues)),
    ...rules.flatMap((rule) => rule(yaml, parsed.success ? parsed.data : null)),
  ];
  if (problems.length > 0 || !parsed.success) throw problemError(name, problems);
  return parsed.data;
}
