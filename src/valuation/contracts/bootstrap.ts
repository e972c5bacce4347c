import { ClvError } from '../../base/errors.ts';
import type { Contracts } from '../../data/contracts.ts';
import { bootstrapIntervals } from '../../engine/bootstrap.ts';
import { contractValues } from '../../engine/contracts/value.ts';
import type { EquityIntervals } from '../../engine/intervals.ts';
import { SEED, uniform } from '../../engine/random.ts';
import { cellsOfFit, type FitValuation } from './by-fit.ts';
import { fitSurvivalOrLimit, runsOfCells } from './fit.ts';
import { netOfCost, termsOf } from './terms.ts';
import { marginsByRenewals } from './value.ts';

/**
 * Customers are resampled with all of their subscriptions, every fit is made again, and the actual subscriptions are valued by it;
 * the chance of a late one to go on is held. Null where a rate was given, or a cost comes at another time than the margin.
 * @throws ClvError E305 where more than half of the refits have no optimum
 */
export function bootstrapContracts(
  { cells, cellOf, starts }: Contracts,
  fits: readonly FitValuation[],
  resamples: number,
): EquityIntervals | null {
  const refits = fits.map((one, which) => refitOf(one, cellsOfFit(cells, which), cells.segments.length));
  const known = refits.filter((refit) => refit !== null);
  if (known.length < refits.length) return null;
  const random = uniform(SEED);
  const customers = starts.length - 1;
  const found = Array.from({ length: resamples }, () => {
    const count = new Float64Array(cells.length);
    for (let i = 0; i < customers; i++) {
      const drawn = Math.floor(random() * customers);
      for (let k = starts[drawn]!; k < starts[drawn + 1]!; k++) count[cellOf[k]!]! += 1;
    }
    return together(known.map((refit) => refit(count)));
  });
  return bootstrapIntervals([found]);
}

/** Equity by segment of the actual subscriptions of a fit, by the parameters that some counts of all cells give; null where they have no optimum. */
type Refit = (count: Float64Array) => Float64Array | null;

function refitOf({ cells, settings, valuation }: FitValuation, at: Int32Array, segments: number): Refit | null {
  const cost = netOfCost(settings)?.toNumber();
  const { fit, model } = valuation.fitted;
  if (fit.covariance === null || cost === undefined) return null;
  const { length } = runsOfCells(cells);
  const margins = Array.from({ length: segments }, (_, i) => marginsByRenewals(cells, length, i, cost));
  const start = model === settings.model ? fit.parameters : undefined;
  return (count) => {
    const resampled = { ...cells, count: Float64Array.from(at, (cell) => count[cell]!) };
    try {
      const runs = runsOfCells(resampled);
      const { model: refitted, fit: found, rate } = fitSurvivalOrLimit(runs, { ...settings, interval: false }, start);
      const values = contractValues(termsOf(settings, refitted, found.parameters, rate), length);
      return Float64Array.from(margins, (margin) =>
        margin.reduce((sum, brings, made) => (brings === 0 ? sum : sum + brings * values.factor(made).toNumber()), 0),
      );
    } catch (error) {
      if (error instanceof ClvError) return null;
      throw error;
    }
  };
}

function together(parts: readonly (Float64Array | null)[]): Float64Array | null {
  const known = parts.filter((part) => part !== null);
  if (known.length < parts.length) return null;
  return known.reduce((sum, part) => sum.map((equity, i) => equity + part[i]!));
}
