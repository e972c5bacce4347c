#!/usr/bin/env bash
# date-fns 4.1.0, luxon 3.7.2, dayjs 1.11.23 and @js-temporal/polyfill 0.5.1: whole months from 31 January to 28 February.
# Guess: a month later than 31 January is 28 February for all of them when added, so all say that one month is over on that day.
# Seen: date-fns, luxon and dayjs say 1 month, Temporal 28 days, though its own addition of a month to 31 January is 28 February.
# It matters where an age in months decides which renewals of a subscription are due: customers of a month's end are a period apart.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund date-fns@4.1.0 luxon@3.7.2 dayjs@1.11.23 @js-temporal/polyfill@0.5.1 >/dev/null
cat > run.mjs <<'CODE'
import assert from 'node:assert';
import { Temporal } from '@js-temporal/polyfill';
import { differenceInMonths } from 'date-fns';
import dayjs from 'dayjs';
import { DateTime } from 'luxon';
const [start, end] = ['2025-01-31', '2025-02-28'];
const { months } = DateTime.fromISO(end).diff(DateTime.fromISO(start), 'months');
const began = Temporal.PlainDate.from(start);
const until = began.until(end, { largestUnit: 'month' }).toString();
const found = [differenceInMonths(new Date(2025, 1, 28), new Date(2025, 0, 31)), months, dayjs(end).diff(start, 'month'), until];
console.log(found, began.add({ months: 1 }).toString());
assert.deepEqual(found, [1, 1, 1, 'P28D']);
assert.equal(began.add({ months: 1 }).toString(), end);
CODE
node run.mjs
