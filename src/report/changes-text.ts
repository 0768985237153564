import type { Cause, CauseKind, Changes, FigureChange, ScoreChange } from '../model/changes.js';
import { visibleLine } from '../model/text.js';
import { count, list, longDay, number } from './figure-text.js';
import { intervalText, placeText } from './selection-text.js';

/** What a kind of cause is called in a sentence. */
const CAUSE_TEXT: Record<CauseKind, string> = {
  'new-commits': 'new commits',
  'rewritten-history': 'rewritten history',
  refs: 'refs that came, went or moved',
  'default-branch': 'another default branch',
  'as-of': 'the moved as-of day',
  definition: 'another definition',
  people: 'merged identities',
  'identity-file': 'the identity file',
  bots: 'bot rules',
  organizations: 'organisation rules',
  mailmap: 'another .mailmap',
  tool: 'another version of the tool',
  store: 'other rows in the store',
  'collect-rules': 'other rules of collecting',
  'history-flags': 'how complete the clone is',
  'project-added': 'a new project',
  'project-removed': 'a project that is gone',
  'project-facts': 'what is said about the project',
  anonymized: 'pseudonyms',
  'selection-model': 'another model',
  catalogue: 'another catalogue',
  answers: 'other answers',
  edited: 'an edit of the file',
};

const DIRECTION_TEXT = { better: 'better', worse: 'worse', neither: null, unknown: null } as const;

function kindText(kind: string): string {
  return (CAUSE_TEXT as Record<string, string | undefined>)[kind] ?? visibleLine(kind);
}

function sideText({ asOf, collectedAt }: Changes['before']): string {
  return `the run as of ${longDay(asOf)} (collected until ${visibleLine(collectedAt)} UTC)`;
}

/** From which run to which. */
export function leadText({ before, after, figures, compared }: Changes): string {
  const changed = `${number(figures.length)} of ${count(compared, 'headline figure')} changed`;
  return `From ${sideText(before)} to ${sideText(after)}: ${changed}.`;
}

/** Sentences on why, ready to be escaped. */
export function causeTexts({ causes }: { causes: readonly Cause[] }): string[] {
  return causes.map(({ text }) => `${visibleLine(text)}.`);
}

export interface FigureLine {
  figure: string;
  project: string;
  before: string;
  after: string;
  unit: string;
  /** better or worse; null: it is neither. */
  direction: string | null;
  /** What did it, and how much each. */
  why: string;
}

export function figureLines(figures: readonly FigureChange[]): FigureLine[] {
  return figures.map((figure) => ({
    figure: visibleLine(figure.title),
    project: visibleLine(figure.project),
    before: number(figure.before, 3),
    after: number(figure.after, 3),
    unit: visibleLine(figure.unit),
    direction: DIRECTION_TEXT[figure.direction],
    why: whyText(figure),
  }));
}

function whyText({ causes, contributions }: FigureChange): string {
  if (contributions.length > 0) {
    return contributions
      .map((part) => {
        const amount = part.amount === null ? '' : ` ${part.amount > 0 ? '+' : ''}${number(part.amount, 3)}`;
        return `${list(part.causes.map(kindText))}${amount}`;
      })
      .join('; ');
  }
  if (causes.length === 0) return 'no cause is known';
  return `${causes.length === 1 ? '' : 'not told apart: '}${list(causes.map(kindText))}`;
}

export function tableTexts({ tables }: Pick<Changes, 'tables'>): string[] {
  const groups = new Map<string, string[]>();
  for (const { query, projects } of tables) {
    const names = list(projects.map(visibleLine));
    groups.set(names, [...(groups.get(names) ?? []), visibleLine(query)]);
  }
  return [...groups].map(([names, queries]) => `${names}: ${queries.join(', ')}`);
}

function standText({ total, rank }: ScoreChange['before']): string {
  return `${rank === null ? 'out' : `place ${placeText(rank)}`} at ${intervalText(total)}`;
}

/** `storage, QSOS (strict): DRBD: place 1 at 1.2 → place 2 at 1.1`. */
export function scoreTexts({ scores }: Pick<Changes, 'scores'>): string[] {
  return (scores ?? []).map(
    ({ layer, title, variant, name, before, after }) =>
      `${visibleLine(layer)}, ${visibleLine(title)} (${variant}): ${visibleLine(name)}: ${standText(before)} → ${standText(after)}`,
  );
}

/** All of it for a terminal, without colours; lines are harmless. */
export function changesText(changes: Changes): string {
  const lines = [leadText(changes)];
  const add = (title: string, items: readonly string[]): void => {
    if (items.length > 0) lines.push('', title, ...items.map((item) => `  ${item}`));
  };
  add('What happened:', causeTexts(changes));
  add('Headline figures:', figureTexts(changes.figures));
  add('Tables that changed:', tableTexts(changes));
  add('Candidates judged otherwise:', scoreTexts(changes));
  if (changes.causes.length === 0 && changes.tables.length === 0) lines.push('', 'Nothing changed.');
  return lines.join('\n');
}

export function figureTexts(figures: readonly FigureChange[]): string[] {
  return figureLines(figures).map(
    ({ project, figure, before, after, unit, direction, why }) =>
      `${project}: ${figure} (${unit}): ${before} → ${after}${direction === null ? '' : `, ${direction}`}; ${why}`,
  );
}
