import type { DeployedComponent, Deployment, Distance, VersionStanding } from './deployment.js';

/** `1 release`, `2 releases`. */
function some(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
}

function behindText({ to, releases, commits, days }: Distance): string {
  const age = days > 0 ? `, ${some(days, 'day')}` : '';
  return releases === 0 ? 'none' : `${to.version}: ${some(releases, 'release')}, ${some(commits, 'commit')}${age}`;
}

function fixesText({ series }: VersionStanding): string {
  const { fixes, recentReleases, recentCommits, branch } = series;
  if (fixes === null) return 'unknown: it has no branch of its own, and no release in 12 months';
  if (fixes === 'releases') return `yes: ${some(recentReleases, 'release')} in 12 months`;
  if (fixes === 'commits') return `${some(recentCommits ?? 0, 'commit')} on ${branch} in 12 months, no release`;
  return 'no: neither release nor commit in 12 months';
}

function successorText({ successor }: DeployedComponent): string {
  if (successor === null) return '';
  return successor.newest === null ? successor.project : `${successor.project} ${successor.newest.version}`;
}

export const DEPLOYMENT_HEADS = [
  'Component',
  'Used',
  'Of',
  'Behind its series',
  'Behind the newest',
  'Fixes',
  'Successor',
];

/** A row a component, in the order of DEPLOYMENT_HEADS; texts of tags are in it, not made safe yet. */
export function deploymentRows({ components }: Deployment): string[][] {
  return components.map((one) => {
    const { component, version, standing, reason } = one;
    const name = [component, version ?? 'version unknown'] as const;
    if (standing === null)
      return [...name, 'unknown', `unknown: ${reason ?? ''}`, 'unknown', 'unknown', successorText(one)];
    const { used, series, newest } = standing;
    return [...name, used.date, behindText(series.behind), behindText(newest), fixesText(standing), successorText(one)];
  });
}

/** `27.9 libyears behind; of 5 components nothing is known`. */
export function libyearsText({ libyears, unknown }: Deployment): string {
  const age = libyears === null ? 'libyears unknown' : `${libyears.toFixed(1)} libyears behind`;
  return unknown === 0 ? age : `${age}; of ${some(unknown, 'component')} nothing is known`;
}
