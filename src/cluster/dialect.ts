import type { ClusterTarget } from '../model/cluster.js';

/** How a target's Pacemaker, its shells and its system say things. */
export interface Dialect {
  /** RELAX NG schema that a CIB is written to. */
  schema: string;
  /** The two roles of a promotable clone. */
  roles: { promoted: string; unpromoted: string };
  /** Whether a promotable resource is a `clone` with a meta attribute, or an element of its own (`master`, `ms`). */
  promotableClone: boolean;
  /** Whether the fencing daemon itself can delay (pcmk_delay_base, Pacemaker 1.1.17), and by priority (2.0.4). */
  delays: boolean;
  system: 'sysv' | 'systemd';
}

const TODAY: Dialect = {
  schema: 'pacemaker-3.9',
  roles: { promoted: 'Promoted', unpromoted: 'Unpromoted' },
  promotableClone: true,
  delays: true,
  system: 'systemd',
};

/** rhel6 has Pacemaker 1.1.10 on cman; el9 has 2.1.7 and debian12 2.1.5, both on corosync 3. */
export const dialects: Readonly<Record<ClusterTarget, Dialect>> = {
  rhel6: {
    schema: 'pacemaker-1.2',
    roles: { promoted: 'Master', unpromoted: 'Slave' },
    promotableClone: false,
    delays: false,
    system: 'sysv',
  },
  el9: TODAY,
  debian12: TODAY,
};
