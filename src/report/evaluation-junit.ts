import type { Alarm } from '../model/alarm.js';
import type { Evaluation } from '../model/evaluation.js';
import { evidenceText, stateText } from './evaluation-text.js';
import { xml, xmlDocument, type Xml } from './xml-text.js';

/** A rule that was asked: `projects` null for all. */
export interface AskedRule {
  id: string;
  projects: string[] | null;
}

interface Case {
  element: Xml;
  result: 'passed' | 'failed' | 'error' | 'skipped';
}

/**
 * A run as JUnit XML: a suite a project, a case a rule. An open alarm is a failure and an acknowledged one skipped; a
 * collect or a measurement that failed is an error. `judged`: projects that count where none was collected.
 */
export function evaluationJunit(
  evaluation: Evaluation,
  rules: readonly AskedRule[] = [],
  judged: readonly string[] = [],
): string {
  const { study, alarms, failures, projects, startedAt, endedAt } = evaluation;
  const standing = [...alarms.new, ...alarms.open];
  const all = [...standing, ...alarms.closed];
  const asked = projects.length > 0 ? projects.map(({ project }) => project) : judged;
  const names = [...new Set([...asked, ...all.map(({ project }) => project)])];
  const seconds = Math.max(0, (Date.parse(`${endedAt}Z`) - Date.parse(`${startedAt}Z`)) / 1000) || 0;
  const suites = names.map((project) => {
    const own = all.filter((alarm) => alarm.project === project);
    const known = rules.filter((rule) => rule.projects === null || rule.projects.includes(project));
    const ids = [...new Set([...known.map(({ id }) => id), ...own.map(({ rule }) => rule)])];
    const cases = ids.flatMap((id) => {
      const firing = standing.filter((alarm) => alarm.project === project && alarm.rule === id);
      return firing.length > 0 ? firing.map((alarm) => alarmCase(alarm)) : [testCase(project, id, 'passed')];
    });
    const failed = failures.filter((failure) => failure.project === project);
    const collected = failed.length > 0 || projects.some((one) => one.project === project);
    return suite(project, startedAt, [...(collected ? [collectCase(project, failed)] : []), ...cases]);
  });
  const general = failures.filter(({ project }) => project === null || !names.includes(project));
  if (general.length > 0) {
    suites.push(
      suite(
        study,
        startedAt,
        general.map((failure) => collectCase(failure.project ?? study, [failure])),
      ),
    );
  }
  const totals = counts(suites.flatMap(({ cases }) => cases));
  const attributes = { name: study, ...totals, time: seconds.toFixed(3) };
  return xmlDocument(
    xml(
      'testsuites',
      attributes,
      suites.map(({ element }) => element),
    ),
  );
}

function suite(name: string, startedAt: string, cases: Case[]): { element: Xml; cases: Case[] } {
  const attributes = { name, ...counts(cases), timestamp: startedAt.replace(' ', 'T') };
  return {
    element: xml(
      'testsuite',
      attributes,
      cases.map(({ element }) => element),
    ),
    cases,
  };
}

function counts(cases: readonly Case[]): { tests: number; failures: number; errors: number; skipped: number } {
  const of = (result: Case['result']): number => cases.filter((one) => one.result === result).length;
  return { tests: cases.length, failures: of('failed'), errors: of('error'), skipped: of('skipped') };
}

function alarmCase(alarm: Alarm): Case {
  const { project, rule, subject, text, state } = alarm;
  const name = subject === '' ? rule : `${rule} ${subject}`;
  if (state === 'acknowledged') {
    return testCase(project, name, 'skipped', xml('skipped', { message: `${text} (${stateText(alarm)})` }));
  }
  const body = xml('failure', { message: text, type: rule }, `${stateText(alarm)}. ${evidenceText(alarm)}`);
  return testCase(project, name, 'failed', body);
}

function collectCase(project: string, failures: Evaluation['failures']): Case {
  if (failures.length === 0) return testCase(project, 'collect', 'passed');
  const bodies = failures.map(({ code, message, hint }) => xml('error', { message, type: code }, hint ?? ''));
  // The schema has room for one.
  return testCase(project, 'collect', 'error', bodies[0]);
}

function testCase(project: string, name: string, result: Case['result'], body?: Xml): Case {
  return { element: xml('testcase', { classname: project, name }, body === undefined ? [] : [body]), result };
}
