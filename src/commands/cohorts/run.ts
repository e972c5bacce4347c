import { cohortsOf } from '../../aggregator/acquisition/cohorts.ts';
import { warningsBlock } from '../../base/message-text.ts';
import { assumptionsOf, inputOf, rollUpCustomers, valueWhereItCan } from '../../cli/assumptions.ts';
import { columns } from '../../cli/option-values.ts';
import { sectionsAsked } from '../../cli/output/sections.ts';
import { checkEvery, everyOf } from '../../cli/periods.ts';
import { withSavedModel } from '../../cli/saved-model.ts';
import { withTransactions } from '../../cli/session.ts';
import { settingsOf } from '../../cli/settings.ts';
import { populationWarnings } from '../../cli/warnings.ts';
import { lastComplete, periodOf } from '../../data/opportunity.ts';
import { readAcquired } from '../../ledger/steps/cohorts/cohorts.ts';
import { readAcquisition } from '../../reader/tables/acquisition.ts';
import { cohortsReport } from './document.ts';
import { TAKEN } from './lists.ts';
import type { CohortsOptions } from './options.ts';
import { SECTIONS } from './sections.ts';
import { acquisitionWarnings } from './warnings.ts';

/** `clv cohorts`: roll up customers → value them, where that can be done → add up by cohort and age → hold against costs → report. */
export async function cohorts(files: readonly string[], options: CohortsOptions): Promise<void> {
  const by = columns('--by', options.by);
  const segmentFrom = options.segmentFrom ?? (by.length > 0 ? 'first' : undefined);
  const settings = await withSavedModel(settingsOf({ ...options, segmentFrom }));
  checkEvery(options.every);
  const { digits } = settings;
  const shape = { by, taken: TAKEN, sections: sectionsAsked(options, SECTIONS) };
  await withTransactions(files, settings, shape, async (session) => {
    const { ledger, read, header, pricing, notes, known } = session;
    const asOf = settings.asOf ?? read.totals.lastDay!;
    const every = everyOf(options.every, read.totals.firstDay!, asOf);
    const given =
      options.acquisition === undefined
        ? null
        : await readAcquisition(options.acquisition, { header, by: pricing.by, every });
    const { population, settings: chosen, spend } = await rollUpCustomers(session, settings);
    const { valued, horizon, warnings: valuing } = await valueWhereItCan(session, chosen, spend);
    notes.stage('adding up cohorts');
    const acquired = await readAcquired(ledger.loaded, { asOf, every, valued: valued !== null, digits });
    const [now, complete] = [periodOf(asOf, every), lastComplete(asOf, every)];
    const { cohorts, left } = cohortsOf(acquired, given?.costs ?? [], {
      ...{ bySegment: by.length > 0, now, complete, digits },
    });
    const acquisition = given && { costs: given.costs, left };
    const warnings = [
      ...known,
      ...populationWarnings(population, read, chosen),
      ...valuing,
      ...(acquisition ? acquisitionWarnings({ acquisition, cohorts, every, digits, asOf }) : []),
    ];
    notes.warnings(warnings);
    return cohortsReport({
      assumptions: { ...assumptionsOf({ ...chosen, horizon }, pricing, read, asOf), top: 0 },
      input: inputOf(read, pricing, given ? [given.source] : []),
      warnings: warningsBlock(warnings),
      population,
      every,
      valued,
      cohorts,
      acquisition,
    });
  });
}
