#!/bin/sh
# Is this machine able to run the project? Says in one sentence what is missing. Plain sh, since Node may be the thing missing.
set -eu

fail() {
  echo "$1" >&2
  exit 1
}

command -v node >/dev/null 2>&1 || fail 'Node is not on PATH: install Node 20 or newer and run make again.'
version=$(node --version)
major=${version#v}
major=${major%%.*}
[ "$major" -ge 20 ] || fail "Node $version is too old: install Node 20 or newer and run make again."
command -v npm >/dev/null 2>&1 || fail 'npm is not on PATH: install it (Debian has it in a package of its own, npm) and run make again.'

exec node scripts/install.mjs
