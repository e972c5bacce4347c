// How right predictions are on real logs, `npm run build` first: node bench/accuracy.mjs [LOG:AS-OF:DAYS …]. Each run fits what was
// known by a day and predicts the days after it: CDNOW sample, online grocer and UCI Online Retail of ../shared/data, by the old
// default settings (Pareto/NBD, no months, spend from repeat purchases) and by the default ones.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from './measure.mjs';

const data = join(root, '../shared/data');
const RUNS = [
  'cdnow_sample_log:1997-06-30:184',
  'cdnow_sample_log:1997-09-30:273',
  'cdnow_sample_log:1997-12-31:181',
  'cdnow_sample_log:1998-03-31:91',
  'grocery_log:2006-09-30:273',
  'grocery_log:2006-12-31:364',
  'grocery_log:2007-06-30:184',
  'uci_online_retail:2011-05-31:92',
  'uci_online_retail:2011-06-30:100',
  'uci_online_retail:2011-08-31:100',
];
const SETTINGS = {
  'Pareto/NBD': ['--models', 'pareto-nbd', '--season', 'none', '--spend-from', 'repeat'],
  default: [],
};
/** The model error of a log that tells nothing of it. */
const USUAL = 0.12;

const run = promisify(execFile);

/** What one run came to; null where there are no figures. */
async function tried([log, asOf, days], options) {
  const until = new Date(Date.parse(asOf) + days * 86_400_000).toISOString().slice(0, 10);
  const clv = ['bin/clv.js', 'validate', join(data, `${log}.csv`), '--margin', '100%', '--as-of', until];
  const words = [...clv, '--holdout', `${days}d`, '--format', 'json', '-qq', ...options];
  const ended = await run(process.execPath, words, { cwd: root, maxBuffer: 1e8 }).catch(() => null);
  const model = ended && JSON.parse(ended.stdout).models[0];
  if (!model || model.error !== null) return null;
  const { predicted_purchases: expected, actual_purchases: actual } = model;
  const [low, high] = model.prediction_interval;
  const half = (high - low) / 2 / expected;
  // The same with the usual error in place of the one that was found.
  const usual = Math.sqrt(half ** 2 + 1.96 ** 2 * (USUAL ** 2 - model.model_error.tau ** 2));
  return {
    model: model.name,
    purchases: Math.abs(Math.log(expected / actual)),
    mae: model.mae,
    money: Math.abs(Math.log(model.predicted_margin / model.actual_margin)),
    held: low <= actual && actual <= high ? 1 : 0,
    width: half / usual,
  };
}

if (!existsSync(data)) {
  console.error(`accuracy: no ${data}: nothing measured`);
  process.exit(1);
}
const asked = process.argv.length > 2 ? process.argv.slice(2) : RUNS;
const found = Object.fromEntries(Object.keys(SETTINGS).map((name) => [name, []]));
for (const text of asked) {
  const [log, asOf, days] = text.split(':');
  for (const [name, options] of Object.entries(SETTINGS)) {
    const one = await tried([log, asOf, Number(days)], options);
    found[name].push(one);
    const figures = one
      ? `${one.model}: |ln| ${one.purchases.toFixed(3)}, MAE ${one.mae.toFixed(4)}, money ${one.money.toFixed(3)}, ${one.held ? 'held' : 'not held'}`
      : 'no figures';
    console.log(`${text} ${name}: ${figures}`);
  }
}
for (const [name, all] of Object.entries(found)) {
  const ones = all.filter((one) => one !== null);
  const mean = (of) => (ones.reduce((sum, one) => sum + of(one), 0) / ones.length).toFixed(4);
  const held = ones.reduce((sum, one) => sum + one.held, 0);
  console.log(
    `${name}: ${ones.length} of ${all.length} with figures; mean |ln| of purchases ${mean((one) => one.purchases)}, MAE ${mean((one) => one.mae)}, |ln| of money ${mean((one) => one.money)}; held ${held}; half width ${mean((one) => one.width)} of that with τ .12`,
  );
}
