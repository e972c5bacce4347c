#!/usr/bin/env bash
# rrule 2.8.1, a monthly rule that begins on the 31st, as a subscription does.
# Guess: a subscriber who paid on 31 January is due on the last day of the months that are shorter.
# Seen: months without a 31st are left out (as RFC 5545 has it): four payments take until July. bymonthday 31 with -1 and bysetpos 1 gives month ends.
# It matters where renewals are counted from such a rule: five of twelve are missing, and the retention is too low.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund rrule@2.8.1 >/dev/null
cat > run.mjs <<'CODE'
import assert from 'node:assert';
import rrule from 'rrule';
const { RRule } = rrule;
const days = (options) => new RRule({ freq: RRule.MONTHLY, dtstart: new Date(Date.UTC(2024, 0, 31)), count: 4, ...options }).all().map((day) => day.toISOString().slice(0, 10));
console.log(days({}), days({ bymonthday: [31, -1], bysetpos: 1 }));
assert.deepEqual(days({}), ['2024-01-31', '2024-03-31', '2024-05-31', '2024-07-31']);
assert.deepEqual(days({ bymonthday: [31, -1], bysetpos: 1 }), ['2024-01-31', '2024-02-29', '2024-03-31', '2024-04-30']);
CODE
node run.mjs
