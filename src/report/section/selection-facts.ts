import type { Candidate, Fact, FactSource } from '../../model/candidate.js';
import type { Evidence } from '../../model/scorecard.js';
import { list, number, UNKNOWN } from '../figure-text.js';
import { markup, type Html, type Part } from '../html.js';
import { safeName } from '../identity.js';
import { layerTitle } from '../selection-text.js';
import { candidateTag, type LayerSheet } from './selection-places.js';
import { leanTable } from './selection-table.js';

/** A source as a link where it has an address that may be followed. */
function sourceLink({ title, url, date }: FactSource): Html {
  const text =
    url !== null && /^https?:\/\//i.test(url)
      ? markup`<a href="${url}" rel="noreferrer">${title}</a>`
      : markup`${title}`;
  return markup`<li>${text}, ${date}</li>`;
}

function said<T>({ value, note }: Fact<T>, shown: (value: T) => Part): Part {
  return value === null ? markup`<span class="soft">not known${note !== null && `: ${note}`}</span>` : shown(value);
}

function sourcesOf(candidate: Candidate): FactSource[] {
  const { description, company, licence, website, repository, platforms, support, capabilities } = candidate;
  const facts: Fact<unknown>[] = [description, company, licence, website, repository, platforms, support];
  const all = [...facts, ...Object.values(capabilities)].flatMap(({ sources }) => sources);
  return [...new Map(all.map((one) => [JSON.stringify([one.url, one.title]), one])).values()];
}

function repositoryText({ repository }: Candidate): Part {
  if (repository.value !== null) return markup`<bdi>${repository.value.url}</bdi>`;
  return markup`<span class="soft">${repository.note ?? 'not known'}</span>`;
}

function text(value: string): Html {
  return markup`<bdi>${value}</bdi>`;
}

function factRow(sheet: LayerSheet, one: Candidate): Part[] {
  return [
    markup`${candidateTag(sheet, { candidate: one.id, name: one.name })}${one.kind === 'suite' && markup`<span class="remark">commercial suite, not ranked</span>`}${one.thesis !== null && markup`<span class="remark">thesis, ${one.thesis}</span>`}`,
    said(one.description, text),
    said(one.licence, text),
    said(one.company, text),
    said(one.platforms, (value) => list(value)),
    said(one.support, (value) => (value.length === 0 ? 'none' : list(value.map(({ by, what }) => `${by}: ${what}`)))),
    repositoryText(one),
    markup`<ul class="sources">${sourcesOf(one).map(sourceLink)}</ul>`,
  ];
}

const CAN = new Map<boolean | null, Part>([
  [true, 'yes'],
  [false, markup`<b>no</b>`],
]);

/** Whether a candidate can do something; null: not known. */
function told({ capabilities }: Candidate, id: string): boolean | null {
  return capabilities[id]?.value ?? null;
}

function capabilityTable(sheet: LayerSheet, candidates: readonly Candidate[]): Html | null {
  const used = sheet.judgement.capabilities.filter(({ id }) => candidates.some((one) => told(one, id) !== null));
  if (used.length === 0) return null;
  const caption = `What the candidates can do, ${sheet.title} (${UNKNOWN}: not known)`;
  const heads = ['Capability', ...candidates.map(({ name }) => markup`<bdi>${name}</bdi>`)];
  const rows = used.map(({ id, title, meaning }): Part[] => {
    return [
      markup`${title}<span class=remark>${meaning}</span>`,
      ...candidates.map((one) => CAN.get(told(one, id)) ?? UNKNOWN),
    ];
  });
  return markup`<div class="matrix proof">${leanTable(caption, heads, rows)}</div>`;
}

/** Answers of the layer's scorecards, each once; those that ran out say so. */
function answerTable(sheet: LayerSheet): Html | null {
  const found = new Map<string, { name: string; candidate: string; one: Evidence }>();
  for (const { candidate, name, evidence } of sheet.cards.flatMap(({ candidates }) => candidates)) {
    for (const one of evidence) {
      if (one.origin.kind === 'answer' && one.origin.source !== null) {
        found.set(JSON.stringify([candidate, one.origin.question]), { candidate, name, one });
      }
    }
  }
  if (found.size === 0) return markup`<p class="soft">No question has been answered for a candidate of this layer.</p>`;
  const caption = `Answers given, ${sheet.title}`;
  const rows = [...found.values()].map(({ candidate, name, one }): Part[] => {
    const { origin } = one;
    if (origin.kind !== 'answer') return [];
    const question = sheet.judgement.questions.find(({ id }) => id === origin.question);
    return [
      candidateTag(sheet, { candidate, name }),
      question?.text ?? origin.question,
      typeof one.value === 'number' ? number(one.value) : markup`<bdi>${one.value ?? number(null)}</bdi>`,
      markup`<bdi>${origin.source}</bdi>`,
      origin.date ?? number(null),
      markup`${origin.expires ?? 'never'}${one.state === 'expired' && markup`<span class="remark">too old: counts as unknown</span>`}`,
    ];
  });
  const heads = ['Candidate', 'Question', 'Answer', 'Source', 'Given', 'Good until'];
  return markup`<div class="matrix proof">${leanTable(caption, heads, rows)}</div>`;
}

/**
 * What the catalogue and people say of a layer's candidates, each with its source. `seen`: where a candidate's facts stand
 * already; this layer's are added.
 */
export function factsPart(sheet: LayerSheet, seen: Map<string, string>): Html {
  const rank = ({ id, kind }: Candidate) => (kind === 'suite' ? Infinity : sheet.order.indexOf(id));
  const candidates = sheet.judgement.candidates
    .filter(({ layers }) => layers.includes(sheet.layer))
    .sort((a, b) => rank(a) - rank(b));
  const caption = `What the catalogue knows of the candidates, ${sheet.title}`;
  const heads = [
    'Candidate',
    'What it is',
    'Licence',
    'Behind it',
    'Runs on',
    'Support on offer',
    'Repository',
    'Sources',
  ];
  const rows = candidates.map((one): Part[] => {
    const place = seen.get(one.id);
    if (place === undefined) {
      seen.set(one.id, sheet.layer);
      return factRow(sheet, one);
    }
    const title = layerTitle(sheet.judgement, place);
    const link = markup`<a href="#selection/${safeName(place)}/facts">see ${title}<span class="vh">: ${one.name}, for ${sheet.title}</span></a>`;
    return [candidateTag(sheet, { candidate: one.id, name: one.name }), link, ...Array<Part>(6).fill('')];
  });
  return markup`<details class="fold judged" id="${sheet.id}/facts">
    <summary><h4>Facts and answers</h4> <span>licence, support, capabilities, with their sources</span></summary>
    <div class="inside">
      ${rows.length > 0 && markup`<div class="matrix proof">${leanTable(caption, heads, rows)}</div>`}
      ${capabilityTable(sheet, candidates)}
      <h5 id="${sheet.id}/answers">Answers</h5>
      ${answerTable(sheet)}
    </div>
  </details>`;
}
