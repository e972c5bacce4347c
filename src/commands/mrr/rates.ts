import { type Day, isoOf } from '../../base/calendar.ts';
import { ClvError } from '../../base/errors.ts';
import type { Fraction } from '../../base/fractions.ts';
import { shellWord } from '../../base/shell.ts';
import type { Settings } from '../../cli/settings.ts';
import type { TableSource } from '../../data/inputs.ts';
import { RATE_DECIMALS, readRates } from '../../reader/tables/exchange.ts';
import type { MrrOptions } from './options.ts';

/** Rates by which terms are converted, each at the day of its payment. */
export interface Converting {
  readonly source: TableSource;
  /** @throws ClvError E287 */
  readonly rateOn: (currency: string, day: Day) => Fraction;
}

/** Null where nothing is converted. @throws ClvError E254, E255, E285 */
export async function convertingOf(
  { rates: file, currencyColumn }: MrrOptions,
  { currency }: Settings,
): Promise<Converting | null> {
  if (file === undefined) return null;
  const rates = await readRates(file, currency);
  const d = 10n ** BigInt(RATE_DECIMALS);
  return {
    source: rates.source,
    rateOn(code, day) {
      const n = rates.rateOn(code.toUpperCase(), day);
      if (n !== null) return { n, d };
      const where = shellWord(`${currencyColumn ?? 'currency'}!=${code}`);
      throw new ClvError('E287', { currency: code, records: 1, first: isoOf(day), last: isoOf(day), where });
    },
  };
}
