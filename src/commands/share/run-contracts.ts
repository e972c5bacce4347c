import { sumOf } from '../../aggregator/segments.ts';
import { warningsBlock } from '../../base/message-text.ts';
import { assumptionsOf, inputOf } from '../../cli/assumptions.ts';
import { columnsIn } from '../../cli/contracts/columns.ts';
import { contractsAsked } from '../../cli/contracts/saved.ts';
import { valueSubscriptions } from '../../cli/contracts/value.ts';
import { columns } from '../../cli/option-values.ts';
import { withTransactions } from '../../cli/session.ts';
import { settingsOf } from '../../cli/settings.ts';
import { writeWorth } from '../../ledger/steps/contracts.ts';
import { contractBasisFacts } from '../../report/contract-basis.ts';
import { contractModelsBlock, contractNotes } from '../../report/contracts.ts';
import { inputBlock } from '../../report/input.ts';
import { methodology } from '../../report/methodology.ts';
import { customersRunning, subscribersOf } from '../../valuation/contracts/by-fit.ts';
import { marketOf, type Route, timingOf } from './asked.ts';
import { shareReport } from './document.ts';
import { type Brand, othersOf } from './market.ts';
import type { ShareOptions } from './options.ts';
import { marketNotes, marketRoute } from './routes.ts';

/**
 * `clv share --contract`: what the market is → our subscriptions valued as `clv compute` does → the brands side by side. Our
 * customers are those of whom a subscription runs, as competitors count theirs, and all brands are paid at the same time.
 */
export async function shareContracts(
  files: readonly string[],
  options: ShareOptions,
  typed: readonly string[],
  route: Exclude<Route, '--switching'>,
): Promise<void> {
  const settings = settingsOf({ ...options, model: 'auto' });
  const timing = timingOf(options, 'existing-start');
  const { contract, asked } = await contractsAsked({ ...options, timing }, settings.horizon, typed);
  const [by, fitBy] = [columns('--by', options.by), columns('--fit-by', options.fitBy)];
  const market = await marketOf(route, options, timing, settings);
  const { us } = options;
  const { digits, currency } = settings;
  await withTransactions(files, settings, { by, fitBy, subscriptions: columnsIn(asked) }, async (session) => {
    const { ledger, read, pricing, notes } = session;
    const valued = await valueSubscriptions(session, settings, contract, asked, options);
    const { population, contracts, valuation, lengths } = valued;
    notes.stage('valuing customers');
    await writeWorth(ledger.loaded, subscribersOf(contracts, valuation.worth));
    const { revenue, clv } = sumOf(await ledger.totals());
    const ours: Brand = { name: us, customers: customersRunning(contracts), revenue, equity: clv, steady: null };
    const assumptions = {
      ...assumptionsOf(settings, pricing, read, population.asOf),
      spendFrom: 'all' as const,
    };
    const tables = [...valued.tables, ...(market.kind === 'file' ? [market.source] : [])];
    const found = { assumptions, population, input: inputOf(read, pricing, tables) };
    return shareReport({
      route: marketRoute(market),
      brands: [ours, ...othersOf(market, ours, digits)],
      ...{ us, currency, digits },
      methodology: {
        ...methodology(assumptions),
        ...contractNotes(contract, lengths, asked.valueAt),
        customers: 'ours: those of whom a subscription runs, late ones included',
        ...marketNotes(read.totals.firstDay!, population.asOf),
      },
      facts: contractBasisFacts({
        ...found,
        ...{ settings: contract, lengths, fits: valuation.fits, valueAt: asked.valueAt },
      }),
      input: inputBlock(found),
      model: contractModelsBlock(valuation),
      warnings: warningsBlock(valued.warnings),
    });
  });
}
