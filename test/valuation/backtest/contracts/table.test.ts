import { describe, expect, it } from 'vitest';
import { renewalsMade } from '../../../../src/engine/contracts/holdout.ts';
import { CONTRACT_MODELS } from '../../../../src/models/contracts/registry.ts';
import { happenedIn, scoredContract } from '../../../../src/valuation/backtest/contracts/scores.ts';
import { cutTable } from '../../../../src/valuation/backtest/contracts/table.ts';
import { contractsTried, isContractTested } from '../../../../src/valuation/backtest/contracts/trials.ts';
import { retentionTable } from '../../../models/contracts/survivors.ts';
import { hasData } from '../../../shared.ts';

describe('a table without its last periods', () => {
  const cut = cutTable([[100, 80, 60, 50], [90, 70, 65], [80, 60], [70]], 2);

  it('is fitted by the cohorts that were there, each two periods younger', () => {
    expect([cut.cohorts, cut.fitted]).toEqual([2, 1]);
    expect([[...cut.runs.ended], [...cut.runs.alive]]).toEqual([
      [0, 20],
      [90, 80],
    ]);
  });

  it('has the survivors of the rest as renewals', () => {
    const { renewals, survivors } = renewalsMade(cut.holdout.outcomes);
    expect([[...renewals], survivors]).toEqual([[60 + 70, 50 + 65], 115]);
    expect(happenedIn(cut.holdout).customers).toBe(80 + 90);
  });
});

/** ../shared/accuracy.md, Contracts: errors of all renewals of years 5–12 and 8–12, in percent; sBG, BdW, one rate. */
const PUBLISHED: readonly [string, number, readonly string[]][] = [
  ['highend', 8, ['-12.4', '-1.6', '-26.3']],
  ['highend', 5, ['-2.4', '1.3', '-16.4']],
  ['regular', 8, ['-4.9', '-1.3', '-54.6']],
  ['regular', 5, ['-0.7', '1.4', '-39.2']],
];

describe.skipIf(!hasData)('the holdouts of the published tables', () => {
  it.each(PUBLISHED)('%s, %i years held out', (name, held, errors) => {
    const { runs, holdout } = cutTable([retentionTable(name)], held);
    const { trials, failure } = contractsTried(CONTRACT_MODELS, runs, holdout, () => null);
    expect(failure).toBeNull();
    const happened = happenedIn(holdout);
    const found = trials
      .filter(isContractTested)
      .map((trial) => (100 * scoredContract(trial, happened).renewalsError).toFixed(1));
    expect(found).toEqual(errors);
  });

  /** Fader & Hardie 2007, and ../shared/accuracy.md: parameters and ln L by the printed decimals. */
  it.each([
    ['highend', 5, 'bdw', ['0.2143', '1.4266', '1.7236'], '-1605.314'],
    ['highend', 8, 'bdw', ['0.2593', '1.7226', '1.5844'], '-1222.749'],
    ['highend', 8, 'sbg', ['1.2810', '7.7904'], '-1225.135'],
    ['regular', 5, 'sbg', ['0.7041', '1.1820'], '-1680.265'],
  ] as const)('%s, %i years held out: %s', (name, held, model, parameters, logLikelihood) => {
    const { runs, holdout } = cutTable([retentionTable(name)], held);
    const trial = contractsTried(CONTRACT_MODELS, runs, holdout, () => null)
      .trials.filter(isContractTested)
      .find((one) => one.name === model)!;
    expect(trial.fit.parameters.map((value) => value.toFixed(4))).toEqual(parameters);
    expect(trial.fit.logLikelihood.toFixed(3)).toBe(logLikelihood);
    expect(trial.aic).toBeCloseTo(2 * parameters.length - 2 * trial.fit.logLikelihood, 9);
  });
});
