import { sumOf } from '../../aggregator/segments.ts';
import { warningsBlock } from '../../base/message-text.ts';
import { assumptionsOf, fitAndValue, inputOf, rollUpCustomers } from '../../cli/assumptions.ts';
import { checkGroups } from '../../cli/groups.ts';
import { kindOf } from '../../cli/kinds.ts';
import { columns, optionError } from '../../cli/option-values.ts';
import { withSavedModel } from '../../cli/saved-model.ts';
import { withTransactions } from '../../cli/session.ts';
import { settingsOf } from '../../cli/settings.ts';
import { modelWarnings, populationWarnings } from '../../cli/warnings.ts';
import { basisFacts } from '../../report/basis.ts';
import { inputBlock } from '../../report/input.ts';
import { methodology } from '../../report/methodology.ts';
import { modelsBlock } from '../../report/model.ts';
import { marketOf, routeOf, timingOf } from './asked.ts';
import { shareReport } from './document.ts';
import { type Brand, othersOf, REST } from './market.ts';
import type { ShareOptions } from './options.ts';
import { marketNotes, marketRoute } from './routes.ts';

/** `clv share`: what the market is → our customers valued as `clv compute` does → the brands side by side. */
export async function share(files: readonly string[], options: ShareOptions, typed: readonly string[]): Promise<void> {
  const route = routeOf(files, typed);
  const { us } = options;
  if (us.trim() === '' || us === REST) optionError('--us', us, 'no brand');
  if (route === '--switching') {
    const { shareBySwitching } = await import('./switching/run.ts');
    return shareBySwitching(options, typed);
  }
  if (kindOf(options, typedOfUs(options, typed)) === 'contract') {
    const { shareContracts } = await import('./run-contracts.ts');
    return shareContracts(files, options, typed, route);
  }
  const settings = await withSavedModel(settingsOf(options));
  const [by, fitBy] = [columns('--by', options.by), columns('--fit-by', options.fitBy)];
  checkGroups(options);
  const market = await marketOf(route, options, timingOf(options, 'existing-end'), settings);
  const { digits, currency } = settings;
  await withTransactions(files, settings, { by, fitBy }, async ({ ledger, read, pricing, notes, known }) => {
    const { population, settings: chosen, spend } = await rollUpCustomers({ ledger, notes }, settings);
    const early = [...known, ...populationWarnings(population, read, chosen)];
    notes.warnings(early);
    const valued = await fitAndValue({ ledger, notes }, chosen, {
      interval: 'none',
      pool: options.poolSmall === true,
      spend,
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
        ...marketNotes(read.totals.firstDay!, population.asOf),
      },
      facts: basisFacts(valuation),
      input: inputBlock(valuation),
      model: modelsBlock(valuation),
      warnings: warningsBlock([...early, ...late]),
    });
  });
}

/** The options that say how our customers are valued: `--timing` is of competitors unless they are subscribers. */
function typedOfUs({ contract }: Pick<ShareOptions, 'contract'>, typed: readonly string[]): readonly string[] {
  return contract === undefined ? typed.filter((option) => option !== '--timing') : typed;
}
