import { isDeepStrictEqual } from 'node:util';
import type { Cause, CauseKind } from '../model/changes.js';
import type { Manifest, ProjectSeal } from '../model/manifest.js';
import type { Value } from '../model/measurement.js';
import type { ProjectFacts, Result } from '../model/result.js';
import { counted, historyCauses } from './history-causes.js';
import { asksTheSame } from './run-figures.js';
import { deploymentCauses } from './deployment-causes.js';
import { selectionCauses } from './selection-changes.js';

/** All that differs in what two results rest on. */
export function runCauses(before: Result, after: Result): Cause[] {
  return [
    ...dayCauses(before, after),
    ...projectCauses(before, after),
    ...queryCauses(before, after),
    ...selectionCauses(before, after),
    ...deploymentCauses(before, after),
    ...toolCauses(before, after),
  ];
}

function cause(
  kind: CauseKind,
  text: string,
  before: Value = null,
  after: Value = null,
  of: Partial<Cause> = {},
): Cause {
  return { kind, project: null, query: null, text, before, after, ...of };
}

function boundText({ asOfGiven }: Result): string {
  return asOfGiven ? 'leaves out what was committed after its day' : 'leaves out no commit for its date';
}

function dayCauses(before: Result, after: Result): Cause[] {
  if (before.asOf === after.asOf && before.asOfGiven === after.asOfGiven) return [];
  const days = Math.round((Date.parse(after.asOf) - Date.parse(before.asOf)) / 86_400_000);
  const moved =
    days === 0
      ? ''
      : `the as-of day moved by ${counted(Math.abs(days), 'day')} ${days > 0 ? 'forward' : 'back'}, from ${before.asOf} to ${after.asOf}`;
  const bound =
    before.asOfGiven === after.asOfGiven ? '' : `the first run ${boundText(before)}, the second ${boundText(after)}`;
  return [cause('as-of', [moved, bound].filter((part) => part !== '').join('; '), before.asOf, after.asOf)];
}

function sealsByProject({ manifest }: Result): Map<string, ProjectSeal> {
  const seals = [...manifest.projects, ...(manifest.selection?.projects ?? [])];
  return new Map(seals.map((seal) => [seal.project, seal]));
}

function projectCauses(before: Result, after: Result): Cause[] {
  const [old, now] = [sealsByProject(before), sealsByProject(after)];
  const causes: Cause[] = [];
  for (const project of now.keys()) {
    if (!old.has(project))
      causes.push(cause('project-added', `${project} is new in the second run`, null, null, { project }));
  }
  for (const project of old.keys()) {
    if (!now.has(project))
      causes.push(cause('project-removed', `${project} is in the first run only`, null, null, { project }));
  }
  for (const [project, is] of now) {
    const was = old.get(project);
    if (!was) continue;
    const ledger = after.ledger.find((one) => one.project === project);
    causes.push(...historyCauses(was, is, ledger), ...ruleCauses(was, is));
    const facts = (run: Result) => run.projects.find(({ name }) => name === project);
    causes.push(...factCauses(facts(before), facts(after)));
  }
  return causes;
}

function rulesText({ compat, actions, renames, lines }: ProjectSeal): string {
  const read = [
    actions ? 'file changes' : 'no file changes',
    renames ? 'renames' : 'no renames',
    ...(lines ? ['lines'] : []),
  ];
  return [`compat ${compat}`, ...read].join(', ');
}

function ruleCauses(was: ProjectSeal, is: ProjectSeal): Cause[] {
  const { project } = is;
  const causes: Cause[] = [];
  const add = (kind: CauseKind, text: string, before: Value, after: Value): number =>
    causes.push(
      cause(kind, `${project}: ${text}: ${before ?? 'none'} → ${after ?? 'none'}`, before, after, { project }),
    );
  if (was.mailmap !== is.mailmap) add('mailmap', 'the repository has another .mailmap', was.mailmap, is.mailmap);
  if (!isDeepStrictEqual(was.flags, is.flags)) {
    add(
      'history-flags',
      'how complete its clone is changed',
      was.flags.join(', ') || 'complete',
      is.flags.join(', ') || 'complete',
    );
  }
  if (rulesText(was) !== rulesText(is))
    add('collect-rules', 'it was collected by other rules', rulesText(was), rulesText(is));
  if (was.collectedBy !== is.collectedBy) {
    add('store', 'its rows were written by another version of this program', was.collectedBy, is.collectedBy);
  } else if (was.commits !== is.commits && isDeepStrictEqual({ ...was.tips }, { ...is.tips })) {
    add('store', 'the store holds other commits for the same refs', was.commits, is.commits);
  }
  return causes;
}

