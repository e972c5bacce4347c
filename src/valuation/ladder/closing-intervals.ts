import type { Origin } from '../../data/origin.ts';
import type { Factors } from '../../data/states.ts';
import { factorsOfGroup } from '../../engine/groups.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import type { PurchaseWindow } from '../../models/model.ts';
import type { Intervals } from '../found.ts';
import { intervalsOf, uncertaintyWhenAsked, valuedOf } from '../intervals.ts';
import { modelErrorOf } from '../model-error.ts';
import type { Valuing } from '../valuing.ts';
import type { DatedFit } from './dated-fit.ts';
import type { RolledUp } from './fits.ts';

/** Intervals of the equity of the closing, as compute has them. @param final the factors that value its customers */
export async function closingIntervals(
  ledger: Ledger,
  { fitted, groups }: DatedFit,
  final: Factors,
  how: {
    readonly window: PurchaseWindow;
    readonly settings: Valuing;
    readonly origins: readonly Origin[];
    /** The customers by the margins of the closing, where those are others than they were fitted by. */
    readonly repriced: RolledUp | undefined;
  },
): Promise<Intervals | null> {
  const { window, settings, origins, repriced } = how;
  const { cells } = repriced ? await ledger.states(repriced.name) : fitted;
  const modelError = modelErrorOf(origins, settings, groups[0]!, fitted.daily, ledger.fits);
  const customers = { ...fitted, cells, groups };
  const valued = groups.map((own) => {
    const part = fitted.states.groups ? factorsOfGroup(final, own.group) : final;
    return valuedOf(customers, own, part, window, settings.spendFrom);
  });
  return intervalsOf(ledger, customers, valued, valued.map(uncertaintyWhenAsked), { kind: 'covariance', modelError });
}
