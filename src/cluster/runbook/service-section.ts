import { fullName, networkOf } from '../hosts.js';
import { subnet } from '../../model/ipv4.js';
import { step, type RunbookContext, type RunbookSection } from './step.js';

/** Section 7.3: the service is installed in full on one node, and as an empty shell on the other. */
export function serviceSection(context: RunbookContext): RunbookSection {
  const { spec, target, first, second, both } = context;
  const { resource, device, mount } = spec.storage;
  const { title, user } = spec.service;
  const { name, address, network } = spec.virtualAddress;
  const virtual = fullName(spec, { name });
  const bits = subnet(networkOf(spec, network).subnet)!.prefix;
  const own = spec.nodes[0]!.interfaces.find((one) => one.network === network)!.device;
  const stop = target === 'rhel6' ? `service ${user} stop` : `su - ${user} -c 'zmcontrol stop'`;
  const disable = target === 'rhel6' ? `chkconfig ${user} off` : `systemctl disable ${user} 2>/dev/null || true`;
  return {
    number: '7.3',
    title,
    text: `It has to believe that it lives on ${virtual}: while it is installed, the node has that name and address.`,
    steps: [
      step(
        'Lend this node the data, the address and the name',
        [first],
        [
          `drbdadm primary ${resource}`,
          `mkdir -p ${mount}`,
          `mount ${device} ${mount}`,
          `ip address add ${address}/${bits} dev ${own}`,
          `hostname ${virtual}`,
          `findmnt ${mount}`,
        ],
        { expect: `${device} on ${mount}.`, otherwise: '"Wrong medium type": the node is not primary.' },
      ),
      step(`Install ${title} in full`, [first], ['./install.sh', `su - ${user} -c 'zmcontrol status'`], {
        expect: `Asked for another domain name, answer ${spec.domain}. In the end every service is Running.`,
        otherwise:
          'The installer looks for an A and an MX record of the domain: section 7.1 has to be right first. Its log is /tmp/install.log.*.',
      }),
      step(
        'Give everything back',
        [first],
        [
          stop,
          disable,
          `umount ${mount}`,
          `hostname ${fullName(spec, { name: first })}`,
          `ip address del ${address}/${bits} dev ${own}`,
          `drbdadm secondary ${resource}`,
        ],
        { otherwise: `umount says busy: \`fuser -vm ${mount}\` names who is still in there.` },
      ),
      step(
        `Install ${title} as a shell: programs, users and links outside of ${mount}, no configuration`,
        [second],
        [
          `drbdadm primary ${resource}`,
          `mkdir -p ${mount}`,
          `mount ${device} ${mount}`,
          './install.sh -s',
          disable,
          `umount ${mount}`,
          `drbdadm secondary ${resource}`,
        ],
        {
          expect: 'The installer only places software. The data of the first node is not touched by it.',
          otherwise: 'It finds a configuration and wants to upgrade: break off, and check that -s was given.',
        },
      ),
      step('The service user has one number on both nodes', both, [`id ${user}`], {
        expect: 'The same uid and gid: the files belong to numbers, not to names.',
        otherwise: 'Change the numbers on the second node (usermod -u, groupmod -g) before anything is started there.',
      }),
    ],
  };
}

/** Section 7.4: the resource agent. */
export function agentSection(context: RunbookContext): RunbookSection {
  const { spec, both } = context;
  const own = spec.resources.find(({ id }) => id === spec.service.resource)!.agent;
  const [, provider = '', type = ''] = own.split(':');
  const path = `/usr/lib/ocf/resource.d/${provider}/${type}`;
  return {
    number: '7.4',
    title: 'The resource agent',
    text: 'One file, under one name: no link into another provider.',
    steps: [
      step(
        'It is there, and says what it is',
        both,
        [`ls -l ${path}`, `OCF_ROOT=/usr/lib/ocf ${path} meta-data | head -3`],
        {
          expect: 'Executable for root, and the beginning of an XML document.',
          otherwise: 'Copy it from the rendered folder again, with mode 0755.',
        },
      ),
      step(
        'On a node without the data it says "not running", which is no error',
        both,
        [`OCF_ROOT=/usr/lib/ocf ${path} monitor; echo $?`],
        { expect: '7.', otherwise: `1: processes of ${spec.service.user} are alive; stop them.` },
      ),
    ],
  };
}
