import type { Decimal } from '../../base/decimal.ts';
import { halfEvenUnits } from '../../base/money.ts';
import type { Factors, Pricing } from '../../data/states.ts';
import { DRIVERS, type GivenScenario } from '../../data/what-if.ts';
import { minorUnits } from '../../engine/contracts/retention.ts';
import { type Future, futureDert, inFuture, leastSurvival } from '../../engine/what-if.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { appraiseInSum } from '../../ledger/steps/value.ts';
import type { FittedCustomers } from '../fit.ts';
import { groupFactors, prospectValue, windowOf } from '../value.ts';
import type { Valuing } from '../valuing.ts';
import { type Tried, tornadoChanges } from './figures.ts';
import { type Baseline, futureOf } from './future.ts';

/** The customers as they are, and as they would be: in the scenarios, then in those of the tornado. */
export interface Trials {
  readonly equity: bigint;
  readonly scenarios: readonly Tried[];
  readonly tornado: readonly Tried[];
}

/**
 * Values the customers of a rolled-up ledger once for each different future that the scenarios and the tornado ask for.
 * @throws ClvError E155 or E254 for a scenario that cannot be
 */
export async function tryScenarios(
  ledger: Ledger,
  fitted: FittedCustomers,
  settings: Valuing,
  { scenarios, ...known }: Pick<Baseline, 'acquired' | 'margin'> & { readonly scenarios: readonly GivenScenario[] },
): Promise<Trials> {
  const own = fitted.groups[0]!;
  const belief = { model: own.model, parameters: own.fit.parameters };
  const today = windowOf(settings, fitted.horizon);
  const factors = groupFactors(fitted, own, today, settings.spendFrom);
  const step = settings.opportunity?.days ?? 1;
  const least = leastSurvival(belief, factors.states, factors.pAlive, step);
  const baseline = { ...known, settings, horizon: fitted.horizon, belief, leastSurvival: least };
  const trials = [...scenarios.map(({ changes }) => changes), ...tornadoChanges(DRIVERS)].map((changes) => ({
    changes,
    ...futureOf(changes, baseline),
  }));
  for (const [i, { refuse }] of scenarios.entries()) {
    const trial = trials[i]!;
    if ('problem' in trial) throw refuse(trial.driver, trial);
  }

  const valuations = new Valuations(factors, today, (future) => futureDert(belief, factors, future));
  const columns = trials.map((trial) => ('problem' in trial ? -1 : valuations.columnOf(trial.future)));
  const segments = await appraiseInSum(ledger.loaded, 'customers', valuations.all, settings.digits);
  const equityOf = (column: number): bigint => segments.reduce((sum, { values }) => sum + values[column]!, 0n);
  const prospectOf = ({ margin, window, ...future }: Future): bigint => {
    const value = prospectValue(inFuture(own.model, future), own, window);
    return BigInt(halfEvenUnits(margin * value, settings.digits));
  };
  const tried = trials.map((trial, i): Tried => {
    if ('problem' in trial) return { changes: trial.changes, refused: trial.problem };
    const prospect = prospectOf(trial.future);
    const acquisition = trial.won && worthOfWon(trial.won, prospect);
    return { changes: trial.changes, equity: equityOf(columns[i]!), prospect, acquisition };
  });
  const count = scenarios.length;
  return { equity: equityOf(0), scenarios: tried.slice(0, count), tornado: tried.slice(count) };
}

/** What prices customers in different futures, the present first; futures that value alike share theirs. */
class Valuations {
  readonly all: Pricing[];
  readonly #dertOf: (future: Future) => Float64Array;
  readonly #derts: Map<string, Float64Array>;
  readonly #columns = new Map<string, number>();

  constructor(present: Factors, window: Future['window'], dertOf: (future: Future) => Float64Array) {
    this.all = [present];
    this.#derts = new Map([[lifeOf({ window, dropout: 1 }), present.dert]]);
    this.#dertOf = dertOf;
  }

  columnOf(future: Future): number {
    const life = lifeOf(future);
    const times = future.purchases * future.margin;
    const key = [life, times].join(' ');
    const dert = this.#derts.get(life) ?? this.#dertOf(future);
    this.#derts.set(life, dert);
    const column = this.#columns.get(key) ?? this.all.push({ ...this.all[0]!, dert, times }) - 1;
    this.#columns.set(key, column);
    return column;
  }
}

/** Futures of one horizon that have this in common have the same DERT at the pace of today. */
function lifeOf({ window, dropout }: Pick<Future, 'window' | 'dropout'>): string {
  return [window.delta, dropout].join(' ');
}

/** Of new customers, each worth as much as a prospect; minor units, rounded once. */
export function worthOfWon(won: Decimal, prospect: bigint): bigint {
  return minorUnits(won.times(prospect.toString()), 0);
}
