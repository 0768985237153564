import { readSections, type Section } from '../parse/sections.js';
import { ofKind, type Fault, type LintRule } from '../rule.js';

const KNOWN = new Set(
  'version cluster_name transport crypto_cipher crypto_hash crypto_model secauth token token_retransmit token_retransmits_before_loss_const join consensus max_network_delay rrp_mode netmtu ip_version link_mode interface knet_transport keyfile key token_coefficient linknumber bindnetaddr mcastaddr mcastport broadcast ttl ringnumber knet_ping_interval knet_ping_timeout knet_ping_precision knet_pong_count knet_link_priority knet_mtu knet_compression_model knet_compression_threshold knet_compression_level block_unlisted_ips hold seqno_unchanged_const fail_recv_const send_join downcheck merge window_size max_messages miss_count_const cancel_token_hold_on_retransmit provider two_node expected_votes wait_for_all last_man_standing last_man_standing_window auto_tie_breaker auto_tie_breaker_node allow_downscale device_votes model votes timeout sync_timeout host algorithm tie_breaker port tls connect_timeout force_ip_version keep_active_partition_tie_breaker ring0_addr ring1_addr ring2_addr ring3_addr ring4_addr ring5_addr ring6_addr ring7_addr name nodeid quorum_votes to_logfile logfile logfile_priority to_syslog to_stderr syslog_facility syslog_priority debug timestamp fileline function_name blackbox subsys trace1 user uid gid use_mgmtd ver allow_knet_handle_fallback priority sched_rr move_to_root_cgroup state_dir'.split(
    ' ',
  ),
);

function all(section: Section): Section[] {
  return [section, ...section.sections.flatMap(all)];
}

export const clusterUnknownKey: LintRule = {
  id: 'cluster/unknown-key',
  severity: 'warning',
  title: 'A key that corosync does not know',
  why: 'It is passed over in silence: what was meant by it does not happen.',
  remedy: 'Look for its spelling in corosync.conf(5).',
  source: 'corosync.conf(5); corosync -t accepts it',
  check: (context) =>
    ofKind(context, 'corosync.conf').flatMap((file) =>
      all(readSections(file.text)).flatMap(({ keys }) =>
        keys
          .filter(({ name }) => !KNOWN.has(name))
          .map(({ name, line }): Fault => ({ message: name, file: file.name, line })),
      ),
    ),
};
