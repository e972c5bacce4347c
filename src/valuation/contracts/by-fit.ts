import { ClvError } from '../../base/errors.ts';
import { messageText } from '../../base/message-text.ts';
import { MARGIN_SCALE } from '../../base/money.ts';
import type { ContractCells, ContractFit, Contracts, ContractWorth, SubscriberWorth } from '../../data/contracts.ts';
import type { ContractSettings, OneRate } from './terms.ts';
import { type Bounds, type ContractValuation, valueContracts } from './value.ts';

/** The subscriptions of one fit, and what they are worth. */
export interface FitValuation {
  readonly fit: ContractFit;
  readonly settings: ContractSettings;
  readonly cells: ContractCells;
  readonly valuation: ContractValuation;
}

/** A fit as it is named. */
export function fitName({ length, group }: ContractFit): string {
  return [length.text, ...group].join(' · ');
}

/** All subscriptions: the exact sum of their fits. Money is minor units. */
export interface ContractsValuation {
  readonly fits: readonly FitValuation[];
  /** By cell of all. */
  readonly worth: ContractWorth;
  readonly alive: number;
  readonly equity: bigint;
  readonly interval: Bounds | null;
  /** In the order of the cells' segments. */
  readonly segmentIntervals: readonly (Bounds | null)[];
  /** Null where there are several fits, or segments have rates of their own. */
  readonly prospectValue: bigint | null;
  readonly oneRate: OneRate | null;
}

/** What a fit is told as where it cannot be valued, and the rates that would value it, as they are typed. */
export type FitWords = (fit: ContractFit) => { readonly name: string; readonly retention: string };

/**
 * Values the subscriptions of each fit by themselves. Errors as `valueContracts`; E314 where one of several has no rate to be
 * valued by.
 */
export function valueByFit(
  cells: ContractCells,
  settingsOf: (fit: ContractFit) => ContractSettings,
  wordsOf: FitWords,
): ContractsValuation {
  const worth = { factor: new Float64Array(cells.length), clv: new BigInt64Array(cells.length) };
  const fits = cells.fits.map((fit, which): FitValuation => {
    const at = cellsOfFit(cells, which);
    const own = cellsAt(cells, at);
    const settings = settingsOf(fit);
    const valuation = cells.fits.length > 1 ? valueNamed(own, settings, wordsOf(fit)) : valueContracts(own, settings);
    at.forEach((cell, i) => {
      worth.factor[cell] = valuation.worth.factor[i]!;
      worth.clv[cell] = valuation.worth.clv[i]!;
    });
    return { fit, settings, cells: own, valuation };
  });
  const only = fits.length === 1 ? fits[0]!.valuation : null;
  const all = fits.map(({ valuation }) => valuation);
  const sum = (of: (one: ContractValuation) => bigint): bigint => all.reduce((whole, one) => whole + of(one), 0n);
  const equity = sum((one) => one.equity);
  return {
    fits,
    worth,
    alive: all.reduce((whole, one) => whole + one.alive, 0),
    equity,
    interval: only ? only.interval : together(all.map((one) => ({ equity: one.equity, interval: one.interval }))),
    segmentIntervals: cells.segments.map((_, segment) =>
      only
        ? only.segmentIntervals[segment]!
        : together(
            fits.map(({ cells: own, valuation }) => ({
              equity: equityOf(own, valuation.worth, segment),
              interval: valuation.segmentIntervals[segment]!,
            })),
          ),
    ),
    prospectValue: only ? only.prospectValue : null,
    oneRate: only ? only.oneRate : null,
  };
}

/** Failures that a rate which is given would avoid. */
const NO_RATE = new Set(['E302', 'E303', 'E311', 'E312', 'E313', 'E322']);

function valueNamed(cells: ContractCells, settings: ContractSettings, words: ReturnType<FitWords>): ContractValuation {
  try {
    return valueContracts(cells, settings);
  } catch (error) {
    if (!(error instanceof ClvError) || !NO_RATE.has(error.code)) throw error;
    const { code } = error;
    const reason = messageText(code, error.values);
    const count = cells.count.reduce((sum, n) => sum + n, 0);
    const gone = cells.count.reduce((sum, n, i) => sum + n * (1 - cells.alive[i]!), 0);
    const { name: fit, retention } = words;
    throw new ClvError('E314', { fit, count, gone, model: settings.model.name, code, reason, retention });
  }
}

