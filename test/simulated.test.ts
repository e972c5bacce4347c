import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
// The logs that bench/coverage.mjs measures by.
import { simulated } from '../bench/simulate.mjs';
import { main } from '../src/main.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'clv-simulated-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Of a log that was simulated: the summary by all default settings, and the equity by the parameters it was made of. */
async function valued(seed: number) {
  const at = (name: string) => join(folder, name);
  const { csv, model } = simulated(seed);
  writeFileSync(at('log.csv'), csv);
  writeFileSync(at('model.json'), JSON.stringify({ model }));
  const computed = async (...options: string[]) => {
    const words = ['compute', at('log.csv'), '--margin', '100%', '--customers', 'none', '--format', 'json'];
    expect(await main([...words, ...options, '-qq', '-o', at('out.json')])).toBe(0);
    return JSON.parse(readFileSync(at('out.json'), 'utf8'));
  };
  const { summary, methodology } = await computed('--model-error', 'none');
  const horizon = methodology.horizon.replace('truncated at ', '');
  const truth = await computed('--use-model', at('model.json'), '--horizon', horizon, '--interval', 'none');
  return { ...summary, truth: truth.summary.customer_equity };
}

it.each([4, 9])(
  'a simulated log is never refused, and its interval holds what was to be found: seed %i',
  async (seed) => {
    const { customer_equity_interval: interval, truth } = await valued(seed);
    expect(interval[0]).toBeLessThan(truth);
    expect(interval[1]).toBeGreaterThan(truth);
  },
);
