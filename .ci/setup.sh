#!/bin/sh
# Installs what only the tests need and npm does not bring: Debian packages, by apt-get.
# Where that can't be done, it says so and goes on: the tests that need a missing tool are skipped, and say so.
set -u
packages="git chromium fonts-dejavu-core sqlite3 util-linux bsdutils ca-certificates openssh-server openssl"
missing=""
for package in $packages; do
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
done
[ -z "$missing" ] && exit 0
if ! command -v apt-get >/dev/null 2>&1; then
  echo "setup: no apt-get here; the tests that need these are skipped unless you install them:$missing" >&2
  exit 0
fi
as_root=""
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null 2>&1; then
    echo "setup: not root and no sudo; the tests that need these are skipped unless you install them:$missing" >&2
    exit 0
  fi
  as_root="sudo"
fi
export DEBIAN_FRONTEND=noninteractive
# shellcheck disable=SC2086 # the lists are words on purpose
$as_root apt-get update -qq >&2 && $as_root apt-get install -y -qq --no-install-recommends $missing >&2 ||
  echo "setup: apt-get could not install:$missing (the tests that need them are skipped)" >&2
exit 0