/** The cells of a fit, by its place among the fits. */
export function cellsOfFit({ fit }: ContractCells, which: number): Int32Array {
  return Int32Array.from(fit.keys()).filter((i) => fit[i] === which);
}

/** Some of all cells. */
export function cellsAt(cells: ContractCells, at: Int32Array): ContractCells {
  const integers = (values: Int32Array): Int32Array => at.map((i) => values[i]!);
  const doubles = (values: Float64Array): Float64Array => Float64Array.from(at, (i) => values[i]!);
  return {
    length: at.length,
    segment: integers(cells.segment),
    segments: cells.segments,
    fit: integers(cells.fit),
    fits: cells.fits,
    tenure: integers(cells.tenure),
    made: integers(cells.made),
    lost: integers(cells.lost),
    alive: integers(cells.alive),
    chance: doubles(cells.chance),
    margin: Array.from(at, (i) => cells.margin[i]!),
    periods: integers(cells.periods),
    count: doubles(cells.count),
  };
}

function equityOf({ segment, count }: ContractCells, { clv }: ContractWorth, of: number): bigint {
  return clv.reduce((sum, value, i) => (segment[i] === of ? sum + value * BigInt(count[i]!) : sum), 0n);
}

/** The interval of a sum of estimates that are independent; null where one has none. */
function together(parts: readonly { readonly equity: bigint; readonly interval: Bounds | null }[]): Bounds | null {
  const equity = parts.reduce((sum, part) => sum + part.equity, 0n);
  const spans = parts.flatMap(({ equity: own, interval }) =>
    interval ? [[Number(own - interval[0]), Number(interval[1] - own)] as const] : [],
  );
  if (spans.length < parts.length) return null;
  const [below, above] = [0, 1].map((side) => BigInt(Math.round(Math.hypot(...spans.map((span) => span[side]!)))));
  return [equity - below!, equity + above!];
}

/** Customers of whom a subscription runs, late ones included. */
export function customersRunning({ cells, cellOf, starts }: Contracts): number {
  let running = 0;
  for (let customer = 0; customer + 1 < starts.length; customer++) {
    const own = cellOf.subarray(starts[customer], starts[customer + 1]);
    if (own.some((cell) => cells.alive[cell] === 1)) running++;
  }
  return running;
}

/** What customers are worth: the sums over their subscriptions. */
export function subscribersOf({ cells, cellOf, starts }: Contracts, worth: ContractWorth): SubscriberWorth {
  const length = starts.length - 1;
  const found = {
    length,
    tenure: new Int32Array(length),
    alive: new Float64Array(length),
    mean: new Float64Array(length),
    expected: new Float64Array(length),
    factor: new Float64Array(length),
    clv: new BigInt64Array(length),
  };
  const brings = cells.margin.map((margin, i) =>
    cells.periods[i] === 0 ? 0 : Number(margin) / 10 ** MARGIN_SCALE / cells.periods[i]!,
  );
  for (let customer = 0; customer < length; customer++) {
    let valued = 0;
    for (let i = starts[customer]!; i < starts[customer + 1]!; i++) {
      const cell = cellOf[i]!;
      found.tenure[customer]! += cells.tenure[cell]!;
      found.alive[customer] = Math.max(found.alive[customer]!, cells.chance[cell]!);
      found.mean[customer]! += brings[cell]!;
      if (cells.alive[cell]) found.expected[customer]! += brings[cell]!;
      valued += brings[cell]! * worth.factor[cell]!;
      found.clv[customer]! += worth.clv[cell]!;
    }
    const several = starts[customer + 1]! - starts[customer]! > 1;
    const expected = found.expected[customer]!;
    if (!several && starts[customer]! < starts[customer + 1]!)
      found.factor[customer] = worth.factor[cellOf[starts[customer]!]!]!;
    else if (expected !== 0) found.factor[customer] = valued / expected;
  }
  return found;
}
