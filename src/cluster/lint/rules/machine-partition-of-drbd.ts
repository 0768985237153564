import { faultyLines, ofKind, type LintRule } from '../rule.js';

export const machinePartitionOfDrbd: LintRule = {
  id: 'machine/partition-of-drbd',
  severity: 'error',
  title: 'A partition that DRBD replicates is mounted as an ordinary one',
  why: 'Whoever mounts the backing device goes behind DRBD: the copies differ, and nobody notices.',
  remedy: "Leave the device unformatted and out of /etc/fstab; only DRBD's own device is mounted.",
  source: 'Thesis, table 7.1',
  check(context) {
    const disks = context.spec ? [context.spec.storage.disk, context.spec.storage.metaDisk] : [];
    const named = ofKind(context, 'partitions', 'fstab');
    return [
      ...faultyLines(
        named,
        /^\s*(\/\S+)\s.*\((\/dev\/\S+)\)/,
        ([, mount, device]) => `${mount} is listed as a partition of its own on ${device}, which is DRBD's`,
      ),
      ...named.flatMap((file) =>
        disks.flatMap((disk) =>
          faultyLines([file], new RegExp(`^\\s*${disk}\\s`), () => `${disk} is mounted, and is DRBD's`),
        ),
      ),
    ];
  },
};
