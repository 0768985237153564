import { type Fault, type LintRule } from '../rule.js';

export const resourcesStorageDiffers: LintRule = {
  id: 'resources/storage-differs',
  severity: 'error',
  title: 'The file system is on another device than DRBD, or mounted elsewhere',
  why: 'The service then writes past the replication.',
  remedy: 'device and directory as the storage of the spec has them.',
  source: 'this program',
  check({ configs, spec }) {
    if (!spec) return [];
    const { device, mount } = spec.storage;
    return configs.flatMap(({ file, primitives }) =>
      primitives
        .filter(
          ({ agent, options }) =>
            agent === 'ocf:heartbeat:Filesystem' && (options['device'] !== device || options['directory'] !== mount),
        )
        .map(({ id, options, line }): Fault => ({
          message: `${id}: ${options['device']} on ${options['directory']}, the spec has ${device} on ${mount}`,
          file,
          line,
        })),
    );
  },
};
