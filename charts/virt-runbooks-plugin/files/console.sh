#!/bin/sh
# Adds the plugin to the console or takes it out: `console.sh enable|disable`. Leaves every other entry and their order alone.
# The list is tested in the same request that changes it, so that of two who change it at once one tries again. Safe to repeat.
set -eu

PLUGIN="${PLUGIN:?the name of the plugin}"
OC="${OC:-oc}"
TRIES="${TRIES:-10}"
RESOURCE=consoles.operator.openshift.io

say() { echo "$*" >&2; }

# `oc` keeps what it learns about the server below HOME, which is not writable here.
export HOME="${TMPDIR:-/tmp}"

# One entry per line, in order. Fails if the object cannot be read.
entries() { "$OC" get "$RESOURCE" cluster -o jsonpath='{range .spec.plugins[*]}{@}{"\n"}{end}'; }

# The list as JSON; nothing where there is none.
list() { "$OC" get "$RESOURCE" cluster -o jsonpath='{.spec.plugins}'; }

# The place of the plugin in the list, from 0; nothing where it is not in it.
place() { printf '%s\n' "$1" | awk -v plugin="$PLUGIN" '$0 == plugin { print NR - 1; exit }'; }

change() { "$OC" patch "$RESOURCE" cluster --type=json -p "$1" >/dev/null; }

enable() {
  found=$(entries) || return 1
  if [ -n "$(place "$found")" ]; then say "$PLUGIN is in the console's list."; return 0; fi
  before=$(list) || return 1
  if [ -z "$before" ]; then
    version=$("$OC" get "$RESOURCE" cluster -o jsonpath='{.metadata.resourceVersion}') || return 1
    change "[{\"op\":\"test\",\"path\":\"/metadata/resourceVersion\",\"value\":\"$version\"},{\"op\":\"add\",\"path\":\"/spec/plugins\",\"value\":[\"$PLUGIN\"]}]" || return 1
  else
    change "[{\"op\":\"test\",\"path\":\"/spec/plugins\",\"value\":$before},{\"op\":\"add\",\"path\":\"/spec/plugins/-\",\"value\":\"$PLUGIN\"}]" || return 1
  fi
  say "$PLUGIN was added to the console's list."
}

disable() {
  found=$(entries) || return 1
  at=$(place "$found")
  if [ -z "$at" ]; then say "$PLUGIN is not in the console's list."; return 0; fi
  if [ "$found" = "$PLUGIN" ]; then
    change "[{\"op\":\"test\",\"path\":\"/spec/plugins\",\"value\":[\"$PLUGIN\"]},{\"op\":\"remove\",\"path\":\"/spec/plugins\"}]" || return 1
  else
    change "[{\"op\":\"test\",\"path\":\"/spec/plugins/$at\",\"value\":\"$PLUGIN\"},{\"op\":\"remove\",\"path\":\"/spec/plugins/$at\"}]" || return 1
  fi
  say "$PLUGIN was taken out of the console's list."
}

case "${1:-}" in enable | disable) ;; *) say 'console.sh enable|disable'; exit 64 ;; esac

try=1
until "$1"; do
  if [ "$try" -ge "$TRIES" ]; then say "Not done after $TRIES tries. By hand: oc edit $RESOURCE cluster, and change spec.plugins."; exit 1; fi
  say "Try $try of $TRIES did not succeed; once more in $try s."
  sleep "$try"
  try=$((try + 1))
done