function factCauses(was: ProjectFacts | undefined, is: ProjectFacts | undefined): Cause[] {
  if (!was || !is) return [];
  const pairs = [
    ['its repository is another one', was.url, is.url],
    ['its layer is another one', was.layer, is.layer],
    ['its tags were changed', was.tags.join(', '), is.tags.join(', ')],
    ['its successor is another one', was.succeededBy, is.succeededBy],
  ] as const;
  const project = is.name;
  return pairs
    .filter(([, before, after]) => before !== after)
    .map(([what, before, after]) =>
      cause('project-facts', `${project}: ${what}: ${before ?? 'none'} → ${after ?? 'none'}`, before, after, {
        project,
      }),
    );
}

function queryCauses(before: Result, after: Result): Cause[] {
  const [old, now] = [before.manifest.queries, after.manifest.queries];
  const causes: Cause[] = [];
  for (const { id, title } of after.queries) {
    const was = old[id];
    if (was === now[id]) continue;
    const text =
      was === undefined
        ? `${title} (${id}) is measured in the second run only`
        : asksTheSame(before, after, id)
          ? `what is said about ${title} (${id}) changed, but not what it asks`
          : `the definition of ${title} (${id}) changed`;
    causes.push(cause('definition', text, was ?? null, now[id] ?? null, { query: id }));
  }
  for (const { id, title } of before.queries) {
    if (now[id] === undefined) {
      causes.push(
        cause('definition', `${title} (${id}) is measured in the first run only`, old[id] ?? null, null, { query: id }),
      );
    }
  }
  if (before.manifest.published !== after.manifest.published) {
    causes.push(
      cause(
        'definition',
        'the published figures the study is held against changed',
        before.manifest.published,
        after.manifest.published,
      ),
    );
  }
  return causes;
}

function toolCauses(before: Result, after: Result): Cause[] {
  const [was, is] = [before.manifest, after.manifest];
  const causes = peopleCauses(was, is);
  const add = (kind: CauseKind, text: string, old: Value, now: Value): number =>
    causes.push(cause(kind, text, old, now));
  if (was.anonymized !== is.anonymized) {
    add('anonymized', is.anonymized ? 'the second run shows pseudonyms' : 'the first run shows pseudonyms', null, null);
  }
  const [older, newer] = [before.tool.version, after.tool.version];
  if (older !== newer) add('tool', `another version of ${after.tool.name} measured: ${older} → ${newer}`, older, newer);
  if (was.schema !== is.schema)
    add('store', `the store has another layout: version ${was.schema} → ${is.schema}`, was.schema, is.schema);
  return causes;
}

function peopleCauses({ rules: was, identities: old }: Manifest, { rules: is, identities: now }: Manifest): Cause[] {
  const parts = [
    ['people', 'people who count as one are others: aliases in the identity file', was.people, is.people],
    ['bots', 'rules for bots and web-merge accounts changed: patterns in the identity file', was.bots, is.bots],
    [
      'organizations',
      'rules for organisations changed: entries in the identity file',
      was.organizations,
      is.organizations,
    ],
  ] as const;
  const causes = parts
    .filter(([, , before, after]) => before.sha256 !== after.sha256)
    .map(([kind, text, before, after]) =>
      cause(kind, `${text} ${before.entries} → ${after.entries}`, before.entries, after.entries),
    );
  if (old !== now && causes.length === 0) {
    causes.push(cause('identity-file', 'the identity file was edited, but says the same', old, now));
  }
  return causes;
}
