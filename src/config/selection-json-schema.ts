import * as z from 'zod';
import { catalogueSchema } from './candidate-schema.js';
import { selectionSchema } from './selection-schema.js';

function jsonSchema(schema: z.ZodType, title: string): object {
  return { title, ...z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) };
}

/** JSON Schema (2020-12) of a file of data/catalogue. */
export function catalogueJsonSchema(): object {
  return jsonSchema(catalogueSchema, 'Candidates of the stack-health catalogue');
}

/** JSON Schema (2020-12) of selection.yaml. */
export function selectionJsonSchema(): object {
  return jsonSchema(selectionSchema, 'selection.yaml of stack-health');
}
