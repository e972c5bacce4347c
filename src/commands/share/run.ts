import { sumOf } from '../../aggregator/segments.ts';
import { type Day, isoOf } from '../../base/calendar.ts';
import { ClvError } from '../../base/errors.ts';
import { variant, warningsBlock } from '../../base/message-text.ts';
import { assumptionsOf, fitAndValue, inputOf, rollUpCustomers } from '../../cli/assumptions.ts';
import { checkGroups } from '../../cli/groups.ts';
import { amount, choice, columns, optionError, whole } from '../../cli/option-values.ts';
import { PERIODS, wholePeriods } from '../../cli/periods.ts';
import { withSavedModel } from '../../cli/saved-model.ts';
import { withTransactions } from '../../cli/session.ts';
import { type Settings, settingsOf } from '../../cli/settings.ts';
import { modelWarnings, populationWarnings } from '../../cli/warnings.ts';
import { TIMINGS, type Timing } from '../../engine/contracts/timing.ts';
import { readMarket } from '../../reader/tables/market.ts';
import { basisFacts } from '../../report/basis.ts';
import { inputBlock } from '../../report/input.ts';
import { methodology } from '../../report/methodology.ts';
import { modelsBlock } from '../../report/model.ts';
import { shareReport } from './document.ts';
import { type Brand, brandOf, type Market, othersOf, REST } from './market.ts';
import type { ShareOptions } from './options.ts';
import { marketRoute } from './routes.ts';

/** `clv share`: what the market is → our customers valued as `clv compute` does → the brands side by side. */
export async function share(files: readonly string[], options: ShareOptions, typed: readonly string[]): Promise<void> {
  const route = routeOf(files, typed);
  const { us } = options;
  if (us.trim() === '' || us === REST) optionError('--us', us, 'no brand');
  if (route === '--switching') {
    const { shareBySwitching } = await import('./switching/run.ts');
    return shareBySwitching(options, typed);
  }
  const settings = await withSavedModel(settingsOf(options));
  const [by, fitBy] = [columns('--by', options.by), columns('--fit-by', options.fitBy)];
  checkGroups(options);
  const market = await marketOf(route, options, settings);
  const { digits, currency } = settings;
  await withTransactions(files, settings, { by, fitBy }, async ({ ledger, read, pricing, notes, known }) => {
    const { population, settings: chosen } = await rollUpCustomers({ ledger, notes }, settings);
    const early = [...known, ...populationWarnings(population, read, chosen)];
    notes.warnings(early);
    const valued = await fitAndValue({ ledger, notes }, chosen, {
      interval: 'none',
      pool: options.poolSmall === true,
    });
    const { horizon } = valued.fitted;
    const late = modelWarnings(valued.groups, chosen, horizon);
    notes.warnings(late);
    const { customers, revenue, clv } = sumOf(await ledger.totals());
    const ours: Brand = { name: us, customers, revenue, equity: clv, steady: null };
    const { groups, source } = valued;
    const valuation = {
      ...{ groups, source, population },
      assumptions: assumptionsOf({ ...chosen, horizon }, pricing, read, population.asOf),
      input: inputOf(read, pricing, market.kind === 'file' ? [market.source] : []),
    };
    return shareReport({
      route: marketRoute(market),
      brands: [ours, ...othersOf(market, ours, digits)],
      ...{ us, currency, digits },
      methodology: {
        ...methodology(valuation.assumptions),
        revenue: revenueNote(read.totals.firstDay!, population.asOf),
        market_money: MARKET_MONEY,
      },
      facts: basisFacts(valuation),
      input: inputBlock(valuation),
      model: modelsBlock(valuation),
      warnings: warningsBlock([...early, ...late]),
    });
  });
}

const MARKET_MONEY =
  'exact as given, with up to 4 decimals in any currency, like costs; rounded once, half-even, to the minor unit where it is ' +
  'printed, customer equity before its shares';

function revenueNote(first: Day, asOf: Day): string {
  return `ours from ${isoOf(first)} to ${isoOf(asOf)}; that of a market file is taken to be of the same span`;
}

/** Ways to say what the market is. */
type Route = '--market-equity' | '--market' | '--market-customers' | '--switching';

/** Options that have a meaning with some routes alone. */
const BELONGS: Readonly<Record<string, readonly Route[]>> = {
  '--includes-us': ['--market-equity', '--market-customers'],
  '--market-avg-clv': ['--market-customers'],
  '--timing': ['--market'],
  '--purchases-per-year': ['--switching'],
  '--population': ['--switching'],
  '--from-purchase': ['--switching'],
};

/** What a switching file can do something with. */
const SWITCHING = new Set([
  ...['--us', '--switching', '--purchases-per-year', '--population', '--from-purchase', '--discount-rate', '--horizon'],
  ...['--currency', '--format', '--output', '--quiet', '--fail-on', '--no-color'],
]);

/**
 * The one route that is asked for, when all that was typed fits it.
 * @param typed the options on the command line, by their long names
 * @throws ClvError E111 two routes, E112, E122 options that do not go with it, E123 none, or nothing of us
 */
function routeOf(files: readonly string[], typed: readonly string[]): Route {
  const routes = (['--market-equity', '--market', '--market-customers', '--switching'] as const).filter((option) =>
    typed.includes(option),
  );
  const [route, other] = routes;
  if (other) throw new ClvError('E111', { option: route!, other });
  for (const [option, needs] of Object.entries(BELONGS))
    if (typed.includes(option) && !(route && needs.includes(route)))
      throw new ClvError('E112', { option, other: needs.join(' or ') });
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

/** The market of the other routes, from the options and the market file. E101, E112, E276, and those of readMarket. */
async function marketOf(
  route: Exclude<Route, '--switching'>,
  options: ShareOptions,
  settings: Settings,
): Promise<Market> {
  const includesUs = options.includesUs === true;
  if (route === '--market') {
    const timing = choice('--timing', options.timing, Object.keys(TIMINGS) as Timing[]);
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
