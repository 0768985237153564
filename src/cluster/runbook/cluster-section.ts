import { fullName } from '../hosts.js';
import { install, serviceCommand, step, type RunbookContext, type RunbookSection, type RunbookStep } from './step.js';

function fencingSecrets({ spec, both }: RunbookContext): RunbookStep[] {
  const references = spec.fencing.flatMap(({ secret }) => (secret ? [secret.reference] : []));
  const files = [...new Map(references.map((one) => [one.file, one])).values()];
  if (files.length === 0) return [];
  return [
    step(
      'Write the scripts that tell the fencing devices their passwords',
      both,
      files.flatMap(({ file }) => [
        `install -d -m 0700 $(dirname ${file})`,
        `umask 077; cat > ${file}`,
        `chmod 700 ${file}`,
        `${file} | wc -c`,
      ]),
      {
        expect: `Each prints the password that the vault keeps as ${files.map(({ vault }) => vault).join(', ')}, and nothing else.`,
      },
    ),
  ];
}

function fenceTest({ spec, both }: RunbookContext): RunbookStep {
  return step(
    'Switch each node off once, from the other',
    both,
    spec.nodes.map((node) => `pcs stonith fence ${fullName(spec, node)} # on the other node`),
    {
      expect: 'The node goes down at once, boots, and joins again.',
      otherwise: 'Fencing that was never seen to work does not work. Go no further until it does.',
    },
  );
}

function onCorosync(context: RunbookContext): RunbookStep[] {
  const { spec, target, first, both } = context;
  const peers = spec.nodes.map((node) => fullName(spec, node));
  const debian = target === 'debian12';
  const agents = [...new Set(spec.fencing.map(({ agent }) => agent))];
  const packages = debian
    ? ['pacemaker', 'corosync', 'pcs', 'resource-agents', 'fence-agents']
    : [
        'pacemaker',
        'corosync',
        'pcs',
        'resource-agents',
        ...agents.map((agent) => agent.replace('fence_', 'fence-agents-')),
      ];
  return [
    step(
      'Install Corosync, Pacemaker and their shells',
      both,
      [
        install(context, packages, debian ? undefined : 'highavailability'),
        serviceCommand(context, 'enable', 'pcsd'),
        ...(debian ? ['pcs cluster destroy # Debian starts a cluster of one after the installation'] : []),
      ],
      {
        otherwise: debian
          ? null
          : 'On RHEL itself: subscription-manager repos --enable rhel-9-for-x86_64-highavailability-rpms.',
      },
    ),
    step(
      'Give both nodes the same key and the same configuration',
      [first],
      [
        'corosync-keygen -k /etc/corosync/authkey',
        `scp -p /etc/corosync/authkey ${peers[1]}:/etc/corosync/`,
        '# corosync.conf was put in place with the other files in section 7.1; the package may have brought its own since',
        `sha256sum /etc/corosync/corosync.conf; ssh ${peers[1]} sha256sum /etc/corosync/corosync.conf`,
      ],
      { expect: 'Two equal sums, those of the rendered file.', otherwise: 'Copy the rendered file again.' },
    ),
    ...(spec.quorum.kind === 'qdevice'
      ? [
          step(
            'Start the third voter',
            [`the host ${spec.quorum.host}`],
            ['pcs qdevice setup model net --enable --start'],
            {
              expect: 'pcs qdevice status net shows it running; corosync-qdevice is installed on both nodes.',
            },
          ),
        ]
      : []),
    step('Start the cluster', both, ['systemctl start corosync pacemaker', 'corosync-quorumtool -s', 'crm_mon -1'], {
      expect: 'Quorate: Yes, with both nodes; crm_mon shows both online and one of them as the DC.',
      otherwise:
        '"No valid name found for local host": `uname -n` is not the name in corosync.conf. One node alone waits for the other: that is wait_for_all.',
    }),
  ];
}

function onCman(context: RunbookContext): RunbookStep[] {
  const { spec, first, both } = context;
  const peers = spec.nodes.map((node) => fullName(spec, node));
  return [
    step(
      'Install cman, Pacemaker and their shells',
      both,
      [
        'rpm --import https://vault.centos.org/RPM-GPG-KEY-CentOS-6',
        install(context, ['pacemaker', 'cman', 'pcs', 'ccs', 'resource-agents', 'fence-agents'], 'centos-6.5-base'),
      ],
      {
        otherwise:
          'A package whose signature can not be checked is not installed; import the key, do not switch gpgcheck off.',
      },
    ),
    step(
      'Both nodes have the same cluster.conf before anything is started',
      both,
      [
        'ccs_config_validate',
        `sha256sum /etc/cluster/cluster.conf; ssh ${peers[1]} sha256sum /etc/cluster/cluster.conf`,
      ],
      { expect: '"Configuration validates", and two equal sums.', otherwise: 'Copy the rendered file again.' },
    ),
    step(
      'Start the cluster',
      both,
      ['service cman start', 'service pacemaker start', 'cman_tool nodes', 'crm_mon -1'],
      {
        expect: 'Both nodes are members (M), and online in crm_mon.',
        otherwise: `cman waits for quorum at its first start: start ${first} and the other node within a minute of each other.`,
      },
    ),
  ];
}

/** Section 7.5: Corosync (or cman), Pacemaker, and the resources. */
export function clusterSection(context: RunbookContext): RunbookSection {
  const { spec, target, first } = context;
  return {
    number: '7.5',
    title: target === 'rhel6' ? 'cman and Pacemaker' : 'Corosync and Pacemaker',
    text: `The configuration is built in a file and loaded as a whole. ${spec.name}.crm says the same for the crm shell (crm configure load update ${spec.name}.crm); use one of the two.`,
    steps: [
      ...fencingSecrets(context),
      ...(target === 'rhel6' ? onCman(context) : onCorosync(context)),
      step(
        'Load the configuration',
        [first],
        [
          'cibadmin --query > /root/cib.xml',
          `sh ${spec.name}-pcs.sh /root/cib.xml`,
          'crm_verify -x /root/cib.xml -V',
          'pcs cluster cib-push /root/cib.xml',
        ],
        {
          expect:
            'crm_verify finds nothing. Within a minute `pcs status` shows everything started on one node, and DRBD promoted there.',
          otherwise:
            'Look at the failed actions at the end of `pcs status`; after mending the cause: pcs resource cleanup.',
        },
      ),
      fenceTest(context),
    ],
  };
}

/** Section 7.6: looking and mending. */
export function controlSection(context: RunbookContext): RunbookSection {
  const { spec, first } = context;
  return {
    number: '7.6',
    title: 'Looking, and mending',
    text: null,
    steps: [
      step('What runs where', [first], ['pcs status', 'crm_mon -1rf', 'crm_verify -L -V'], {
        expect: 'Both nodes online, no failed actions, no failed fencing.',
      }),
      step(
        'Forget a failure whose cause is mended',
        [first],
        [`crm_resource --cleanup --resource ${spec.service.resource}`],
        {
          expect: 'The fail count is gone, and the resource may come back to the node.',
        },
      ),
      step(
        'Change something',
        [first],
        [
          'pcs cluster cib > /root/new.xml',
          'pcs -f /root/new.xml resource update … ',
          'crm_simulate -x /root/new.xml -L -S | tail -20',
          'pcs cluster cib-push /root/new.xml',
        ],
        { expect: 'The simulation shows only what you want to happen.' },
      ),
      step(
        'Work on the service without the cluster getting in the way',
        [first],
        ['pcs property set maintenance-mode=true', '# …', 'pcs property set maintenance-mode=false'],
        {},
      ),
    ],
  };
}
