import { Decimal } from '../../../base/decimal.ts';
import { ClvError } from '../../../base/errors.ts';
import { variant, warningsBlock } from '../../../base/message-text.ts';
import { assumptionsOf, inputOf } from '../../../cli/assumptions.ts';
import { columnsIn } from '../../../cli/contracts/columns.ts';
import { contractsAsked } from '../../../cli/contracts/saved.ts';
import { type ValuedSubscriptions, valueSubscriptions } from '../../../cli/contracts/value.ts';
import { columns } from '../../../cli/option-values.ts';
import { periodOf } from '../../../cli/periods.ts';
import { withTransactions } from '../../../cli/session.ts';
import { settingsOf } from '../../../cli/settings.ts';
import type { Subscriber } from '../../../data/contracts.ts';
import { readSubscriber } from '../../../ledger/steps/contracts.ts';
import { marginAPeriod } from '../../../valuation/contracts/value.ts';
import { mustHaveValue } from '../must-have-value.ts';
import type { ExplainOptions } from '../options.ts';
import { contractRowsOf, contractTotals } from './cash-flows.ts';
import { contractExplainReport } from './document.ts';
import type { ExplainedSubscription } from './found.ts';

/** `clv explain --contract`: value all subscriptions as `clv compute` does → take those of one customer → their cash flows. */
export async function explainContract(
  files: readonly string[],
  options: ExplainOptions,
  typed: readonly string[],
): Promise<void> {
  const settings = settingsOf({ ...options, model: 'auto' });
  const { contract, asked } = await contractsAsked(options, settings.horizon, typed);
  if (typed.includes('--model-error'))
    throw new ClvError('E122', { option: '--model-error', ...variant('E122', 'kind', { kind: 'contract' }) });
  const id = options.id?.trim();
  if (id === undefined) throw new ClvError('E123', variant('E123', 'subscriber'));
  const by = columns('--by', options.by);
  const fitBy = columns('--fit-by', options.fitBy);
  await withTransactions(files, settings, { by, fitBy, subscriptions: columnsIn(asked) }, async (session) => {
    const { ledger, read, pricing } = session;
    let ids: readonly string[] = [];
    const valued = await valueSubscriptions(session, settings, contract, asked, {
      ...options,
      before: ({ asOf }) => mustHaveValue(ledger, id, asOf),
      watch: (all) => {
        if (all[0]?.customer === id)
          ids = all.filter(({ terms }) => terms.runs.length > 0).map(({ subscription }) => subscription);
      },
    });
    const { population, lengths } = valued;
    const subscriber = await readSubscriber(ledger.loaded, id);
    if (!subscriber) throw new ClvError('E500', { detail: 'a subscriber without payments' });
    const subscriptions = explained(valued, subscriber, ids);
    const periods = subscriptions.map(({ fit }) => periodOf(fit.length));
    const rows = contractRowsOf(options.byPeriod, settings.horizon, periods);
    return contractExplainReport({
      assumptions: { ...assumptionsOf(settings, pricing, read, population.asOf), spendFrom: 'all' },
      input: inputOf(read, pricing, valued.tables),
      warnings: warningsBlock(valued.warnings),
      population,
      id,
      settings: contract,
      lengths,
      valueAt: asked.valueAt,
      subscriber,
      segment: valued.contracts.cells.segments[segmentOf(valued, subscriber)] ?? [],
      subscriptions,
      clv: subscriptions.reduce((sum, one) => sum + one.clv, 0n),
      totals: contractTotals(subscriptions, rows),
    });
  });
}

function cellsOf({ contracts: { cellOf, starts } }: ValuedSubscriptions, { at }: Subscriber): Int32Array {
  return cellOf.subarray(starts[at], starts[at + 1]);
}

function segmentOf(valued: ValuedSubscriptions, subscriber: Subscriber): number {
  return valued.contracts.cells.segment[cellsOf(valued, subscriber)[0] ?? 0] ?? 0;
}

/** What is known of each subscription of a customer. @param ids of those that ever had a term */
function explained(
  valued: ValuedSubscriptions,
  subscriber: Subscriber,
  ids: readonly string[],
): readonly ExplainedSubscription[] {
  const { cells } = valued.contracts;
  const { fits, worth } = valued.valuation;
  return Array.from(cellsOf(valued, subscriber), (cell, i) => {
    const { fit, settings, valuation } = fits[cells.fit[cell]!]!;
    const [tenure, chance] = [cells.tenure[cell]!, cells.chance[cell]!];
    const own = valuation.terms[cells.segment[cell]!]!;
    const { cost } = own;
    return {
      id: ids[i]!,
      fit,
      settings,
      fitted: valuation.fitted,
      tenure,
      alive: cells.alive[cell] === 1 && tenure > 0,
      chance,
      margin: tenure > 0 ? marginAPeriod(cells, cell) : new Decimal(0),
      terms: { ...own, cost: cost && { ...cost, amount: cost.amount.times(chance) } },
      retentionNext: tenure > 0 ? (own.rate?.toNumber() ?? own.model.retention(own.parameters, tenure)) : 0,
      factor: worth.factor[cell]!,
      clv: worth.clv[cell]!,
    };
  });
}
