import type { Command } from 'commander';
import { ExitCode, HealthError } from '../model/error.js';
import type { Study } from '../model/project.js';
import { visibleLine } from '../model/text.js';
import type { Score } from '../pipeline/score.js';
import { define } from './define.js';
import { withProgress } from './live.js';
import type { Printer } from './printer.js';
import { readStudy } from './study.js';

interface ScoreFlags {
  model?: string;
  layer?: string;
  explain?: string;
  strict?: boolean;
  check?: boolean;
  schema?: boolean;
}

/** Columns where nobody looks: a page's width. */
const WIDTH = 100;

async function printScores(
  printer: Printer,
  { asOf, judgement }: Score,
  { replicates }: Study,
  flags: ScoreFlags,
): Promise<void> {
  const text = await import('./score-text.js');
  const { cardName, modelOf, notCollected, sortedChecks, unjudgedText } = await import('../pipeline/score.js');
  const heading = (line: string): string => printer.style('dim', line);
  const width = process.stdout.isTTY ? process.stdout.columns : WIDTH;
  const parts: string[] = [];
  for (const { id: layer } of judgement.layers) {
    const cards = judgement.scorecards.filter(
      (card) => card.layer === layer && (!flags.strict || card.variant === 'strict' || !hasStrict(judgement, card)),
    );
    parts.push(printer.style('bold', text.layerHead(judgement, layer, asOf)));
    if (flags.model === undefined && cards.length > 0) parts.push(text.overviewText(judgement, cards, width, heading));
    if (flags.model !== undefined) {
      for (const card of cards) {
        const model = modelOf(judgement, card);
        parts.push(`${cardName(judgement, card)}: ${visibleLine(model?.question ?? '')}`);
        parts.push(text.rankingText(judgement, card, heading));
      }
      const [card] = cards;
      const model = card ? modelOf(judgement, card) : null;
      if (card && model) parts.push(`Evidence:\n${text.evidenceTexts(judgement, card, model).join('\n')}`);
    }
    for (const card of judgement.lazyUser.filter((one) => one.layer === layer)) {
      if (flags.model !== undefined || card.need.capabilities.length > 0) {
        parts.push(`Lazy User Model:\n${text.lazyTexts(judgement, card, heading)}`);
      }
    }
    const missing = notCollected(cards).map(({ name }) => visibleLine(name));
    if (missing.length > 0) {
      parts.push(
        `? not collected, so nothing is measured: ${missing.join(', ')}. To collect what can be: health catalogue --study`,
      );
    }
  }
  const unjudged = unjudgedText(judgement);
  if (unjudged !== null && flags.layer === undefined) parts.push(unjudged);
  const { own, others } = sortedChecks(judgement, replicates !== null);
  const checks = text.checkTexts(judgement, own);
  if (checks.length > 0) parts.push([printer.style('bold', 'Does the choice still hold?'), ...checks].join('\n'));
  if (others.length > 0) parts.push('By the other models: health score --model MODEL');
  if (judgement.stack.some(({ candidate }) => candidate !== null)) parts.push('* is in use.');
  printer.result(parts.join('\n\n'));
}

function hasStrict({ models }: Score['judgement'], { model }: { model: string }): boolean {
  return models.find(({ id }) => id === model)?.variants.includes('strict') ?? false;
}

async function printStory(printer: Printer, { asOf, judgement }: Score, candidate: string): Promise<void> {
  const { candidateName, layerTitle, stories } = await import('../pipeline/score.js');
  const parts = stories(judgement, candidate).map(({ layer, model, lines }) =>
    [
      printer.style('bold', `${layerTitle(judgement, layer)}, by ${visibleLine(model)}`),
      ...lines.map((line) => `  ${visibleLine(line)}`),
    ].join('\n'),
  );
  const name = candidateName(judgement, candidate);
  if (parts.length === 0) {
    throw new HealthError('bad-usage', `no model ranks ${name}`, {
      hint: 'Commercial suites are shown to compare features: health catalogue lists them.',
    });
  }
  printer.result([printer.style('bold', `${name}, as of ${asOf}`), ...parts].join('\n\n'));
}

export function addScore(program: Command): void {
  define<ScoreFlags>(program, {
    name: 'score',
    summary:
      'Judge the candidates of each layer by selection models: what is measured from the collected histories, what the ' +
      'catalogue knows, what was answered. Unknown is never zero: it widens a score to an interval. Exit code 1 with ' +
      '--check: a component in use is out for sure by the model.',
    listensTo: ['config', 'store', 'json', 'asOf'],
    examples: [
      { line: 'health score', does: 'every model, every layer of the stack' },
      { line: 'health score --model qsos --layer messaging', does: 'one ranking, with the evidence behind it' },
      { line: 'health score --model thesis --as-of 2014-12-31', does: 'as things stood when the thesis chose' },
      { line: 'health score --explain corosync', does: "one candidate's story in plain words" },
      { line: 'health score --model mine.yaml --strict --check', does: 'fail where what is in use is put out' },
      { line: 'health score --schema > model.schema.json', does: "for an editor: the JSON Schema of a model's file" },
    ],
    shape: (command) =>
      command
        .option('--model <model>', 'one model: its id, or a file (.yaml) of your own')
        .option('--layer <layer>', 'one layer, whether the stack has it or not')
        .option('--explain <candidate>', 'what the models say of one candidate, and why')
        .option('--strict', 'the strict variant of models that have one: what misses an importance is out')
        .option('--check', 'exit code 1 where a component in use is out for sure')
        .option('--schema', 'print the JSON Schema of model files'),
    async run({ options, globals, printer }) {
      const { modelJsonSchema, refused, score, stories } = await import('../pipeline/score.js');
      if (options.schema) {
        printer.data(modelJsonSchema());
        return;
      }
      const study = await readStudy(globals);
      const { store, asOf } = globals;
      const { model = null, layer = null, explain: candidate = null } = options;
      const names = study.projects.map(({ name }) => name);
      const found = await withProgress(names, printer, async (progress) =>
        score({ store, study, asOf, model, layer, candidate, cwd: process.cwd(), ...(progress && { progress }) }),
      );
      const { judgement } = found;
      if (printer.json) {
        const told = found.candidate === null ? {} : { stories: stories(judgement, found.candidate) };
        printer.data({ asOf: found.asOf, ...judgement, ...told });
      } else if (found.candidate === null) await printScores(printer, found, study, options);
      else await printStory(printer, found, found.candidate);
      const out = options.check ? refused(judgement, options.strict ?? false) : [];
      if (out.length === 0) return;
      printer.warn(`out for sure, although in use: ${out.join(', ')}`);
      return ExitCode.refused;
    },
  });
}
