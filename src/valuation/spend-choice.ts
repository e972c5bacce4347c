import type { Population } from '../data/customers.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { meanSpend } from '../models/spend/mean-spend.ts';
import { NoMeanError } from '../models/spend/no-mean.ts';
import type { SpendRead } from './fit.ts';
import { fitSpend } from './kept.ts';
import type { Valuing } from './valuing.ts';

/** A ledger that was rolled up, and how its customers are valued. */
interface RolledUp<S extends Valuing> {
  readonly settings: S;
  readonly population: Population;
  /** What they spend, where that was looked at. */
  readonly spend: SpendRead | null;
}

/**
 * Rolls customers up by the purchases that tell what they spend. Where nobody named them: all; the repeat ones where the mean of all
 * would be infinite; and where theirs would be too, each customer's own mean of all, which takes no model for it.
 * @param rollUp by settings; the last one stays
 */
export async function rollUpBySpend<S extends Valuing>(
  ledger: Ledger,
  settings: S,
  rollUp: (settings: S) => Promise<Population>,
): Promise<RolledUp<S>> {
  const ways = [settings, { ...settings, spendFrom: 'repeat' as const }];
  for (const way of settings.spendChosen ? ways : []) {
    const population = await rollUp(way);
    const spend = await spendWithMean(ledger, way);
    if (spend !== 'none') return { settings: way, population, spend };
  }
  const last = settings.spendChosen ? { ...settings, spend: meanSpend } : settings;
  return { settings: last, population: await rollUp(last), spend: null };
}

/** Whatever else keeps a fit from its end is told by the fit that is asked for: null. */
async function spendWithMean(ledger: Ledger, { spend }: Valuing): Promise<SpendRead | null | 'none'> {
  const states = await ledger.spendStates();
  try {
    return { states, fitted: fitSpend(ledger.fits, spend, states) };
  } catch (error) {
    return error instanceof NoMeanError ? 'none' : null;
  }
}
