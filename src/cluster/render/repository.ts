import type { ClusterTarget } from '../../model/cluster.js';

interface Repository {
  id: string;
  name: string;
  baseurl: string;
  gpgkey: string;
}

/** Where a target's packages come from that its own distribution does not have. Packages are always checked by key. */
const REPOSITORIES: Readonly<Record<ClusterTarget, readonly Repository[]>> = {
  rhel6: [
    {
      id: 'centos-6.5-base',
      name: 'CentOS 6.5 base, from the archive',
      baseurl: 'https://vault.centos.org/6.5/os/x86_64/',
      gpgkey: 'file:///etc/pki/rpm-gpg/RPM-GPG-KEY-CentOS-6',
    },
    {
      id: 'elrepo',
      name: 'ELRepo for Enterprise Linux 6: DRBD',
      baseurl: 'https://elrepo.org/linux/elrepo/el6/$basearch/',
      gpgkey: 'file:///etc/pki/rpm-gpg/RPM-GPG-KEY-elrepo.org',
    },
  ],
  el9: [
    {
      id: 'elrepo',
      name: 'ELRepo for Enterprise Linux 9: DRBD',
      baseurl: 'https://elrepo.org/linux/elrepo/el9/$basearch/',
      gpgkey: 'file:///etc/pki/rpm-gpg/RPM-GPG-KEY-elrepo.org',
    },
  ],
  // Debian's own archive has all of it.
  debian12: [],
};

/** A file for /etc/yum.repos.d; null where the target needs none. Disabled by default: a step that needs it says so. */
export function renderRepository(target: ClusterTarget): string | null {
  const sections = REPOSITORIES[target].map(({ id, name, baseurl, gpgkey }) =>
    [`[${id}]`, `name=${name}`, `baseurl=${baseurl}`, 'enabled=0', 'gpgcheck=1', `gpgkey=${gpgkey}`, ''].join('\n'),
  );
  return sections.length === 0 ? null : sections.join('\n');
}
