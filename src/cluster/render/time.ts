import type { ClusterSpec } from '../../model/cluster.js';

/** /etc/ntp.conf of rhel6: asks the sources, answers nobody but itself. */
export function renderNtp({ time }: ClusterSpec): string {
  return [
    'driftfile /var/lib/ntp/drift',
    '# A virtual machine may wake up hours behind.',
    'tinker panic 0',
    'restrict default kod nomodify notrap nopeer noquery',
    'restrict -6 default kod nomodify notrap nopeer noquery',
    'restrict 127.0.0.1',
    'restrict ::1',
    ...time.sources.map((source) => `server ${source} iburst`),
    '',
  ].join('\n');
}

/** chrony.conf: el9 has it in /etc, debian12 in /etc/chrony. */
export function renderChrony({ time }: ClusterSpec): string {
  return [
    ...time.sources.map((source) => `server ${source} iburst`),
    'driftfile /var/lib/chrony/drift',
    '# Steps the clock while it starts, before the cluster does; later it only slews.',
    'makestep 1.0 3',
    'rtcsync',
    'logdir /var/log/chrony',
    '',
  ].join('\n');
}
