import { commitTimes } from './replica-calendar.js';
import { Cast, type Identity } from './replica-people.js';
import { below, seeded, type Random } from './replica-random.js';
import type { PackWriter } from './replica-pack.js';
import type { ReplicaProject, ReplicaYear } from './replica-totals.js';

export interface ReplicaRef {
  name: string;
  oid: string;
  /** The commit behind a tag object. */
  peeled: string | null;
}

interface Planned {
  time: number;
  main: boolean;
  committer: Identity;
}

const MONTHS = 'January February March April May June July August September October November December'.split(' ');

/**
 * Writes one project's made-up commits into `pack` and returns its branches and tags. The default branch carries the
 * `main` commits of the totals, a branch `stable`, forked off it, the `other` ones; both are straight lines, and each
 * year of the default branch ends in an annotated tag.
 */
export function writeHistory(pack: PackWriter, project: ReplicaProject, position: number): ReplicaRef[] {
  const random = seeded(`stack-health replica ${project.name}`);
  // 97 apart: no two casts of a study get as far as each other's people.
  const cast = new Cast(random, position * 97);
  const tree = pack.add('tree', '');
  let main: string | null = null;
  let stable: string | null = null;
  let number = 0;
  const tags: ReplicaRef[] = [];
  for (const year of project.years) {
    let lastMain: Planned | null = null;
    const planned = plan(random, cast, year);
    for (const commit of planned) {
      const parent: string | null = commit.main ? main : (stable ?? main);
      const text = commitText(random, planned, commit, { tree, parent, number: ++number, project: project.name });
      const oid = pack.add('commit', text);
      if (commit.main) {
        main = oid;
        lastMain = commit;
      } else {
        stable = oid;
      }
    }
    if (main !== null && lastMain) tags.push(writeTag(pack, project.name, year.year, main, lastMain));
  }
  const refs: ReplicaRef[] = [...tags];
  if (main !== null) refs.push({ name: `refs/heads/${project.branch}`, oid: main, peeled: null });
  if (stable !== null) refs.push({ name: 'refs/heads/stable', oid: stable, peeled: null });
  return refs;
}

/** A year's commits in the order of their moments, each with its committer. */
function plan(random: Random, cast: Cast, year: ReplicaYear): Planned[] {
  const slots: { time: number; main: boolean }[] = [];
  const lines = [
    { main: true, months: year.main },
    { main: false, months: year.other ?? [] },
  ];
  for (const { main, months } of lines) {
    months.forEach((count, i) => {
      for (const time of commitTimes(random, year.year, i + 1, count)) slots.push({ time, main });
    });
  }
  slots.sort((a, b) => a.time - b.time || Number(b.main) - Number(a.main));
  const committers = cast.year(slots.length, year.committers, year.names);
  return slots.map((slot, i) => ({ ...slot, committer: committers[i] as Identity }));
}

function commitText(
  random: Random,
  year: readonly Planned[],
  commit: Planned,
  facts: { tree: string; parent: string | null; number: number; project: string },
): string {
  // Most commit their own work; now and then one of the year's others wrote it, some days before.
  const passedOn = random() < 0.15;
  const author = passedOn ? (year[below(random, year.length)] as Planned).committer : commit.committer;
  const authored = commit.time - (passedOn ? below(random, 3 * 86_400) : 0);
  const date = new Date(commit.time * 1000);
  const month = `${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
  return [
    `tree ${facts.tree}`,
    ...(facts.parent === null ? [] : [`parent ${facts.parent}`]),
    `author ${author.name} <${author.email}> ${authored} +0000`,
    `committer ${commit.committer.name} <${commit.committer.email}> ${commit.time} +0000`,
    '',
    `Replica commit ${facts.number} of ${facts.project}`,
    '',
    `Made up: it stands for one of the commits of ${month}.`,
    '',
  ].join('\n');
}

function writeTag(pack: PackWriter, project: string, year: number, commit: string, last: Planned): ReplicaRef {
  const name = `replica-${year}`;
  const { committer, time } = last;
  const oid = pack.add(
    'tag',
    [
      `object ${commit}`,
      'type commit',
      `tag ${name}`,
      `tagger ${committer.name} <${committer.email}> ${time} +0000`,
      '',
      `The replica of ${project} at the end of ${year}`,
      '',
    ].join('\n'),
  );
  return { name: `refs/tags/${name}`, oid, peeled: commit };
}
