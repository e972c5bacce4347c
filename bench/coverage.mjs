// How often the 95 % confidence interval of customer equity holds the equity under the parameters that customers were simulated
// from, `npm run build` first: node bench/coverage.mjs [files, 200] [first seed, 1]. Odd seeds buy and stop slowly, even ones fast;
// 300 to 2,500 customers, 80 to 160 weeks, all settings the default ones. The equity that is to be held is that of the same
// customers, given what they bought, by the parameters they were made of: `--use-model`. A file without figures is a failure.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../dist/main.js';
import { simulated } from './simulate.mjs';

const [files = 200, first = 1] = process.argv.slice(2).map(Number);
const folder = mkdtempSync(join(tmpdir(), 'clv-coverage-'));
const at = (name) => join(folder, name);

async function computed(...options) {
  const words = ['compute', at('log.csv'), '--margin', '100%', '--customers', 'none', '--format', 'json'];
  const code = await main([...words, ...options, '-qq', '-o', at('out.json')]);
  return code === 0 ? JSON.parse(readFileSync(at('out.json'), 'utf8')) : null;
}

let [held, refused] = [0, 0];
try {
  for (let seed = first; seed < first + files; seed++) {
    const { csv, model, kind, customers, weeks } = simulated(seed);
    writeFileSync(at('log.csv'), csv);
    writeFileSync(at('model.json'), JSON.stringify({ model }));
    const found = await computed();
    if (found === null) {
      refused++;
      console.log(`${seed} ${kind} ${customers} customers ${weeks} weeks: refused`);
      continue;
    }
    const horizon = found.methodology.horizon.replace('truncated at ', '');
    const { summary } = await computed('--use-model', at('model.json'), '--horizon', horizon, '--interval', 'none');
    const { customer_equity: estimate, customer_equity_interval: interval } = found.summary;
    const holds = interval[0] <= summary.customer_equity && summary.customer_equity <= interval[1];
    if (holds) held++;
    const ratios = interval.map((bound) => (bound / estimate).toFixed(3)).join(' to ');
    console.log(
      `${seed} ${kind} ${customers} customers ${weeks} weeks: ${found.model.name}, ${horizon}, truth ${(summary.customer_equity / estimate).toFixed(3)} of the estimate, interval ${ratios}${holds ? '' : ' MISSED'}`,
    );
  }
} finally {
  rmSync(folder, { recursive: true });
}
console.log(`${held} of ${files} held, ${((100 * held) / files).toFixed(1)} %; ${refused} refused`);
