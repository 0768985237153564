import type { LintRule } from './rule.js';
import { agentExitInValidate } from './rules/agent-exit-in-validate.js';
import { agentFunctionNamedCommand } from './rules/agent-function-named-command.js';
import { agentLoopOverQuoted } from './rules/agent-loop-over-quoted.js';
import { agentSecondName } from './rules/agent-second-name.js';
import { agentSedLoneStar } from './rules/agent-sed-lone-star.js';
import { agentStopAlwaysSucceeds } from './rules/agent-stop-always-succeeds.js';
import { agentUsageDiffers } from './rules/agent-usage-differs.js';
import { agentVariableNeverSet } from './rules/agent-variable-never-set.js';
import { bootDrbdOn } from './rules/boot-drbd-on.js';
import { bootServiceLeftOn } from './rules/boot-service-left-on.js';
import { clusterCmanQuorumTimeout } from './rules/cluster-cman-quorum-timeout.js';
import { clusterDuplicateAddress } from './rules/cluster-duplicate-address.js';
import { clusterNoTwoNode } from './rules/cluster-no-two-node.js';
import { clusterNodeAddedTwice } from './rules/cluster-node-added-twice.js';
import { clusterNodeMissing } from './rules/cluster-node-missing.js';
import { clusterStartedBeforeCopied } from './rules/cluster-started-before-copied.js';
import { clusterTwoNodeWithMore } from './rules/cluster-two-node-with-more.js';
import { clusterUnknownKey } from './rules/cluster-unknown-key.js';
import { clusterWaitForAllOff } from './rules/cluster-wait-for-all-off.js';
import { commandsBareReplace } from './rules/commands-bare-replace.js';
import { commandsCrmMonL } from './rules/commands-crm-mon-l.js';
import { commandsNeverOnlineAgain } from './rules/commands-never-online-again.js';
import { commandsReprobeForCleanup } from './rules/commands-reprobe-for-cleanup.js';
import { constraintsAddressOutsideGroup } from './rules/constraints-address-outside-group.js';
import { constraintsColocationReversed } from './rules/constraints-colocation-reversed.js';
import { constraintsIdBackwards } from './rules/constraints-id-backwards.js';
import { constraintsOnGroupMember } from './rules/constraints-on-group-member.js';
import { constraintsPromoteAfterAddress } from './rules/constraints-promote-after-address.js';
import { constraintsRedundant } from './rules/constraints-redundant.js';
import { crmForeignCommand } from './rules/crm-foreign-command.js';
import { crmTrailingBackslash } from './rules/crm-trailing-backslash.js';
import { crmUnknownReference } from './rules/crm-unknown-reference.js';
import { dnsCnameBesideOthers } from './rules/dns-cname-beside-others.js';
import { dnsMastersDiffer } from './rules/dns-masters-differ.js';
import { dnsNoForwarders } from './rules/dns-no-forwarders.js';
import { dnsNoOptions } from './rules/dns-no-options.js';
import { dnsNoOwner } from './rules/dns-no-owner.js';
import { dnsNoReverseZone } from './rules/dns-no-reverse-zone.js';
import { dnsNoSoa } from './rules/dns-no-soa.js';
import { dnsNoTtl } from './rules/dns-no-ttl.js';
import { dnsNodeMissing } from './rules/dns-node-missing.js';
import { dnsNodePointsToService } from './rules/dns-node-points-to-service.js';
import { dnsUndottedName } from './rules/dns-undotted-name.js';
import { drbdConnectOrder } from './rules/drbd-connect-order.js';
import { drbdDiscardOnPrimary } from './rules/drbd-discard-on-primary.js';
import { drbdFencingSection } from './rules/drbd-fencing-section.js';
import { drbdMetaDiskIsDisk } from './rules/drbd-meta-disk-is-disk.js';
import { drbdNoFencing } from './rules/drbd-no-fencing.js';
import { drbdNoResource } from './rules/drbd-no-resource.js';
import { drbdSecondMkfs } from './rules/drbd-second-mkfs.js';
import { drbdUnknownDigest } from './rules/drbd-unknown-digest.js';
import { fencingHandedToNobody } from './rules/fencing-handed-to-nobody.js';
import { fencingNoDelay } from './rules/fencing-no-delay.js';
import { fencingNoDevice } from './rules/fencing-no-device.js';
import { fencingPriorityDelayShort } from './rules/fencing-priority-delay-short.js';
import { fencingStonithOff } from './rules/fencing-stonith-off.js';
import { hostsAddressOfAnother } from './rules/hosts-address-of-another.js';
import { hostsLoopbackName } from './rules/hosts-loopback-name.js';
import { hostsNameSpelling } from './rules/hosts-name-spelling.js';
import { machinePartitionOfDrbd } from './rules/machine-partition-of-drbd.js';
import { machineSizeUnits } from './rules/machine-size-units.js';
import { networkFirewallOff } from './rules/network-firewall-off.js';
import { networkMtuDiffers } from './rules/network-mtu-differs.js';
import { networkPortShut } from './rules/network-port-shut.js';
import { packagesEscapedVariable } from './rules/packages-escaped-variable.js';
import { packagesRepositoryFolder } from './rules/packages-repository-folder.js';
import { packagesSignaturesOff } from './rules/packages-signatures-off.js';
import { packagesTwoAddresses } from './rules/packages-two-addresses.js';
import { quorumIgnored } from './rules/quorum-ignored.js';
import { resourcesAddressDiffers } from './rules/resources-address-differs.js';
import { resourcesDefaultsAsProperties } from './rules/resources-defaults-as-properties.js';
import { resourcesNoInterleave } from './rules/resources-no-interleave.js';
import { resourcesNoMonitor } from './rules/resources-no-monitor.js';
import { resourcesOperationsMissing } from './rules/resources-operations-missing.js';
import { resourcesRecurringStartStop } from './rules/resources-recurring-start-stop.js';
import { resourcesSameMonitorInterval } from './rules/resources-same-monitor-interval.js';
import { resourcesStorageDiffers } from './rules/resources-storage-differs.js';
import { resourcesThresholdOne } from './rules/resources-threshold-one.js';
import { resourcesVirtualAddressMask } from './rules/resources-virtual-address-mask.js';
import { statusAddressShownInGroup } from './rules/status-address-shown-in-group.js';
import { statusAgentSpelling } from './rules/status-agent-spelling.js';
import { statusStandbyHoldsCopy } from './rules/status-standby-holds-copy.js';
import { timeDriftfile } from './rules/time-driftfile.js';
import { timeNoIburst } from './rules/time-no-iburst.js';
import { timeNoLoopback6 } from './rules/time-no-loopback6.js';
import { timeSingleSource } from './rules/time-single-source.js';

