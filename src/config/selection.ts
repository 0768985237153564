import { createHash } from 'node:crypto';
import type { CandidateCatalogue } from '../model/candidate.js';
import type { Question } from '../model/selection-model.js';
import type { Answer, Selection } from '../model/selection.js';
import { catalogueProblems, Complaints } from './candidate-rules.js';
import { extend, findCandidate, shippedCatalogue } from './catalogue.js';
import { loadDocument } from './document.js';
import { readText } from './file.js';
import { shortName } from './problem.js';
import { selectionProblems } from './selection-rules.js';
import { selectionSchema, type SelectionText } from './selection-schema.js';

interface ReadSelection {
  text: SelectionText;
  bytes: string;
  catalogue: CandidateCatalogue;
}

// `questions` null: answers aren't looked at.
function read(file: string, cwd: string, questions: readonly Question[] | null): ReadSelection {
  const bytes = readText(file, shortName(file, cwd));
  const shipped = shippedCatalogue();
  // A file in which every line is a comment says nothing.
  const empty = /^(?:\s*(?:#.*)?(?:\n|$))*$/.test(bytes);
  const text = empty
    ? {}
    : loadDocument(file, cwd, selectionSchema, [
        (yaml, data) => {
          const complaints = new Complaints(yaml);
          if (data === null) return [];
          catalogueProblems(complaints, data, shipped);
          if (questions !== null && complaints.problems.length === 0) {
            selectionProblems(complaints, data, { catalogue: extend(shipped, data, bytes).catalogue, questions });
          }
          return complaints.problems;
        },
      ]);
  return { text, bytes, catalogue: extend(shipped, text, bytes).catalogue };
}

/**
 * The candidates that ship with this program and, where `file` is given, those of a user's selection.yaml. A user's entry
 * of an id that ships takes the place of what it says itself and leaves the rest. HealthError bad-config lists all that is
 * wrong: `FILE:LINE:COL: path: message`.
 */
export function loadCandidates(own: { file: string; cwd: string } | null = null): CandidateCatalogue {
  return own === null ? shippedCatalogue().catalogue : read(own.file, own.cwd, null).catalogue;
}

/** The same day a year later; of 29 February the 28th. */
function yearAfter(day: string): string {
  const next = `${String(Number(day.slice(0, 4)) + 1).padStart(4, '0')}${day.slice(4)}`;
  return next.endsWith('-02-29') ? `${next.slice(0, -2)}28` : next;
}

function toSelection({ text, bytes, catalogue }: ReadSelection): Selection {
  const { state = {} } = text;
  const own = new Set((text.candidates ?? []).map(({ id }) => id));
  return {
    candidates: catalogue.candidates.filter(({ id }) => own.has(id)),
    needs: Object.entries(text.need ?? {}).map(([layer, { capabilities = [], urgency = null, depth = 'whole' }]) => ({
      layer,
      capabilities,
      urgency,
      depth,
    })),
    state: {
      platforms: state.platforms ?? [],
      hours: state.hours ?? null,
      money: state.money ?? null,
      energy: state.energy ?? null,
      free: state.free ?? false,
      support: state.support ?? false,
      location: state.location?.trim() ?? null,
    },
    answers: (text.answers ?? []).map(({ candidate, question, answer, source, date, expires }): Answer => ({
      candidate: findCandidate(catalogue, candidate)?.id ?? candidate,
      question,
      answer,
      source: source.trim(),
      date,
      expires: expires === 'never' ? null : (expires ?? yearAfter(date)),
    })),
    weights: text.weights ?? {},
    sha256: createHash('sha256').update(bytes).digest('hex'),
  };
}

/** What somebody brings along who has no selection.yaml: no needs, no limits, no answers. */
export function noSelection(): Selection {
  const state = { platforms: [], hours: null, money: null, energy: null, free: false, support: false, location: null };
  return { candidates: [], needs: [], state, answers: [], weights: {}, sha256: null };
}

/**
 * A selection file, and the catalogue with the user's own candidates in it. An answer that says not when it expires is
 * believed for a year. Ids of models and weights are checked where models are at hand. HealthError bad-config lists all
 * that is wrong: `FILE:LINE:COL: path: message`.
 */
export function loadSelection(options: { file: string; cwd: string; questions: readonly Question[] }): {
  catalogue: CandidateCatalogue;
  selection: Selection;
} {
  const found = read(options.file, options.cwd, options.questions);
  return { catalogue: found.catalogue, selection: toSelection(found) };
}
