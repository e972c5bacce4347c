import { Decimal, ONE } from '../../../base/decimal.ts';
import { ClvError, type Warning } from '../../../base/errors.ts';
import { warningsBlock } from '../../../base/message-text.ts';
import { didYouMean } from '../../../base/nearest.ts';
import { DAYS_PER_YEAR, type Horizon } from '../../../base/units.ts';
import { withOutput } from '../../../cli/frame.ts';
import { amount, choice, optionError, whole } from '../../../cli/option-values.ts';
import { settingsOf } from '../../../cli/settings.ts';
import { ratePerPeriod } from '../../../engine/contracts/timing.ts';
import { readSwitching } from '../../../reader/tables/switching.ts';
import type { ShareOptions } from '../options.ts';
import { switchingBrands } from './brands.ts';
import { switchingReport } from './document.ts';

/** `clv share --switching FILE`: read the table → value every brand → report. */
export async function shareBySwitching(options: ShareOptions, typed: readonly string[]): Promise<void> {
  const settings = settingsOf(options);
  const { discountRate, horizon, digits, currency } = settings;
  const terms = { ...spanOf(options, discountRate, horizon), population: populationOf(options), digits };
  await withOutput(settings, undefined, async ({ notes, write }) => {
    const { source, ...switching } = await readSwitching(options.switching!);
    const us = usIn(switching.brands, options, typed);
    const found = switchingBrands(switching, terms);
    const warnings: readonly Warning[] = [
      ...(typed.includes('--purchases-per-year') ? [] : [{ code: 'W332', values: {} } satisfies Warning]),
      ...(found.mixSource === 'last_bought'
        ? []
        : [{ code: 'W333', values: { instead: STAND_IN[found.mixSource] } } satisfies Warning]),
      ...(found.oneSteadyState ? [] : [{ code: 'W331', values: {} } satisfies Warning]),
    ];
    notes.warnings(warnings);
    await write(
      switchingReport(switching, found, {
        ...{ source, terms, discountRate, currency, us, horizon: horizon.text },
        warnings: warningsBlock(warnings),
      }),
    );
  });
}

const STAND_IN = { 'row totals': 'the row totals', 'steady state': 'the shares of the steady state' };

/** The purchases that count. E101, E107 for a lifetime without discounting. */
function spanOf(options: ShareOptions, discountRate: Decimal, horizon: Horizon) {
  const from = choice('--from-purchase', options.fromPurchase, ['0', '1']) === '0' ? (0 as const) : (1 as const);
  const text = options.purchasesPerYear;
  const purchasesPerYear = amount('--purchases-per-year', text);
  if (purchasesPerYear.lte(0)) optionError('--purchases-per-year', text, 'no purchases');
  const rate = ratePerPeriod(discountRate, purchasesPerYear.toNumber());
  const discountFactor = ONE.div(rate.plus(1)).toNumber();
  const last =
    horizon.days === null
      ? null
      : new Decimal(horizon.days).times(purchasesPerYear).div(DAYS_PER_YEAR).floor().toNumber();
  if (last === null && discountFactor === 1) throw new ClvError('E107', { option: '--discount-rate' });
  if (last !== null && last < from) optionError('--horizon', horizon.text, 'no purchase in it');
  return { from, last, discountFactor, purchasesPerYear };
}

function populationOf({ population }: ShareOptions): number | null {
  return population === undefined ? null : whole('--population', population, 1, 999_999_999);
}

/** Our name if a brand has it; E149 where it is asked for and none has. */
function usIn(brands: readonly string[], { us, switching }: ShareOptions, typed: readonly string[]): string | null {
  if (brands.includes(us)) return us;
  if (!typed.includes('--us')) return null;
  throw new ClvError('E149', { us, file: switching!, brands: brands.join(', '), hint: didYouMean(us, brands) });
}
