import type * as z from 'zod';
import { nearest } from './near.js';
import { pathText, type Problem } from './problem.js';
import type { YamlText } from './yaml.js';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

const NOUNS: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  array: 'a list',
  object: 'a mapping (key: value)',
  record: 'a mapping (key: value)',
  boolean: 'true or false',
};

function partAt(value: unknown, path: Path): unknown {
  let part = value;
  for (const step of path) {
    part = typeof part === 'object' && part !== null ? (part as Record<PropertyKey, unknown>)[step] : undefined;
  }
  return part;
}

function kindOf(value: unknown): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  return NOUNS[typeof value] ?? typeof value;
}

function wrongType(expected: string, found: unknown): string {
  if (found === undefined) return 'is missing';
  const scalar = typeof found === 'number' || typeof found === 'boolean';
  const quotes = expected === 'string' && scalar ? `; put it in quotes: '${String(found)}'` : '';
  return `must be ${NOUNS[expected] ?? expected}, not ${kindOf(found)}${quotes}`;
}

/** Without what stands around a schema: it may be left out, or is made of something else first. */
function bare(schema: z.ZodType): z.ZodType {
  let part = schema;
  for (;;) {
    if (part.type === 'optional') part = (part as z.ZodOptional<z.ZodType>).unwrap();
    else if (part.type === 'pipe') part = (part as z.ZodPipe<z.ZodType, z.ZodType>).out;
    else return part;
  }
}

/** The keys a strict mapping knows, taken from the schema at a path. */
function keysAt(schema: z.ZodType, path: Path): string[] {
  let part: z.ZodType = schema;
  for (const step of path) {
    part = bare(part);
    if (part.type === 'object') part = (part as z.ZodObject<Record<string, z.ZodType>>).shape[String(step)] ?? part;
    else if (part.type === 'array') part = (part as z.ZodArray<z.ZodType>).element;
  }
  part = bare(part);
  return part.type === 'object' ? Object.keys((part as z.ZodObject).shape) : [];
}

/** What zod found wrong, in plain words and with the place in the file. */
export function schemaProblems(schema: z.ZodType, yaml: YamlText, issues: readonly Issue[]): Problem[] {
  return issues.flatMap((issue): Problem[] => {
    const { path } = issue;
    if (issue.code === 'unrecognized_keys') {
      const known = keysAt(schema, path);
      return issue.keys.map((key) => {
        const near = nearest(key, known);
        const help = near === null ? `; known keys: ${known.join(', ')}` : `; did you mean '${near}'?`;
        return { ...yaml.locate(path, key), path: pathText(path), message: `unknown key '${key}'${help}` };
      });
    }
    const found = partAt(yaml.value, path);
    let { message } = issue;
    if (issue.code === 'invalid_type') message = wrongType(issue.expected, found);
    else if (issue.code === 'invalid_value') {
      message = found === undefined ? 'is missing' : `must be one of: ${issue.values.map(String).join(', ')}`;
    }
    return [{ ...yaml.locate(path), path: pathText(path), message }];
  });
}
