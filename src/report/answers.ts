import type { Value } from '../model/measurement.js';
import type { ProjectContributors, Result } from '../model/result.js';
import { visibleLine } from '../model/text.js';
import { count, inSentence, list, longDay, number } from './figure-text.js';
import { turnText, type Headline } from './headlines.js';
import type { ProjectSummary } from './summary.js';

type Tone = 'good' | 'fair' | 'bad' | 'unknown';

/** One of the four questions about a project, answered in words. */
export interface Answer {
  question: string;
  tone: Tone;
  /** The answer in a few words, a sentence or two that say why, and the same as a remark in a table of many projects. */
  short: string;
  text: string;
  brief: string;
  /** Queries whose headline figures it rests on. */
  figures: string[];
}

const ALIVE = 'Is it alive?';
const CARRIERS = 'Who carries it?';
const TREND = 'Better or worse?';
const LOSS = 'What if one person leaves?';
export const QUESTIONS = [ALIVE, CARRIERS, TREND, LOSS] as const;

const NOT_KNOWN = 'Not known';

/** The rows of a project's headline figures, by query and column; what is not there is null. */
function reader(headlines: readonly Headline[]): (query: string, column: string) => number | null {
  const rows = new Map(headlines.map(({ info, row }) => [info.id, row]));
  return (query, column) => {
    const value: Value | undefined = rows.get(query)?.[column];
    return typeof value === 'number' && Number.isFinite(value) ? value : null;
  };
}

type Read = ReturnType<typeof reader>;
/** `brief` is the text where nothing shorter is given. */
type Draft = Omit<Answer, 'brief'> & { brief?: string };

function alive(read: Read, summary: ProjectSummary): Draft {
  const figures = ['activity/commits-last-year', 'activity/active-weeks', 'releases/last-release'];
  const commits = read('activity/commits-last-year', 'commits');
  const weeks = read('activity/active-weeks', 'active_weeks_of_13');
  const release = read('releases/last-release', 'days_since_release');
  const released = release === null ? '' : ` The last release was ${ago(release)}.`;
  const base = { question: ALIVE, figures };
  if (commits === null) return { ...base, tone: 'unknown', short: NOT_KNOWN, text: summary.verdict };
  const successor = summary.project.succeededBy;
  if (commits === 0) {
    const last = summary.lastCommit === null ? '' : ` The last is of ${longDay(summary.lastCommit)}.`;
    const text = `No commit in 12 months.${last}${released}`;
    if (successor === null) return { ...base, tone: 'bad', short: 'No', text };
    return { ...base, tone: 'fair', short: 'Continued elsewhere', text: `In ${visibleLine(successor)}. ${text}` };
  }
  const year = `${count(commits, 'commit')} in 12 months`;
  if (weeks === null) return { ...base, tone: 'good', short: 'Yes', text: `${year}.${released}` };
  if (weeks === 0) {
    return { ...base, tone: 'bad', short: 'Quiet now', text: `${year}, none in the last 13 weeks.${released}` };
  }
  const text = `${year}; somebody wrote in ${number(weeks)} of the last 13 weeks.${released}`;
  return weeks >= 7
    ? { ...base, tone: 'good', short: 'Yes', text }
    : { ...base, tone: 'fair', short: 'Now and then', text };
}

function ago(days: number): string {
  if (days < 1) return 'that day';
  if (days < 60) return `${count(days, 'day')} before`;
  if (days < 730) return `${number(days / 30.44, 0)} months before`;
  return `${number(days / 365.2425, 1)} years before`;
}

function named(people: ProjectContributors | null): string {
  const total = people?.recentCommits ?? 0;
  const top = (people?.top ?? []).filter(({ recent }) => recent > 0).slice(0, 2);
  if (total === 0 || top.length === 0) return '';
  const shares = top.map(({ name, recent }) => `${visibleLine(name)} (${number((100 * recent) / total, 0)} %)`);
  return ` Most active: ${list(shares)}.`;
}

function carriers(read: Read, people: ProjectContributors | null): Draft {
  const figures = ['people/active-contributors', 'people/onion-layers', 'people/elephant-factor'];
  const base = { question: CARRIERS, figures };
  const contributors = read('people/active-contributors', 'contributors');
  const core = read('people/onion-layers', 'core');
  const elephant = read('people/elephant-factor', 'elephant_factor');
  const known = read('people/elephant-factor', 'known_percent');
  if (contributors === null)
    return { ...base, tone: 'unknown', short: NOT_KNOWN, text: 'Contributors were not counted.' };
  if (contributors === 0) return { ...base, tone: 'bad', short: 'Nobody', text: 'Nobody contributed in 12 months.' };
  const short =
    core === null
      ? count(contributors, 'contributor')
      : `${number(core)} of ${count(contributors, 'person', 'people')}`;
  const made =
    core === null ? '' : `${core === 1 ? 'One person makes' : 'They make'} 80 % of the commits of the last 12 months.`;
  const organizations =
    elephant !== null
      ? ` Half of it is the work of ${elephant === 1 ? 'one organisation' : `${number(elephant)} organisations`}.`
      : known !== null && known < 100
        ? ` For whom they work is not known for ${number(100 - known, 0)} % of it.`
        : '';
  const tone = core === null ? 'unknown' : core >= 5 ? 'good' : core >= 3 ? 'fair' : 'bad';
  const text = `${made}${named(people)}${organizations}`.trim();
  return { ...base, tone, short, text, brief: (named(people) || text).trim() };
}

