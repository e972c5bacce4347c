import { ClvError } from '../../base/errors.ts';
import { variant } from '../../base/message-text.ts';
import { amount, choice, optionError, whole } from '../../cli/option-values.ts';
import { PERIODS, wholePeriods } from '../../cli/periods.ts';
import type { Settings } from '../../cli/settings.ts';
import { WRITING_NAMES } from '../../cli/shared-options.ts';
import { TIMINGS, type Timing } from '../../engine/contracts/timing.ts';
import { readMarket } from '../../reader/tables/market.ts';
import { brandOf, type Market } from './market.ts';
import type { ShareOptions } from './options.ts';

/** Ways to say what the market is. */
export type Route = '--market-equity' | '--market' | '--market-customers' | '--switching';

/** Options that have a meaning with some routes alone. */
const BELONGS: Readonly<Record<string, readonly Route[]>> = {
  '--includes-us': ['--market-equity', '--market-customers'],
  '--market-avg-clv': ['--market-customers'],
  '--purchases-per-year': ['--switching'],
  '--population': ['--switching'],
  '--from-purchase': ['--switching'],
};

/** What a switching file can do something with. */
const SWITCHING = new Set([
  ...['--us', '--switching', '--purchases-per-year', '--population', '--from-purchase', '--discount-rate', '--horizon'],
  ...['--currency', ...WRITING_NAMES],
]);

/**
 * The one route that is asked for, when all that was typed fits it.
 * @param typed the options on the command line, by their long names
 * @throws ClvError E111 two routes, E112, E122 options that do not go with it, E123 none, or nothing of us
 */
export function routeOf(files: readonly string[], typed: readonly string[]): Route {
  const routes = (['--market-equity', '--market', '--market-customers', '--switching'] as const).filter((option) =>
    typed.includes(option),
  );
  const [route, other] = routes;
  if (other) throw new ClvError('E111', { option: route!, other });
  for (const [option, needs] of Object.entries(BELONGS))
    if (typed.includes(option) && !(route && needs.includes(route)))
      throw new ClvError('E112', { option, other: needs.join(' or ') });
  if (typed.includes('--timing') && route !== '--market' && !typed.includes('--contract'))
    throw new ClvError('E112', { option: '--timing', other: '--market or --contract' });
  if (!route) throw new ClvError('E123', variant('E123', 'market'));
  if (route === '--switching') checkSwitching(files, typed);
  else if (files.length === 0) throw new ClvError('E123', variant('E123', 'our data'));
  return route;
}

function checkSwitching(files: readonly string[], typed: readonly string[]): void {
  const other = '--switching, which values every brand alike';
  const option = files.length > 0 ? 'transaction FILES' : typed.find((name) => !SWITCHING.has(name));
  if (option !== undefined)
    throw new ClvError('E122', {
      option,
      other,
      remedy: files.length > 0 ? 'give the one or the other' : 'leave it out',
    });
}

/** When brands are paid. @param usual when none is given. E101 */
export function timingOf({ timing }: Pick<ShareOptions, 'timing'>, usual: Timing): Timing {
  return choice('--timing', timing ?? usual, Object.keys(TIMINGS) as Timing[]);
}

/** The market of the other routes, from the options and the market file. @param timing of competitors. E101, E112, E276, and those of readMarket. */
export async function marketOf(
  route: Exclude<Route, '--switching'>,
  options: ShareOptions,
  timing: Timing,
  settings: Pick<Settings, 'horizon' | 'discountRate' | 'digits'>,
): Promise<Market> {
  const includesUs = options.includesUs === true;
  if (route === '--market') {
    const { rivals, source } = await readMarket(options.market!, options.us);
    const byYear = rivals.some(({ worth }) => worth.basis === 'parameters');
    const years = byYear ? wholePeriods(settings.horizon, PERIODS.find(({ perYear }) => perYear === 1)!) : null;
    const terms = { timing, years, discountRate: settings.discountRate };
    return { kind: 'file', rivals, source, terms, brands: rivals.map((one) => brandOf(one, terms, settings.digits)) };
  }
  if (route === '--market-equity')
    return { kind: 'equity', equity: zeroOrMore('--market-equity', options.marketEquity!), includesUs };
  if (options.marketAvgClv === undefined)
    throw new ClvError('E112', { option: '--market-customers', other: '--market-avg-clv' });
  return {
    kind: 'size',
    customers: whole('--market-customers', options.marketCustomers!, 0, 999_999_999),
    average: zeroOrMore('--market-avg-clv', options.marketAvgClv),
    includesUs,
  };
}

function zeroOrMore(option: string, text: string) {
  const value = amount(option, text);
  return value.isNegative() ? optionError(option, text, 'negative') : value;
}
