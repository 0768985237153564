import { faultyLines, ofKind, type LintRule } from '../rule.js';

export const networkFirewallOff: LintRule = {
  id: 'network/firewall-off',
  severity: 'error',
  title: 'The firewall is switched off',
  why: "The cluster's ports have no authentication worth the name on an open network: whoever reaches them can write to the disks.",
  remedy: 'Leave it on, and open what the cluster needs: corosync, DRBD, pcsd, NTP, DNS, the service.',
  source: 'Thesis, section 7.1.2',
  check: (context) =>
    faultyLines(
      ofKind(context, 'commands'),
      /\b(?:service\s+ip6?tables\s+stop|chkconfig\s+ip6?tables\s+off|systemctl\s+(?:stop|disable|mask)\b.*\b(?:firewalld|nftables)|ufw\s+disable|iptables\s+-F)\b/,
      ([found]) => `"${found}"`,
    ),
};
