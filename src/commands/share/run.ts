import { sumOf } from '../../aggregator/segments.ts';
import { type Day, isoOf } from '../../base/calendar.ts';
import { told } from '../../base/message-text.ts';
import { assumptionsOf, fitAndValue, inputOf, rollUpCustomers } from '../../cli/assumptions.ts';
import { checkGroups } from '../../cli/groups.ts';
import { bad, columns } from '../../cli/option-values.ts';
import { withSavedModel } from '../../cli/saved-model.ts';
import { withTransactions } from '../../cli/session.ts';
import { settingsOf } from '../../cli/settings.ts';
import { populationWarnings, spendWarnings } from '../../cli/warnings.ts';
import { basisFacts } from '../../report/basis.ts';
import { inputBlock } from '../../report/input.ts';
import { methodology } from '../../report/methodology.ts';
import { modelsBlock } from '../../report/model.ts';
import { marketOf, routeOf } from './asked.ts';
import { shareReport } from './document.ts';
import { type Brand, othersOf, REST } from './market.ts';
import type { ShareOptions } from './options.ts';
import { marketRoute } from './routes.ts';

/** `clv share`: what the market is → our customers valued as `clv compute` does → the brands side by side. */
export async function share(files: readonly string[], options: ShareOptions, typed: readonly string[]): Promise<void> {
  const route = routeOf(files, typed);
  const { us } = options;
  if (us.trim() === '' || us === REST) bad('--us', us, 'is no name of a brand', 'give our own');
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
    const population = await rollUpCustomers({ ledger, notes }, settings);
    const early = [...known, ...populationWarnings(population, read, settings)];
    notes.warnings(early);
    const valued = await fitAndValue({ ledger, notes }, settings, {
      interval: 'none',
      pool: options.poolSmall === true,
    });
    const late = spendWarnings(valued.groups);
    notes.warnings(late);
    const { customers, revenue, clv } = sumOf(await ledger.totals());
    const ours: Brand = { name: us, customers, revenue, equity: clv, steady: null };
    const { groups, source } = valued;
    const valuation = {
      ...{ groups, source, population },
      assumptions: assumptionsOf(settings, pricing, read, population.asOf),
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
      warnings: told([...early, ...late]),
    });
  });
}

const MARKET_MONEY =
  'exact as given, with up to 4 decimals in any currency, like costs; rounded once, half-even, to the minor unit where it is ' +
  'printed, customer equity before its shares';

function revenueNote(first: Day, asOf: Day): string {
  return `ours from ${isoOf(first)} to ${isoOf(asOf)}; that of a market file is taken to be of the same span`;
}
