import type { Command } from 'commander';
import type { Candidate, CandidateCatalogue } from '../model/candidate.js';
import { HealthError } from '../model/error.js';
import { visible } from '../model/text.js';
import { candidateText, listText } from './catalogue-text.js';
import { define, type Call } from './define.js';
import { several } from './globals.js';

interface CatalogueFlags {
  layer?: string[];
  study?: boolean;
  schema?: boolean;
}

/** The shipped candidates and the user's own: those of the study's selection file. */
async function readCatalogue({ globals }: Call<unknown>): Promise<CandidateCatalogue> {
  const { loadStudy } = await import('../config/study.js');
  const { loadCandidates } = await import('../config/selection.js');
  const cwd = process.cwd();
  const { selection } = loadStudy({ config: globals.config, cwd }).study;
  return loadCandidates(selection === undefined ? null : { file: selection, cwd });
}

async function refuse(what: string, word: string, known: readonly string[], hint: string): Promise<never> {
  const { instead } = await import('../config/unknown-word.js');
  throw new HealthError('bad-usage', `no ${what} is called '${word}'; ${instead(word, known)}`, { hint });
}

/** The catalogue with nothing but these layers, and the candidates that fill one of them. */
async function inLayers(catalogue: CandidateCatalogue, layers: readonly string[]): Promise<CandidateCatalogue> {
  const known = catalogue.layers.map(({ id }) => id);
  const unknown = layers.find((layer) => !known.includes(layer));
  if (unknown !== undefined) await refuse('layer', unknown, known, 'health catalogue shows the layers');
  return {
    ...catalogue,
    layers: catalogue.layers.filter(({ id }) => layers.includes(id)),
    candidates: catalogue.candidates.filter((one) => one.layers.some((layer) => layers.includes(layer))),
  };
}

async function find(catalogue: CandidateCatalogue, name: string): Promise<Candidate> {
  const { candidateNames, findCandidate } = await import('../config/catalogue.js');
  return (
    findCandidate(catalogue, name) ??
    refuse('candidate', name, candidateNames(catalogue), 'health catalogue shows the candidates')
  );
}

async function printStudy({ printer }: Call<unknown>, candidates: readonly Candidate[], layer: string | null) {
  if (printer.json) throw new HealthError('bad-usage', '--study writes YAML, so --json has no meaning beside it');
  const { candidateStudy } = await import('../config/candidate-study.js');
  const text = candidateStudy('candidates', candidates, layer);
  if (text === null) throw new HealthError('bad-usage', 'none of these candidates has a repository to collect');
  printer.result(visible(text));
}

export function addCatalogue(program: Command): void {
  define<CatalogueFlags>(program, {
    name: 'catalogue',
    summary:
      'List the components one could choose, by layer: those the thesis names and your own (selection.yaml); or show ' +
      'one with every fact, its sources and their dates, and what is unknown.',
    listensTo: ['config', 'json'],
    examples: [
      { line: 'health catalogue', does: 'all of them, by layer' },
      { line: 'health catalogue --layer storage', does: 'the candidates of one layer' },
      { line: 'health catalogue drbd', does: 'all that is known of one, and where it comes from' },
      {
        line: 'health catalogue --layer storage --study > health.yaml',
        does: 'a study of those that can be collected',
      },
      { line: 'health catalogue --schema', does: 'JSON Schema of catalogue files and of selection.yaml' },
    ],
    shape: (command) =>
      command
        .argument('[candidate]', "a candidate's id, or another name of it")
        .option('--layer <id>', 'only this layer (repeatable)', several)
        .option('--study', 'a health.yaml of the candidates that can be collected')
        .option('--schema', 'JSON Schema of the files that describe candidates'),
    async run(call) {
      const { printer, options } = call;
      const [name] = call.args;
      if (options.schema === true) {
        const { catalogueJsonSchema, selectionJsonSchema } = await import('../config/selection-json-schema.js');
        printer.data({ catalogue: catalogueJsonSchema(), selection: selectionJsonSchema() });
        return;
      }
      const { layer: layers } = options;
      const whole = await readCatalogue(call);
      const catalogue = layers === undefined ? whole : await inLayers(whole, layers);
      const one = name === undefined ? null : await find(catalogue, name);
      const width = process.stdout.isTTY ? process.stdout.columns : undefined;
      if (options.study === true) {
        await printStudy(call, one === null ? catalogue.candidates : [one], layers?.length === 1 ? layers[0]! : null);
      } else if (printer.json) printer.data(one ?? catalogue);
      else printer.result(one === null ? listText(printer, catalogue, width) : candidateText(printer, one, whole));
    },
  });
}
