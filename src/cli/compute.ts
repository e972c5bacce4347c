import { computeReport } from '../aggregator/compute.ts';
import { isoOf } from '../base/calendar.ts';
import { ClvError } from '../base/errors.ts';
import { openLedger } from '../ledger/registry.ts';
import { type LoadResult, openTransactions } from '../reader/transactions.ts';
import { warningText } from './messages-text.ts';
import { Notes } from './notes.ts';
import { openOutput } from './output.ts';
import { readPricing } from './pricing.ts';
import { reconcile } from './reconcile.ts';
import { RejectsFile } from './rejects-file.ts';
import { makeScratch } from './scratch.ts';
import type { Settings } from './settings.ts';
import { interruptible } from './signals.ts';
import { valueCustomers } from './valuation.ts';
import { warningsOf } from './warnings.ts';

/** The stages of `clv compute`. Nothing is printed before everything is known and reconciled. */
export async function compute(files: readonly string[], settings: Settings): Promise<void> {
  await interruptible(async (signal) => {
    const notes = new Notes(settings.quiet);
    const output = await openOutput(settings.output, signal);
    const scratch = makeScratch(signal);
    const ledger = await openLedger(scratch.path);
    signal.addEventListener('abort', () => ledger.interrupt());
    try {
      const rejects = settings.rejects ? await RejectsFile.open(settings.rejects, scratch.path, signal) : null;
      const transactions = await openTransactions(files, {
        ...settings.read,
        scratch: scratch.path,
        signal,
        ...(rejects && { onReject: (reject) => rejects.add(reject) }),
      });
      notes.columns(transactions);
      const { plan, margin, tables } = await readPricing(settings, transactions);
      const read = await transactions.load(plan.keys, ledger).finally(() => rejects?.finish());
      notes.formats(read);
      checkAsOf(settings, read);
      reconcile(read.totals, await ledger.load(plan));
      await transactions.verifyUnchanged();
      const population = await ledger.rollUp({ asOf: settings.asOf, spendFrom: settings.spendFrom });
      const valued = await valueCustomers(ledger, settings);
      const warnings = warningsOf(population, valued.spend, read, { asOfGiven: settings.asOf !== null });
      notes.warnings(warnings);
      const report = computeReport({
        assumptions: {
          asOf: population.asOf,
          currency: settings.currency,
          digits: settings.digits,
          discountRate: settings.discountRate.toFixed(),
          horizon: settings.horizon.text,
          margin,
          spendFrom: settings.spendFrom,
          roundedAmounts: settings.read.roundAmounts ?? null,
          by: settings.by,
          top: settings.top,
        },
        input: { files: read.files, tables },
        warnings: warnings.map((warning) => ({ code: warning.code, message: warningText(warning) })),
        population,
        ...valued,
        totals: await ledger.totals(),
        customers: ledger.customers(),
      });
      const { color, section } = settings;
      await output.write(settings.format.write(report, { width: process.stdout.columns ?? 100, color, section }));
    } finally {
      output.discard();
      await ledger.close();
      scratch.remove();
    }
  });
}

function checkAsOf({ asOf }: Settings, { totals }: LoadResult): void {
  if (asOf === null || totals.firstDay === null || asOf >= totals.firstDay) return;
  throw new ClvError('E106', { date: isoOf(asOf), first: isoOf(totals.firstDay) });
}
