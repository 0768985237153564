import type { LazyUserCandidate, LazyUserCard } from '../../model/scorecard.js';
import { count, list } from '../figure-text.js';
import { markup, type Html, type Part } from '../html.js';
import { intervalText, isFeasible, lazyText, STANDINGS } from '../selection-text.js';
import { candidateTag, type LayerSheet } from './selection-places.js';
import { leanTable } from './selection-table.js';

function capabilityText(sheet: LayerSheet, ids: readonly string[]): string {
  return list(ids.map((id) => sheet.judgement.capabilities.find((one) => one.id === id)?.title ?? id));
}

/** What a candidate has of the need. */
function needCell(sheet: LayerSheet, { has, lacks, unknown }: LazyUserCandidate): Part {
  const parts = [
    lacks.length > 0 ? `lacks ${capabilityText(sheet, lacks)}` : '',
    unknown.length > 0 ? `not known: ${capabilityText(sheet, unknown)}` : '',
  ].filter((text) => text !== '');
  if (parts.length > 0) return parts.join('; ');
  return has.length > 0 ? 'has all of it' : 'nothing is asked';
}

function effortCell({ effort }: LazyUserCandidate): Part {
  const parts = [
    effort.time && `${intervalText(effort.time, 0)} h`,
    effort.energy && `energy ${intervalText(effort.energy, 1)}`,
    effort.money && `money ${intervalText(effort.money, 0)}`,
  ].filter((text) => text !== null);
  return parts.length === 0 ? 'not known' : parts.join(', ');
}

function limitsCell({ limits, standing }: LazyUserCandidate): Part {
  if (limits.length === 0) return standing === 'out' ? '' : 'nothing against it';
  return limits.map(({ text, sure }) => `${text}${sure ? '' : ' (not known)'}`).join('; ');
}

interface Step {
  title: string;
  text: Part;
  note: Part;
}

function named(sheet: LayerSheet, among: readonly LazyUserCandidate[]): Part {
  if (among.length === 0) return 'nobody';
  return among.map(
    (one, i) =>
      markup`${i > 0 && ', '}<bdi>${sheet.name(one.candidate)}</bdi>${one.standing.startsWith('maybe') && '?'}`,
  );
}

function needText({ need }: LazyUserCard): string {
  const soon = need.urgency === null ? '' : ` Within ${count(need.urgency, 'hour')} of work.`;
  return `${need.depth === 'whole' ? 'All of it must be met.' : 'Most of it will do.'}${soon}`;
}

function steps(sheet: LayerSheet, card: LazyUserCard): Step[] {
  const possible = card.candidates.filter(({ standing }) => standing !== 'out');
  const feasible = card.candidates.filter(isFeasible);
  const { choice, need } = card;
  return [
    {
      title: 'Need',
      text: need.capabilities.length === 0 ? 'nothing in particular' : capabilityText(sheet, need.capabilities),
      note: needText(card),
    },
    {
      title: 'Possible',
      text: named(sheet, possible),
      note: `${possible.length} of ${count(card.candidates.length, 'candidate')} can meet the need.`,
    },
    { title: 'Feasible', text: named(sheet, feasible), note: `${feasible.length} of them within the means there are.` },
    {
      title: 'Least effort',
      text:
        choice === null
          ? feasible.length > 0
            ? 'not known'
            : 'nobody'
          : markup`<bdi>${sheet.name(choice.candidate)}</bdi>`,
      note:
        choice === null
          ? lazyText(sheet.judgement, card)
          : choice.sure
            ? 'Whatever the unknowns turn out to be.'
            : 'An unknown could change it.',
    },
  ];
}

/** The Lazy User Model's way from a need to a choice, with the reason for every one that is left behind. */
export function lazyPart(sheet: LayerSheet, card: LazyUserCard): Html {
  const caption = `Lazy User Model, ${sheet.title}: why each candidate stands where it does`;
  const rows = card.candidates.map((one): Part[] => [
    candidateTag(sheet, one),
    STANDINGS[one.standing],
    needCell(sheet, one),
    limitsCell(one),
    effortCell(one),
  ]);
  const heads = ['Candidate', 'Stands', 'Against the need', 'Against the means', 'Effort'];
  return markup`<div class="lazy" id="${sheet.id}/lazy-user">
    <h4>Least effort that meets the need</h4>
    <ol class="flow">
      ${steps(sheet, card).map(({ title, text, note }) => markup`<li><h5>${title}</h5><p>${text}</p><p class="remark">${note}</p></li>`)}
    </ol>
    ${
      card.relaxations.length > 0 &&
      markup`<p class="for">What one thing given up would bring back:</p>
        <ul class="robust">
          ${card.relaxations.map(({ text, candidates, sure }) => markup`<li>${text}: ${candidates.map((id, i) => markup`${i > 0 && ', '}<bdi>${sheet.name(id)}</bdi>`)}${!sure && ', if what is unknown turns out well'}</li>`)}
        </ul>`
    }
    ${
      rows.length > 0 &&
      markup`<details class="behind-score">
        <summary>Reasons for each candidate<span class="vh">: Lazy User Model, ${sheet.title}</span></summary>
        <div class="matrix proof">${leanTable(caption, heads, rows)}</div>
      </details>`
    }
  </div>`;
}
