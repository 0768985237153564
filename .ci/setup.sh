#!/bin/sh
# Installs what only the tests need and npm does not bring: Debian packages, by apt-get. For a machine that is thrown away
# afterwards: chrony takes the place of another time service, for one. No service is started.
# Where that can't be done, it says so and goes on: the tests that need a missing tool are skipped, and say so.
set -u
export DEBIAN_FRONTEND=noninteractive
policy=/usr/sbin/policy-rc.d
as_root=""
wrote_policy=""
updated=""

# Asked by every package that would start a service; 101: it may not.
forbid_services() {
  [ -e "$policy" ] && return
  wrote_policy=yes
  printf '#!/bin/sh\nexit 101\n' | $as_root tee "$policy" >/dev/null && $as_root chmod 755 "$policy"
}

allow_services() {
  [ -n "$wrote_policy" ] && $as_root rm -f "$policy"
  wrote_policy=""
}

# Each group for itself: what one lacks is not lost to the others.
install_group() {
  missing=""
  for package in "$@"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
  done
  [ -z "$missing" ] && return
  skipped="the tests that need these are skipped unless you install them:$missing"
  if ! command -v apt-get >/dev/null 2>&1; then
    echo "setup: no apt-get here; $skipped" >&2
    return
  fi
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null 2>&1; then
      echo "setup: not root and no sudo; $skipped" >&2
      return
    fi
    as_root="sudo"
  fi
  if [ -z "$updated" ]; then
    $as_root apt-get update -qq >&2
    updated=yes
  fi
  forbid_services
  # shellcheck disable=SC2086 # the list is words on purpose
  $as_root apt-get install -y -qq --no-install-recommends $missing >&2 ||
    echo "setup: apt-get could not install:$missing (the tests that need them are skipped)" >&2
  allow_services
}

trap allow_services EXIT
trap 'exit 130' INT TERM
install_group git chromium fonts-dejavu-core sqlite3 util-linux bsdutils ca-certificates openssh-server openssl
# The cluster: the nodes of a rehearsal, and the tools that check what is rendered.
install_group pacemaker pacemaker-cli-utils corosync resource-agents fence-agents drbd-utils crmsh pcs \
  shellcheck libxml2-utils iproute2 procps psmisc bc passwd
install_group bind9 bind9-utils chrony network-manager nftables systemd
exit 0
