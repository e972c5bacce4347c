import { warningsBlock } from '../../../base/message-text.ts';
import { survivorsAsked, valueTable } from '../../../cli/contracts/survivors.ts';
import { withOutput } from '../../../cli/frame.ts';
import { sectionsAsked } from '../../../cli/output/sections.ts';
import { settingsOf } from '../../../cli/settings.ts';
import type { ComputeOptions } from '../options.ts';
import { SECTIONS } from '../sections.ts';
import { survivorsReport } from './document.ts';

/** `clv compute --survivors FILE`: read the table → fit → value the customers alive by tenure → report. */
export async function computeSurvivors(options: ComputeOptions, typed: readonly string[]): Promise<void> {
  const settings = settingsOf({ ...options, model: 'pareto-nbd' });
  const asked = survivorsAsked(options, settings, typed);
  const { currency, horizon } = settings;
  await withOutput(settings, sectionsAsked(options, SECTIONS.survivors), async ({ notes, write }) => {
    const { valuation, table, warnings } = await valueTable(options.survivors!, asked, notes);
    const found = { table, currency, horizon: horizon.text, warnings: warningsBlock(warnings) };
    await write(survivorsReport(valuation, found));
  });
}
