import type { Contributor, ProjectContributors } from '../../model/result.js';
import { count, number } from '../figure-text.js';
import { markup, type Html, type Part } from '../html.js';
import { colourClass } from '../identity.js';
import type { Sheet } from '../sheet.js';
import { scrolling, table } from './table.js';

const BOTS = { bot: 'bot', 'web-merge': 'web merge' } as const;

function share(part: number, whole: number): Part {
  return whole === 0 ? number(null) : `${number((100 * part) / whole, 1)} %`;
}

function line(one: Contributor, all: ProjectContributors): Part[] {
  return [
    markup`<bdi>${one.name}</bdi>${one.bot !== null && markup` <span class="layer">${BOTS[one.bot]}</span>`}`,
    number(one.recent),
    share(one.recent, all.recentCommits),
    number(one.commits),
    share(one.commits, all.commits),
    number(one.applied),
    markup`<span class="nw">${one.first ?? number(null)}</span>`,
    markup`<span class="nw">${one.last ?? number(null)}</span>`,
    one.organization === null ? markup`<span class="soft">not known</span>` : markup`<bdi>${one.organization}</bdi>`,
    number(one.identities),
  ];
}

const HEADS = [
  'Person',
  '12 months',
  'Share',
  'Ever',
  'Share',
  'Applied',
  'First',
  'Last',
  'Organisation',
  'Identities',
];

function part(sheet: Sheet, all: ProjectContributors): Html {
  const id = sheet.anchors.project(all.project);
  const index = sheet.anchors.projects.indexOf(id);
  const caption = `The most active people of ${all.project}: commits written in the last 12 months and ever, and commits applied ever`;
  return markup`<details class="fold ${colourClass(index)}" id="people/${id}"${sheet.result.projects.length <= 3 && markup` open`}>
    <summary><h3 class="dot"><bdi>${all.project}</bdi></h3> <span>${count(all.recentPeople, 'contributor')} in 12 months, ${number(all.people)} ever</span></summary>
    <div class="inside persons">${scrolling(
      caption,
      table(
        caption,
        HEADS,
        all.top.map((one) => line(one, all)),
        [1, 2, 3, 4, 5, 9],
      ),
    )}</div>
  </details>`;
}

/** Who carries each project, by name (or pseudonym). */
export function peopleSection(sheet: Sheet): Html | null {
  const { people } = sheet.result;
  const shown = people.filter(({ project, top }) => top.length > 0 && sheet.anchors.project(project) !== '');
  if (shown.length === 0) return null;
  const isMerged = sheet.result.measurements.some(({ scope }) => scope.identity === 'merged');
  return markup`<section id="people" aria-labelledby="people-title">
    <h2 id="people-title">People</h2>
    <p>
      Those who wrote most in the last 12 months, then those who wrote most ever. Here one person is whoever the repository’s
      mailmap and the study’s identity file take for one; ${
        isMerged
          ? 'so do the figures of this report, but for those of CVSAnalY’s own tables'
          : 'the figures count exact pairs of name and address instead, until an identity file merges people, which is why a person with several of them can weigh less there'
      }. Identities are the pairs taken for one person. An organisation is
      told from an address, or not at all.
    </p>
    ${shown.map((all) => part(sheet, all))}
  </section>`;
}