/** Every rule, by id. */
export const lintRules: readonly LintRule[] = [
  agentExitInValidate,
  agentFunctionNamedCommand,
  agentLoopOverQuoted,
  agentSecondName,
  agentSedLoneStar,
  agentStopAlwaysSucceeds,
  agentUsageDiffers,
  agentVariableNeverSet,
  bootDrbdOn,
  bootServiceLeftOn,
  clusterCmanQuorumTimeout,
  clusterDuplicateAddress,
  clusterNoTwoNode,
  clusterNodeAddedTwice,
  clusterNodeMissing,
  clusterStartedBeforeCopied,
  clusterTwoNodeWithMore,
  clusterUnknownKey,
  clusterWaitForAllOff,
  commandsBareReplace,
  commandsCrmMonL,
  commandsNeverOnlineAgain,
  commandsReprobeForCleanup,
  constraintsAddressOutsideGroup,
  constraintsColocationReversed,
  constraintsIdBackwards,
  constraintsOnGroupMember,
  constraintsPromoteAfterAddress,
  constraintsRedundant,
  crmForeignCommand,
  crmTrailingBackslash,
  crmUnknownReference,
  dnsCnameBesideOthers,
  dnsMastersDiffer,
  dnsNoForwarders,
  dnsNoOptions,
  dnsNoOwner,
  dnsNoReverseZone,
  dnsNoSoa,
  dnsNoTtl,
  dnsNodeMissing,
  dnsNodePointsToService,
  dnsUndottedName,
  drbdConnectOrder,
  drbdDiscardOnPrimary,
  drbdFencingSection,
  drbdMetaDiskIsDisk,
  drbdNoFencing,
  drbdNoResource,
  drbdSecondMkfs,
  drbdUnknownDigest,
  fencingHandedToNobody,
  fencingNoDelay,
  fencingNoDevice,
  fencingPriorityDelayShort,
  fencingStonithOff,
  hostsAddressOfAnother,
  hostsLoopbackName,
  hostsNameSpelling,
  machinePartitionOfDrbd,
  machineSizeUnits,
  networkFirewallOff,
  networkMtuDiffers,
  networkPortShut,
  packagesEscapedVariable,
  packagesRepositoryFolder,
  packagesSignaturesOff,
  packagesTwoAddresses,
  quorumIgnored,
  resourcesAddressDiffers,
  resourcesDefaultsAsProperties,
  resourcesNoInterleave,
  resourcesNoMonitor,
  resourcesOperationsMissing,
  resourcesRecurringStartStop,
  resourcesSameMonitorInterval,
  resourcesStorageDiffers,
  resourcesThresholdOne,
  resourcesVirtualAddressMask,
  statusAddressShownInGroup,
  statusAgentSpelling,
  statusStandbyHoldsCopy,
  timeDriftfile,
  timeNoIburst,
  timeNoLoopback6,
  timeSingleSource,
];
