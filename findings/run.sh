#!/usr/bin/env bash
# Runs every finding; fails if one of them is no longer so.
cd "$(dirname "$0")"
failed=0
for finding in *.sh; do
  [ "$finding" = run.sh ] && continue
  if bash "$finding"; then echo "still so: $finding"; else echo "CHANGED: $finding"; failed=1; fi
done
exit "$failed"
