#!/usr/bin/env bash
# @stdlib/math-base-special-gammaln 0.3.1, ln Γ at 1.192 beside decimal.js 10.6.0 (Stirling's series after 80 steps, 40 digits).
# Guess: right to the last digit or two, as everywhere else: its relative error at 1.19 and 1.25 is below 3e-16.
# Seen: 6e-14 from about 1.1916 on, falling to 6e-15 at 1.21.
# It matters where a log-likelihood of many customers is held against published digits: shapes of purchase rates lie there.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @stdlib/math-base-special-gammaln@0.3.1 decimal.js@10.6.0 >/dev/null
cat > run.mjs <<'CODE'
import assert from 'node:assert';
import gammaln from '@stdlib/math-base-special-gammaln';
import { Decimal } from 'decimal.js';
Decimal.set({ precision: 40 });
function exact(x) {
  let [z, sum] = [new Decimal(x), new Decimal(0)];
  for (let i = 0; i < 80; i++, z = z.plus(1)) sum = sum.plus(z.ln());
  const tail = [12, -360, 1260, -1680, 1188].reduce((all, of, i) => all.plus(z.pow(-1 - 2 * i).div(of)), new Decimal(0));
  return z.minus(0.5).times(z.ln()).minus(z).plus(Decimal.acos(-1).times(2).ln().div(2)).plus(tail).minus(sum);
}
const off = (x) => new Decimal(gammaln(x)).div(exact(x)).minus(1).abs().toNumber();
const found = [1.19, 1.192, 1.2, 1.25].map(off);
console.log(found);
assert.ok(found[0] < 3e-16 && found[3] < 3e-16);
assert.ok(found[1] > 5e-14 && found[2] > 2e-14);
CODE
node run.mjs
