#!/usr/bin/env bash
# node-irr 2.0.5, xirr of 1,000 paid on 2023-01-01 and 1,100 received on 2024-01-01, 365 days later. It gives `days` and a rate by the day.
# Guess: the rate over `days` is the return over the whole time, 10 %.
# Seen: `days` counts the first and the last day, 366, while the rate is that of 365: convertRate(rate, days) gives 10.0287 %.
# It matters where the return on a marketing spend is taken over its time by these two: it is one day too high, the more the shorter it ran.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund node-irr@2.0.5 >/dev/null
cat > run.mjs <<'CODE'
import assert from 'node:assert';
import irr from 'node-irr';
const { days, rate } = irr.xirr([{ amount: -1000, date: '2023-01-01' }, { amount: 1100, date: '2024-01-01' }]);
const [year, over] = [365, days].map((time) => irr.convertRate(rate, time).toFixed(6));
console.log({ days, year, over });
assert.equal(days, 366);
assert.deepEqual([year, over], ['0.100000', '0.100287']);
CODE
node run.mjs
