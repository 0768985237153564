import * as z from 'zod';
import type { CandidateCatalogue } from '../model/candidate.js';
import type { Deployed } from '../model/project.js';
import { Complaints } from './candidate-rules.js';
import { candidateNames, findCandidate } from './catalogue.js';
import type { Problem } from './problem.js';
import { labelSchema } from './schema.js';
import type { YamlText } from './yaml.js';

/** `stack` of health.yaml: what is deployed, by layer. */
export const stackSchema = z.record(
  z.string(),
  z.strictObject({ component: labelSchema, version: labelSchema.optional() }),
);

type StackText = z.infer<typeof stackSchema>;

/** Layers and components that no catalogue has, and components in a layer they don't fill. */
export function stackProblems(yaml: YamlText, stack: StackText, catalogue: CandidateCatalogue): Problem[] {
  const complaints = new Complaints(yaml);
  const layers = catalogue.layers.map(({ id }) => id);
  for (const [layer, { component }] of Object.entries(stack)) {
    const at = ['stack', layer, 'component'];
    complaints.expect(['stack'], 'layer', layer, layers, layer);
    complaints.expect(at, 'candidate', component, candidateNames(catalogue));
    const candidate = findCandidate(catalogue, component);
    if (candidate !== null && layers.includes(layer) && !candidate.layers.includes(layer)) {
      complaints.say(at, `'${component}' fills ${candidate.layers.join(', ')}, not ${layer}`);
    }
  }
  return complaints.problems;
}

/** A stack whose components are ids. */
export function plainStack(stack: StackText): Record<string, Deployed> {
  return Object.fromEntries(
    Object.entries(stack).map(([layer, { component, version }]) => [
      layer,
      { component, version: version?.trim() ?? null },
    ]),
  );
}

/** A checked stack, aliases replaced by the ids they stand for. */
export function toStack(stack: StackText, catalogue: CandidateCatalogue): Record<string, Deployed> {
  const idOf = (name: string): string => findCandidate(catalogue, name)?.id ?? name;
  return Object.fromEntries(
    Object.entries(plainStack(stack)).map(([layer, { component, version }]) => [
      layer,
      { component: idOf(component), version },
    ]),
  );
}
