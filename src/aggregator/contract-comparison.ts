import { Decimal } from '../base/decimal.ts';
import { ClvError, type Warning } from '../base/errors.ts';
import { grouped, unitsText } from '../base/money.ts';

/** What a model that is only compared with finds, or null where the data do not carry it. */
export function unlessUnfit<T>(find: () => T): T | null {
  try {
    return find();
  } catch (error) {
    if (error instanceof ClvError && UNFIT.has(error.code)) return null;
    throw error;
  }
}

const UNFIT = new Set(['E121', 'E302', 'E303', 'E311']);

/** W321: by how much one rate for all misses what a base of customers who differ is worth. Money in minor units. */
export function oneRateWarning(
  { retention, equity, differing }: { retention: Decimal | null; equity: bigint; differing: bigint },
  digits: number,
): Warning {
  const money = (units: bigint): string => grouped(unitsText(units, digits));
  const gap = differing - equity;
  const share = differing > 0n ? new Decimal(String(gap)).div(String(differing)).abs() : null;
  return {
    code: 'W321',
    values: {
      retention: retention === null ? 'a segment' : `of ${percent(retention)} a period`,
      equity: money(equity),
      differing: money(differing),
      gap: money(gap < 0n ? -gap : gap),
      share: share === null ? '' : ` (${percent(share)})`,
      direction: gap < 0n ? 'too much' : 'too little',
    },
  };
}

function percent(rate: Decimal): string {
  return `${rate.times(100).toDecimalPlaces(1).toFixed()}%`;
}
