import { fullName } from '../hosts.js';
import { dialects } from '../dialect.js';
import { step, type RunbookContext, type RunbookSection, type RunbookStep } from './step.js';

/** What crm_mon shows, in the target's words: the thesis's tables 7.10 and 7.11 as they must be. */
function placement({ spec, target }: RunbookContext, serving: string, standby: string | null): string {
  const { roles } = dialects[target];
  const names = (list: readonly string[]): string => `[ ${list.map((name) => fullName(spec, { name })).join(' ')} ]`;
  const other = spec.nodes.map(({ name }) => name).filter((name) => name !== serving);
  const clone = spec.resources.find((one) => one.clone?.promotable);
  const grouped = spec.groups.flatMap(({ id, members }) => [
    `  * Resource Group: ${id}:`,
    ...members.map((member) => {
      const agent = spec.resources.find((one) => one.id === member)?.agent.replace('ocf:', 'ocf::') ?? '';
      return `    * ${member} (${agent}): Started ${fullName(spec, { name: serving })}`;
    }),
  ]);
  return [
    ...(standby === null ? [] : [`  * Node ${fullName(spec, { name: standby })}: standby`]),
    `  * Online: ${names(standby === null ? spec.nodes.map(({ name }) => name) : [serving])}`,
    ...(clone
      ? [
          `  * Clone Set: ${clone.clone!.id} [${clone.id}] (promotable):`,
          `    * ${roles.promoted}: ${names([serving])}`,
          standby === null ? `    * ${roles.unpromoted}: ${names(other)}` : `    * Stopped: ${names(other)}`,
        ]
      : []),
    ...grouped,
  ].join('\n');
}

function table(text: string): string {
  return `crm_mon -1r shows:\n\n\`\`\`\n${text}\n\`\`\``;
}

function standby(context: RunbookContext, on: boolean, node: string): string {
  const full = fullName(context.spec, { name: node });
  if (context.target === 'rhel6') return `pcs cluster ${on ? 'standby' : 'unstandby'} ${full}`;
  return `pcs node ${on ? 'standby' : 'unstandby'} ${full}`;
}

function planned(context: RunbookContext): RunbookStep[] {
  const { first, second } = context;
  return [
    step('Send the first node to standby', [first], [standby(context, true, first), 'crm_mon -1r'], {
      expect: `${table(placement(context, second, first))}\n\nA node in standby runs nothing: its copy is stopped, not a second one.`,
      otherwise:
        'Nothing is promoted: the data of the second node is not up to date. Bring the first back and synchronise.',
    }),
    step('Bring it back: the service stays where it is', [first], [standby(context, false, first), 'crm_mon -1r'], {
      expect: table(placement(context, second, null)),
    }),
    step(
      'Send the second node to standby, and bring it back',
      [second],
      [standby(context, true, second), standby(context, false, second), 'crm_mon -1r'],
      {
        expect: table(placement(context, first, null)),
        otherwise: 'Wait with the second command until the service answers from the first node.',
      },
    ),
  ];
}

function unplanned(context: RunbookContext): RunbookStep[] {
  const { spec, first, second } = context;
  const { address } = spec.virtualAddress;
  return [
    step('Watch from a third machine', ['any other host'], [`ping -i 0.2 -D ${address}`], {
      expect: 'The gap in the answers is the time the address is away.',
    }),
    step(
      'Kill the membership daemon',
      [first],
      [context.target === 'rhel6' ? 'killall -9 corosync' : 'kill -9 $(pidof corosync)'],
      {
        expect: `The node is fenced; the service comes back on ${second}. With the fencing delays of the spec this takes longer than without.`,
        otherwise: 'Nobody is fenced: `pcs stonith history` says why.',
      },
    ),
    step('Pull the plug', [second], ['echo b > /proc/sysrq-trigger # or switch it off at the hypervisor'], {
      expect: `The service comes back on ${first} once fencing has confirmed that the node is off.`,
      otherwise: 'A device that loses power with its node can never confirm: use one that does not.',
    }),
    step('Cut both off, and start one alone', [first], ['# power off both nodes, then start one'], {
      expect: 'It does not serve: it can not know whether the other has newer data. With the other node it does.',
      otherwise: 'Only if the other is gone for good: pcs quorum unblock --force.',
    }),
  ];
}

/** Section 7.7: the failover test. */
export function failoverSection(context: RunbookContext): RunbookSection {
  return {
    number: '7.7',
    title: 'The failover test',
    text: 'Before production, and again after every change. `health cluster simulate` and `health cluster rehearse` do the same without these machines.',
    steps: [...planned(context), ...unplanned(context)],
  };
}

/** The way back out. */
export function rollbackSection(context: RunbookContext): RunbookSection {
  const { spec, first, both } = context;
  const { resource, device, mount } = spec.storage;
  return {
    number: '7.9',
    title: 'Roll-back: the service on one node, without a cluster',
    text: 'The data stays where it is; DRBD can be left out as soon as it is alone.',
    steps: [
      step('Stop the cluster on both nodes', [first], ['pcs cluster stop --all'], {}),
      step(
        'Serve by hand',
        [first],
        [
          `drbdadm up ${resource}; drbdadm primary ${resource}`,
          `mount ${device} ${mount}`,
          `ip address add ${spec.virtualAddress.address}/24 dev ${spec.nodes[0]!.interfaces[0]!.device}`,
          `su - ${spec.service.user} -c 'zmcontrol start'`,
        ],
        { expect: 'Only on one node. The other stays off, or its copy is no copy any more.' },
      ),
      step('Let go of the cluster for good', both, ['pcs cluster destroy'], {
        expect: 'The configuration is gone from the nodes; the rendered folder still has all of it.',
      }),
    ],
  };
}
