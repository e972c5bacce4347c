import { describe, expect, it } from 'vitest';
import { CONTRACT_MODELS } from '../../../../src/models/contracts/registry.ts';
import { type LengthBacktest, together as summed } from '../../../../src/valuation/backtest/contracts/by-length.ts';
import { happenedIn, scoredContract, sum } from '../../../../src/valuation/backtest/contracts/scores.ts';
import { cutTable } from '../../../../src/valuation/backtest/contracts/table.ts';
import { contractsTried, isContractTested } from '../../../../src/valuation/backtest/contracts/trials.ts';

function backtest(length: string, table: readonly number[], held: number): LengthBacktest {
  const { runs, holdout } = cutTable([table], held);
  return { length, happened: happenedIn(holdout), ...contractsTried(CONTRACT_MODELS, runs, holdout, () => null) };
}

const together = (all: readonly LengthBacktest[]) => summed(CONTRACT_MODELS, all, () => null);

const YEARS = backtest('1y', [1000, 700, 560, 480, 430, 395], 1);
const MONTHS = backtest('1m', [2000, 1500, 1250, 1090, 980, 900, 840], 3);
const FEW = backtest('1q', [3, 2], 1);

describe('the lengths of a holdout together', () => {
  it('are the sums of every model over them, and of what happened', () => {
    const all = together([YEARS, MONTHS]);
    expect(all.happened).toMatchObject({ customers: 430 + 1090, survivors: 395 + 840 });
    expect([...all.happened.renewals]).toEqual([395 + 980, 900, 840]);
    for (const [i, trial] of all.trials.filter(isContractTested).entries()) {
      const each = [YEARS, MONTHS].map(({ trials, happened }) => {
        const one = trials[i]!;
        if (!isContractTested(one)) throw new Error(one.name);
        return { ...scoredContract(one, happened), logLikelihood: one.fit.logLikelihood };
      });
      const found = scoredContract(trial, all.happened);
      expect(found.renewals).toBeCloseTo(sum(each.map(({ renewals }) => renewals)), 9);
      expect(found.survivors).toBeCloseTo(sum(each.map(({ survivors }) => survivors)), 9);
      expect(trial.fit.logLikelihood).toBeCloseTo(sum(each.map((one) => one.logLikelihood)), 9);
    }
  });

  it('leave out one that no model fits where others are fitted, and fail with the first where none is', () => {
    const some = together([YEARS, FEW]);
    expect(some.leftOut).toEqual([FEW]);
    expect(some.happened.customers).toBe(430);
    expect(together([FEW]).failure).toMatchObject({ code: FEW.failure!.code });
  });

  it('fail a model that fails for one of them, and say for which', () => {
    const trials = MONTHS.trials.map((one, i) =>
      i === 0 ? { name: one.name, error: { code: 'E303', message: 'no fit' } } : one,
    );
    const all = together([YEARS, { ...MONTHS, trials }]);
    expect(all.trials[0]).toMatchObject({
      name: MONTHS.trials[0]!.name,
      error: { code: 'E303', message: '1m: no fit' },
    });
    expect(all.trials.slice(1).every(isContractTested)).toBe(true);
  });
});
