import { ClvError } from '../../../base/errors.ts';
import { variant, warningsBlock } from '../../../base/message-text.ts';
import { assumptionsOf, inputOf } from '../../../cli/assumptions.ts';
import { graceOf } from '../../../cli/contracts/reading.ts';
import { contractSettings } from '../../../cli/contracts/terms.ts';
import { type ValuedSubscriptions, valueSubscriptions } from '../../../cli/contracts/value.ts';
import { columns } from '../../../cli/option-values.ts';
import type { PeriodLength } from '../../../cli/periods.ts';
import { withTransactions } from '../../../cli/session.ts';
import { settingsOf } from '../../../cli/settings.ts';
import type { Subscriber } from '../../../data/contracts.ts';
import type { CashRows } from '../../../engine/cash-flows.ts';
import { readSubscriber } from '../../../ledger/steps/contracts.ts';
import { marginAPeriod } from '../../../valuation/contracts/value.ts';
import { mustHaveValue } from '../must-have-value.ts';
import type { ExplainOptions } from '../options.ts';
import { contractRowsOf, contractTotals } from './cash-flows.ts';
import { contractExplainReport } from './document.ts';
import type { ContractExplanation } from './found.ts';

/** `clv explain --contract`: value all subscriptions as `clv compute` does → take one → its cash flows. */
export async function explainContract(
  files: readonly string[],
  options: ExplainOptions,
  typed: readonly string[],
): Promise<void> {
  const settings = settingsOf({ ...options, model: 'pareto-nbd' });
  const contract = contractSettings(options, settings.horizon, typed.includes('--model'));
  const { period } = contract;
  const grace = graceOf(options.grace, period);
  const rows = contractRowsOf(options.byPeriod, settings.horizon, period);
  const id = options.id?.trim();
  if (id === undefined) throw new ClvError('E123', variant('E123', 'subscriber'));
  const by = columns('--by', options.by);
  await withTransactions(files, settings, { by, payments: true }, async (session) => {
    const { ledger, read, pricing } = session;
    const valued = await valueSubscriptions(session, settings, contract, {
      ...options,
      grace,
      before: ({ asOf }) => mustHaveValue(ledger, id, asOf),
    });
    const { population } = valued;
    const subscriber = await readSubscriber(ledger.loaded, id);
    if (!subscriber) throw new ClvError('E500', { detail: 'a subscriber without payments' });
    return contractExplainReport({
      assumptions: { ...assumptionsOf(settings, pricing, read, population.asOf), spendFrom: 'all' },
      input: inputOf(read, pricing, valued.tables),
      warnings: warningsBlock(valued.warnings),
      population,
      id,
      period: { text: period.text, grace },
      ...explained(valued, subscriber, rows, period),
    });
  });
}

/** What is known of the subscriber's cell, and its cash flows. */
function explained(
  { contracts: { cells }, settings, valuation }: ValuedSubscriptions,
  subscriber: Subscriber,
  rows: CashRows,
  period: PeriodLength,
): Omit<ContractExplanation, 'assumptions' | 'input' | 'warnings' | 'population' | 'id' | 'period'> {
  const { cell } = subscriber;
  const { fitted, worth, terms } = valuation;
  const segment = cells.segment[cell]!;
  const [tenure, alive] = [cells.tenure[cell]!, cells.alive[cell] === 1];
  const margin = marginAPeriod(cells, cell);
  const own = terms[segment]!;
  const clv = worth.clv[cell]!;
  return {
    settings,
    fitted,
    subscriber,
    segment: cells.segments[segment]!,
    tenure,
    alive,
    margin,
    retentionNext: own.rate?.toNumber() ?? own.model.retention(own.parameters, tenure),
    factor: worth.factor[cell]!,
    clv,
    totals: contractTotals(alive ? { terms: own, made: tenure - 1, margin } : null, clv, rows, period),
  };
}
