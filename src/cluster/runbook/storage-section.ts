import { drbdVersion, secretSection } from '../render/drbd.js';
import { install, serviceCommand, step, type RunbookContext, type RunbookSection, type RunbookStep } from './step.js';

function statusCommand(context: RunbookContext): string {
  const { spec, target } = context;
  return drbdVersion(spec, target) === 9 ? `drbdadm status ${spec.storage.resource}` : 'cat /proc/drbd';
}

function isNine({ spec, target }: RunbookContext): boolean {
  return drbdVersion(spec, target) === 9;
}

function installation(context: RunbookContext): RunbookStep {
  const { target, both } = context;
  const commands = {
    rhel6: [install(context, ['kmod-drbd84', 'drbd84-utils'], 'elrepo')],
    el9: [install(context, ['kmod-drbd9x', 'drbd9x-utils'], 'elrepo')],
    debian12: [install(context, ['drbd-utils'])],
  }[target];
  const debian = target === 'debian12' && isNine(context);
  return step(
    'Install DRBD, and keep it from starting by itself: Pacemaker starts it',
    both,
    [...commands, 'modprobe drbd', serviceCommand(context, 'disable', 'drbd'), 'cat /proc/drbd'],
    {
      expect: `A version that begins with ${isNine(context) ? '9' : '8.4'}.`,
      otherwise: debian
        ? "Debian's own kernel has DRBD 8.4. Build DRBD 9 as a module (LINBIT's drbd-dkms), or set `drbd: 8` in the spec and render again."
        : 'The module was built for another kernel: install the package that fits `uname -r`, and boot that kernel.',
    },
  );
}

function secret({ spec, both }: RunbookContext): RunbookStep[] {
  const { secret: reference } = spec.storage;
  if (!reference) return [];
  return [
    step(
      "Write the peers' shared secret, the same on both nodes",
      both,
      [
        `umask 077; cat > ${reference.file} # ${secretSection()}`,
        `chmod 600 ${reference.file}`,
        'drbdadm dump all >/dev/null',
      ],
      {
        expect: `The secret is the one that the vault keeps as ${reference.vault}; in place of the dots. The last command prints nothing.`,
        otherwise: 'drbdadm names file and line.',
      },
    ),
  ];
}

/** Section 7.2: storage, its first synchronisation, and the one file system there is. */
export function storageSection(context: RunbookContext): RunbookSection {
  const { spec, first, second, both } = context;
  const { resource, device, filesystem } = spec.storage;
  const nine = isNine(context);
  const status = statusCommand(context);
  const synced = nine ? 'disk:UpToDate and peer-disk:UpToDate' : 'cs:Connected ds:UpToDate/UpToDate';
  return {
    number: '7.2',
    title: 'DRBD',
    text: 'Everything on the two disks is lost here. There is one file system, made once, on the first node; DRBD brings it to the other.',
    steps: [
      installation(context),
      ...secret(context),
      step(
        'Write the meta-data, and bring the resource up',
        both,
        [`drbdadm create-md ${resource}`, `drbdadm up ${resource}`, status],
        {
          expect: nine
            ? 'role:Secondary, disk:Inconsistent; the peer is Connected.'
            : 'cs:Connected ro:Secondary/Secondary ds:Inconsistent/Inconsistent.',
          otherwise:
            '"Connecting" for longer than some seconds: the port is shut, or the names after `on` are not those of `uname -n`.',
        },
      ),
      step(
        'Say whose data counts: this once, and on this node only',
        [first],
        [`drbdadm primary --force ${resource}`, `watch -n 5 "${status}"`],
        {
          expect: `The second node is a SyncTarget, and in the end ${synced}.`,
          otherwise: 'A stalled synchronisation goes on when the link does; never force the other node as well.',
        },
      ),
      step('Make the file system, on this node only', [first], [`mkfs.${filesystem} ${device}`, `blkid ${device}`], {
        expect: `TYPE="${filesystem}".`,
        otherwise: `${device} is read-only on a secondary: the step before was not done on this node.`,
      }),
      step(
        'Change roles once, to see that the other node has the same',
        [first],
        [`drbdadm secondary ${resource}`],
        {},
      ),
      step(
        'The same file system is there',
        [second],
        [`drbdadm primary ${resource}`, `blkid ${device}`, `drbdadm secondary ${resource}`],
        {
          expect: 'The same UUID as on the first node. Nothing is formatted here.',
          otherwise: 'Another UUID, or none: the synchronisation had not ended.',
        },
      ),
    ],
  };
}

/** Section 7.2.2: both nodes wrote. */
export function splitBrainSection(context: RunbookContext): RunbookSection {
  const { spec, both } = context;
  const { resource } = spec.storage;
  const status = statusCommand(context);
  const loser = ['the node whose changes are thrown away'];
  return {
    number: '7.8',
    title: 'When both nodes wrote: split brain (7.2.2 in the thesis)',
    text: 'With fencing in DRBD and in Pacemaker it should not come to this. Which node lost is a decision about data: look at both before.',
    steps: [
      step('Find out', both, [status, `dmesg | grep -i split-brain`], {
        expect: 'StandAlone on one node or both, and "Split-Brain detected".',
        otherwise: 'Only Connecting: then it is the network.',
      }),
      step('Keep Pacemaker out of it', both.slice(0, 1), ['pcs property set maintenance-mode=true'], {}),
      step(
        'Give up this side',
        loser,
        [
          `drbdadm disconnect ${resource}`,
          `drbdadm secondary ${resource}`,
          `drbdadm connect --discard-my-data ${resource}`,
        ],
        {
          otherwise: 'Not demoted while the file system is mounted: unmount it first.',
        },
      ),
      step('Keep this side', ['the node whose data lives'], [`drbdadm connect ${resource}`], {
        expect: 'Only needed where it is StandAlone too. The other node becomes SyncTarget, then UpToDate.',
      }),
      step('Let Pacemaker go on', both.slice(0, 1), ['pcs property set maintenance-mode=false', 'pcs status'], {}),
    ],
  };
}