/** Published scores only repeat the others, and the time since a release grows by itself. */
const REPEATED = /^scores\/|^releases\/last-release$/;

/** Figures that say of themselves which way is better. */
function directed(headlines: readonly Headline[]): Headline[] {
  return headlines.filter(({ info }) => info.better !== 'neither' && !REPEATED.test(info.id));
}

function names(some: readonly Headline[]): string {
  return list(some.map(({ info }) => inSentence(info.title)));
}

function trend(headlines: readonly Headline[]): Draft {
  const known = directed(headlines).filter(({ turn }) => turn !== 'unknown');
  const better = known.filter(({ turn }) => turn === 'better');
  const worse = known.filter(({ turn }) => turn === 'worse');
  const base = { question: TREND, figures: [...worse, ...better].slice(0, 4).map(({ info }) => info.id) };
  const commits = headlines.find(({ info }) => info.id === 'activity/commits-last-year');
  const pace =
    commits === undefined || commits.turn === 'unknown' || commits.turn === 'same'
      ? ''
      : ` Commits of the last 12 months: ${number(commits.value)}, ${turnText(commits)}.`;
  if (known.length === 0) {
    return { ...base, tone: 'unknown', short: NOT_KNOWN, text: `No figure of a year before to compare with.${pace}` };
  }
  const parts = [
    worse.length > 0 ? `Worse than a year before: ${names(worse)}.` : '',
    better.length > 0 ? `Better: ${names(better)}.` : '',
    worse.length + better.length === 0 ? `All ${known.length} figures are much as they were a year before.` : '',
  ];
  const text = `${parts.filter(Boolean).join(' ')}${pace}`;
  const same = known.length - worse.length - better.length;
  const counts = [`${worse.length} worse`, `${better.length} better`, `${same} the same`].filter(
    (part) => !part.startsWith('0'),
  );
  const brief = `Of ${count(known.length, 'figure')}: ${list(counts)}.`;
  const lead = better.length - worse.length;
  if (lead >= 2) return { ...base, tone: 'good', short: 'Better', text, brief };
  if (lead <= -2) return { ...base, tone: 'bad', short: 'Worse', text, brief };
  return { ...base, tone: 'fair', short: better.length + worse.length === 0 ? 'Much the same' : 'Mixed', text, brief };
}

function loss(read: Read): Draft {
  const base = { question: LOSS, figures: ['people/absence-factor', 'people/tenure-of-active'] };
  const factor = read('people/absence-factor', 'absence_factor');
  const share = read('people/absence-factor', 'top_percent');
  const ever = read('people/absence-factor', 'absence_factor_ever');
  if (factor === null) {
    const before =
      ever === null ? '' : ` Over its whole history half of the commits are by ${count(ever, 'person', 'people')}.`;
    const known = read('people/absence-factor', 'commits') === 0;
    const text = known
      ? `Nobody is left to leave: no commit in 12 months.${before}`
      : `The absence factor is not known.${before}`;
    return { ...base, tone: 'unknown', short: NOT_KNOWN, text };
  }
  const most =
    share === null ? '' : `The most active person wrote ${number(share)} % of the commits of the last 12 months`;
  if (factor === 1) {
    return {
      ...base,
      tone: 'bad',
      short: 'Half is gone',
      text: most === '' ? 'Half of the work would be missing.' : `${most}.`,
      brief: share === null ? '' : `${number(share)} % by one person.`,
    };
  }
  const rest = `it takes ${number(factor)} people to lose half`;
  const text = most === '' ? `${rest.charAt(0).toUpperCase()}${rest.slice(1)}.` : `${most}; ${rest}.`;
  const brief = share === null ? text : `${number(share)} % by one person; ${rest}.`;
  const short = factor >= 4 ? 'It goes on' : 'It would hurt';
  return { ...base, tone: factor >= 4 ? 'good' : 'fair', short, text, brief };
}

/** The four questions, answered from the headline figures; what rests on nothing is not known. */
export function answersOf(result: Result, summary: ProjectSummary, headlines: readonly Headline[]): Answer[] {
  const read = reader(headlines);
  const people = result.people.find(({ project }) => project === summary.project.name) ?? null;
  const drafts = [alive(read, summary), carriers(read, people), trend(headlines), loss(read)];
  return drafts.map((draft) => ({ ...draft, brief: draft.brief ?? draft.text }));
}
