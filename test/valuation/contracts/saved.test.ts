import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ClvError } from '../../../src/base/errors.ts';
import type { SavedContract, SavedContracts } from '../../../src/data/saved-model.ts';
import { LENGTHS } from '../../../src/data/subscriptions/lengths.ts';
import { savedSurvival } from '../../../src/valuation/contracts/saved.ts';
import { compute } from '../../run.ts';
import { runs } from '../../runs.ts';

const FILE = readFileSync(join(import.meta.dirname, '../../../fixtures/subscriptions.csv'), 'utf8');
const MONTH = LENGTHS.find(({ text }) => text === '1m')!;

/** Payments of 10.00 on the first of a month, by how many of them a customer makes; nobody of a common chance differs. */
function alike(counts: readonly number[]): string {
  const date = (k: number) => `20${20 + Math.floor(k / 12)}-${String((k % 12) + 1).padStart(2, '0')}-01`;
  const lines = counts.flatMap((n, i) => Array.from({ length: n }, (_, k) => `c${i},${date(k)},10.00`));
  return `customer_id,date,amount\n${lines.join('\n')}\n`;
}

/** As many customers with k payments as one chance of 70 % to stay leaves. */
const GEOMETRIC = alike([
  ...[300, 210, 147, 103, 72, 50, 35].flatMap((left, k) => new Array<number>(Math.round(left * 0.3)).fill(k + 1)),
  ...new Array<number>(25).fill(14),
]);

describe('saved models of subscriptions', () => {
  it.each([
    ['sbg', FILE, []],
    ['bdw by groups', FILE, ['--fit-by', 'plan', '--model', 'bdw', '--horizon', '5y']],
    ['one rate', FILE, ['--model', 'retention', '--growth', '2%']],
    ['one rate that is given', FILE, ['--retention', '73%', '--timing', 'existing-end']],
    ['a limit of sbg, with the interval across its edge', GEOMETRIC, ['--horizon', '3y']],
  ])('value the same file as the fit does: %s', async (_, file, how) => {
    const folder = mkdtempSync(join(tmpdir(), 'clv-saved-'));
    try {
      const model = join(folder, 'model.json');
      const args = ['--contract', '1m', '--margin', '70%'];
      const { result: fitted } = await compute([file], ...args, ...how, '--save-model', model);
      const kept = how.filter(
        (_, i) => !['--model', '--retention'].some((name) => [how[i], how[i - 1]].includes(name)),
      );
      const { result: used } = await compute([file], ...args, ...kept, '--use-model', model);
      for (const part of ['summary', 'segments', 'customers', 'tenures', 'warnings'] as const)
        expect(used[part as 'summary']).toEqual(fitted[part as 'summary']);
      // A rate that is given is of all subscriptions, a fit of those that tell something.
      const of = ({ model }: typeof used) => ({ ...model, source: null, customers: null });
      expect(of(used)).toEqual(of(fitted));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  const contract = (others: Partial<SavedContract>): SavedContract => ({
    ...{ name: 'sbg', covariance: null, length: '1m', group: [], grace: 15, rate: null, limitOf: null, across: [] },
    parameters: new Map([
      ['alpha', 1],
      ['beta', 2],
    ]),
    ...others,
  });
  const saved = (others: Partial<SavedContract>): SavedContracts => ({
    ...{ file: 'model.json', fitBy: [], modelError: null },
    contracts: [contract(others)],
  });

  it('take the parameters by their names, whatever their order, and a rate only where it is that of the parameter', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 0.99, noNaN: true }), fc.boolean(), (retention, off) => {
        const rate = off ? '0.5000000000000000000001' : retention.toFixed(20);
        const parameters = new Map([['retention', retention]]);
        const found = savedSurvival(saved({ name: 'retention', parameters, rate }), { length: MONTH, group: [] });
        expect(found.rate!.toNumber()).toBe(retention);
      }),
      { numRuns: runs(200) },
    );
    const turned = new Map([...contract({}).parameters].reverse());
    expect(savedSurvival(saved({ parameters: turned }), { length: MONTH, group: [] }).parameters).toEqual([1, 2]);
  });

  it('refuse a fit that the file lacks, and parameters that cannot be', () => {
    const failure = (others: Partial<SavedContract>, group: readonly string[] = []): string => {
      try {
        savedSurvival(saved(others), { length: MONTH, group });
      } catch (error) {
        return (error as ClvError).code;
      }
      return 'none';
    };
    expect(failure({})).toBe('none');
    expect(failure({ length: '1y' })).toBe('E336');
    expect(failure({}, ['plus'])).toBe('E336');
    expect(failure({ group: ['plus'] })).toBe('E336');
    expect(failure({ parameters: new Map([['alpha', 1]]) })).toBe('E262');
    expect(failure({ name: 'weibull' })).toBe('E262');
    expect(failure({ limitOf: 'weibull' })).toBe('E262');
    expect(failure({ name: 'retention', parameters: new Map([['retention', 1]]) })).toBe('E262');
  });
});
