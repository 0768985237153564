import { fullName, interfaceFor, networkOf } from '../hosts.js';
import { zoneFolder } from '../render/dns.js';
import { install, serviceCommand, step, type RunbookContext, type RunbookSection, type RunbookStep } from './step.js';

function machine({ spec, both }: RunbookContext): RunbookStep {
  const { disk, metaDisk, size, mount } = spec.storage;
  const sizes = [
    size.disk === null ? [] : [`${disk}: ${size.disk} MiB for the data`],
    size.meta === null || metaDisk === 'internal' ? [] : [`${metaDisk}: ${size.meta} MiB for DRBD's meta-data`],
  ].flat();
  const devices = metaDisk === 'internal' ? [disk] : [disk, metaDisk];
  return step(
    'Leave the disks for DRBD unformatted and unmounted',
    both,
    [`lsblk -o NAME,SIZE,FSTYPE,MOUNTPOINT ${devices.join(' ')}`, `grep -E '${devices.join('|')}|${mount}' /etc/fstab`],
    {
      expect: `${sizes.join('; ')}. FSTYPE and MOUNTPOINT are empty, and the second command finds nothing.`,
      otherwise:
        'Take the lines out of /etc/fstab and unmount. A file system that is there already is lost in section 7.2.',
    },
  );
}

function files({ spec, both }: RunbookContext): RunbookStep {
  const peers = spec.nodes.map((node) => fullName(spec, node));
  return step(
    "Put the node's files in place",
    both,
    [
      '# from the rendered folder, for each node: tar -C NODE -cf - . | ssh root@NODE tar -C / -xf -',
      'restorecon -R /etc /var/named /usr/lib/ocf 2>/dev/null || true',
      `hostname ${peers[0]} # on the other node ${peers[1]}`,
      `for host in ${peers.join(' ')} ${fullName(spec, spec.virtualAddress)}; do getent hosts "$host"; done`,
    ],
    {
      expect: 'Each name with the address of the spec, none with 127.0.0.1. `uname -n` gives the full name.',
      otherwise: 'Compare /etc/hosts with the rendered one; another source in /etc/nsswitch.conf may come before it.',
    },
  );
}

function network(context: RunbookContext): RunbookStep {
  const { spec, target, both } = context;
  const [node] = spec.nodes;
  const own = interfaceFor(spec, node!, 'cluster');
  const { gateway, mtu } = networkOf(spec, own.network);
  const peer = interfaceFor(spec, spec.nodes[1]!, 'cluster').address;
  const up =
    target === 'rhel6'
      ? [`ifdown ${own.device}; ifup ${own.device}`]
      : ['nmcli connection reload', `nmcli connection up ${own.device}`];
  return step(
    'Bring the interface up, and test the path to the peer at full size',
    both,
    [
      ...up,
      `ip address show ${own.device}`,
      `ping -c 3 -M do -s ${mtu - 28} ${peer}`,
      ...(gateway === null ? [] : [`ping -c 3 ${gateway}`]),
    ],
    {
      expect: `The address of the node, and answers. From the second node the peer is ${own.address}.`,
      otherwise: `"message too long": something on the way has a smaller MTU than ${mtu}; mend it, or lower \`mtu\` in the spec.`,
    },
  );
}

function firewall({ target, both }: RunbookContext): RunbookStep {
  const commands = {
    rhel6: ['service iptables restart', 'chkconfig iptables on', 'iptables -L INPUT -n'],
    el9: ['sh /root/firewall.sh', 'firewall-cmd --list-all'],
    debian12: ['systemctl enable --now nftables', 'nft list ruleset'],
  }[target];
  return step('Open what the cluster needs, and leave the firewall on', both, commands, {
    expect: 'The ports of the spec, those between the nodes with the addresses of the nodes only.',
    otherwise: 'A cluster whose nodes do not hear each other fences: mend this before the cluster is started.',
  });
}

function time(context: RunbookContext): RunbookStep {
  const { target, both } = context;
  if (target === 'rhel6') {
    return step(
      'Set the clock',
      both,
      [
        install(context, ['ntp', 'ntpdate']),
        serviceCommand(context, 'restart', 'ntpd'),
        'chkconfig ntpd on',
        'ntpq -pn',
      ],
      {
        expect: 'Within a few minutes one line begins with `*`.',
        otherwise: 'No `*`: a source is out of reach, or UDP 123 is shut.',
      },
    );
  }
  const unit = target === 'debian12' ? 'chrony' : 'chronyd';
  return step(
    'Set the clock',
    both,
    [install(context, ['chrony']), serviceCommand(context, 'restart', unit), 'chronyc waitsync 60', 'chronyc sources'],
    { expect: 'One source begins with `^*`.', otherwise: 'No `^*`: a source is out of reach, or UDP 123 is shut.' },
  );
}

function names(context: RunbookContext): RunbookStep[] {
  const { spec, target, both } = context;
  if (!spec.dns) return [];
  const packages = target === 'debian12' ? ['bind9', 'bind9-utils', 'dnsutils'] : ['bind', 'bind-utils'];
  const config = target === 'debian12' ? '/etc/bind/named.conf' : '/etc/named.conf';
  const unit = 'named';
  return [
    step(
      'Serve the zone from both nodes',
      both,
      [
        install(context, packages),
        `named-checkconf -z ${config}`,
        serviceCommand(context, 'enable', unit),
        serviceCommand(context, 'restart', unit),
        `dig +short ${fullName(spec, spec.virtualAddress)} @127.0.0.1`,
        `dig +short -x ${spec.virtualAddress.address} @127.0.0.1`,
      ],
      {
        expect: `${spec.virtualAddress.address}, then ${fullName(spec, spec.virtualAddress)}.`,
        otherwise: `Both zones lie in ${zoneFolder(target)} and must be readable by named. After a change raise the serial on both nodes.`,
      },
    ),
  ];
}

function prerequisites(context: RunbookContext): RunbookStep[] {
  const { spec, target, both } = context;
  const packages = spec.service.packages[target] ?? [];
  if (packages.length === 0) return [];
  return [
    step(`Install what ${spec.service.title} needs, and take the other mail server out of its way`, both, [
      install(context, packages),
      target === 'rhel6'
        ? 'service postfix stop; chkconfig postfix off'
        : 'systemctl disable --now postfix 2>/dev/null || true',
    ]),
  ];
}

/** Section 7.1: what lies below the cluster. */
export function systemSection(context: RunbookContext): RunbookSection {
  return {
    number: '7.1',
    title: 'The machines',
    text: null,
    steps: [
      machine(context),
      files(context),
      network(context),
      firewall(context),
      time(context),
      ...names(context),
      ...prerequisites(context),
    ],
  };
}
