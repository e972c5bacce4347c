import type { Day } from '../../base/calendar.ts';
import { ClvError } from '../../base/errors.ts';
import { told } from '../../base/message-text.ts';
import { assumptionsOf, fitAndValue, inputOf, rollUpCustomers } from '../../cli/assumptions.ts';
import { columns } from '../../cli/option-values.ts';
import { withSavedModel } from '../../cli/saved-model.ts';
import { withTransactions } from '../../cli/session.ts';
import { settingsOf } from '../../cli/settings.ts';
import { populationWarnings, spendWarnings } from '../../cli/warnings.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import type { Fitted } from '../../valuation/fit.ts';
import type { valueCustomers } from '../../valuation/value.ts';
import { type Asked, askedOf, cashRowsOf } from './asked.ts';
import { explainReport } from './document.ts';
import { type Explained, explainedCustomer, explainedState, type Terms } from './explained.ts';
import type { Explanation } from './found.ts';
import type { ExplainOptions } from './options.ts';
import { explainSavedState } from './saved-state.ts';
import { termsOf } from './terms.ts';
import { mustHaveValue } from './unknown.ts';

/** `clv explain`: value all customers as `clv compute` does → take one → its cash flows. */
export async function explain(files: readonly string[], options: ExplainOptions): Promise<void> {
  const settings = await withSavedModel(settingsOf(options));
  const asked = askedOf(options, settings);
  const rows = cashRowsOf(options.byPeriod, settings);
  if (files.length === 0) return explainSavedState(asked, rows, settings);
  const [by, fitBy] = [columns('--by', options.by), columns('--fit-by', options.fitBy)];
  const valuing = { interval: 'none', pool: options.poolSmall === true } as const;
  await withTransactions(files, settings, { by, fitBy }, async ({ ledger, read, pricing, notes, known }) => {
    const population = await rollUpCustomers({ ledger, notes }, settings);
    if ('id' in asked) await mustHaveValue(ledger, asked.id, population.asOf);
    const early = [...known, ...populationWarnings(population, read, settings)];
    notes.warnings(early);
    const valued = await fitAndValue({ ledger, notes }, settings, valuing);
    const late = spendWarnings(valued.groups);
    notes.warnings(late);
    const warnings = [...early, ...late];
    return explainReport({
      assumptions: assumptionsOf(settings, pricing, read, population.asOf),
      input: inputOf(read, pricing),
      warnings: told(warnings),
      population,
      ...(await explained(ledger, asked, population.asOf, valued, (group) =>
        termsOf(valued.fitted.model, group, rows, settings),
      )),
    });
  });
}

type Found = Explained & Pick<Explanation, 'group' | 'source'>;

/** The one that is asked for: a customer by the models of its group, a state by those of all. */
async function explained(
  ledger: Ledger,
  asked: Asked,
  asOf: Day,
  { fitted, groups, source }: Awaited<ReturnType<typeof valueCustomers>>,
  terms: (group: Fitted) => Terms,
): Promise<Found> {
  if ('state' in asked) {
    const one = explainedState(asked.state, asked.mean, asOf, terms(fitted.groups[0]!));
    return { ...one, group: groups[0]!, source };
  }
  const found = await ledger.customer(asked.id);
  const at = groups.findIndex(({ name }) => name.every((value, i) => value === found?.group[i]));
  if (!found || at < 0) throw new ClvError('E500', { detail: 'a customer without value or group' });
  return { ...explainedCustomer(found.block, terms(fitted.groups[at]!)), group: groups[at]!, source };
}
