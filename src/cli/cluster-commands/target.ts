import { Option } from 'commander';
import { clusterTargets, type ClusterTarget } from '../../model/cluster.js';

export interface TargetFlag {
  target?: ClusterTarget;
}

/** One fresh option for each command. */
export function targetOption(): Option {
  return new Option('--target <target>', "what it is for (default: the spec's own)").choices(clusterTargets);
}
