import { createHash } from 'node:crypto';
import type { Alarm } from '../model/alarm.js';
import type { Evaluation } from '../model/evaluation.js';
import { evidenceText, stateText } from './evaluation-text.js';
import { xml, xmlDocument, type Xml } from './xml-text.js';

/** Of this program's feeds: names below it give the same id on every machine (RFC 9562, version 5). */
const NAMESPACE = Buffer.from('6c0f3b8e5d7a4f61a2c49be0d1537f28', 'hex');

/**
 * A run as an Atom feed (RFC 4287): an entry an alarm and one a failure, those that changed last first. Ids stay the same from
 * run to run, and an entry is only updated when its alarm is acknowledged or closed, so that a reader tells each once.
 */
export function evaluationAtom(evaluation: Evaluation): string {
  const { study, endedAt, alarms, failures, day } = evaluation;
  const all = [...alarms.new, ...alarms.open, ...alarms.closed];
  const entries = [
    ...all.map((alarm) => alarmEntry(study, alarm)),
    ...failures.map((failure) => failureEntry(study, day, failure)),
  ];
  entries.sort((a, b) => (a.updated < b.updated ? 1 : a.updated > b.updated ? -1 : 0));
  const feed = [
    xml('id', {}, urn('feed', study)),
    xml('title', {}, `${study}: health of the stack`),
    xml('updated', {}, moment(endedAt)),
    xml('author', {}, [xml('name', {}, evaluation.tool.name)]),
    xml('generator', { version: evaluation.tool.version }, evaluation.tool.name),
    ...entries.map(({ element }) => element),
  ];
  return xmlDocument(xml('feed', { xmlns: 'http://www.w3.org/2005/Atom' }, feed));
}

interface Entry {
  updated: string;
  element: Xml;
}

function alarmEntry(study: string, alarm: Alarm): Entry {
  const { rule, project, subject, firstSeen, acknowledgedAt, closed, state, text } = alarm;
  const updated = moment(closed ?? acknowledgedAt ?? firstSeen);
  const said = state === 'closed' ? 'closed: ' : state === 'acknowledged' ? 'acknowledged: ' : '';
  return entry(updated, {
    id: urn('alarm', study, rule, project, subject, firstSeen),
    title: `${project}: ${said}${text}`,
    published: moment(firstSeen),
    categories: [rule, state],
    content: `${text}\n\nRule ${rule}; ${stateText(alarm)}. ${evidenceText(alarm)}`,
  });
}

function failureEntry(study: string, day: string, failure: Evaluation['failures'][number]): Entry {
  const { project, code, message, hint } = failure;
  return entry(moment(day), {
    id: urn('failure', study, project ?? '', code, day),
    title: `${project ?? study}: ${message}`,
    published: moment(day),
    categories: ['failure', code],
    content: [message, ...(hint === null ? [] : [hint])].join('\n\n'),
  });
}

function entry(
  updated: string,
  parts: { id: string; title: string; published: string; categories: string[]; content: string },
): Entry {
  const element = xml('entry', {}, [
    xml('id', {}, parts.id),
    xml('title', {}, parts.title.replace(/\s+/g, ' ')),
    xml('published', {}, parts.published),
    xml('updated', {}, updated),
    ...parts.categories.map((term) => xml('category', { term })),
    xml('content', { type: 'text' }, parts.content),
  ]);
  return { updated, element };
}

/** RFC 3339, from `YYYY-MM-DD` or `YYYY-MM-DD HH:MM:SS` in UTC. */
function moment(text: string): string {
  return `${text.slice(0, 10)}T${text.length > 10 ? text.slice(11, 19) : '00:00:00'}Z`;
}

function urn(...name: string[]): string {
  const hash = createHash('sha1').update(NAMESPACE).update(JSON.stringify(name)).digest();
  hash[6] = (hash[6]! & 0x0f) | 0x50;
  hash[8] = (hash[8]! & 0x3f) | 0x80;
  const hex = hash.toString('hex');
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}
