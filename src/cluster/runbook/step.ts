import type { ClusterSpec, ClusterTarget } from '../../model/cluster.js';

/** One step of the runbook. Texts are Markdown, without names that a spec could have made up. */
export interface RunbookStep {
  title: string;
  /** Short names of the nodes it is done on. */
  nodes: readonly string[];
  /** As typed, one a line. */
  commands: readonly string[];
  /** What should be seen; null: nothing, and exit code 0. */
  expect: string | null;
  /** What to do when it isn't. */
  otherwise: string | null;
}

export interface RunbookSection {
  /** Section of the thesis it stands for: `7.2.1`. */
  number: string;
  title: string;
  text: string | null;
  steps: readonly RunbookStep[];
}

/** What every section is written from. */
export interface RunbookContext {
  spec: ClusterSpec;
  target: ClusterTarget;
  /** Short names: the one that is set up first, and the other. */
  first: string;
  second: string;
  both: readonly string[];
}

export function contextOf(spec: ClusterSpec, target: ClusterTarget): RunbookContext {
  const [first = '', second = ''] = spec.nodes.map(({ name }) => name);
  return { spec, target, first, second, both: [first, second] };
}

export function step(
  title: string,
  nodes: readonly string[],
  commands: readonly string[],
  { expect = null, otherwise = null }: { expect?: string | null; otherwise?: string | null } = {},
): RunbookStep {
  return { title, nodes, commands, expect, otherwise };
}

/** How a target manages a service. */
export function serviceCommand(
  { target }: RunbookContext,
  verb: 'start' | 'stop' | 'restart' | 'enable' | 'disable',
  unit: string,
): string {
  if (target !== 'rhel6')
    return `systemctl ${verb === 'enable' || verb === 'disable' ? `${verb} --now` : verb} ${unit}`;
  if (verb === 'enable' || verb === 'disable') return `chkconfig ${unit} ${verb === 'enable' ? 'on' : 'off'}`;
  return `service ${unit} ${verb}`;
}

export function install({ target }: RunbookContext, packages: readonly string[], repository?: string): string {
  const names = packages.join(' ');
  if (target === 'debian12') return `apt-get install -y ${names}`;
  return `${target === 'rhel6' ? 'yum' : 'dnf'} install -y ${repository === undefined ? '' : `--enablerepo=${repository} `}${names}`;
}
