import { sumOf } from '../../aggregator/segments.ts';
import { ClvError } from '../../base/errors.ts';
import { warningsBlock } from '../../base/message-text.ts';
import { assumptionsOf, fitAndValue, inputOf, rollUpCustomers } from '../../cli/assumptions.ts';
import { checkLike, choicesOf, heldFrom, openingMarginText, settingsOfClose } from '../../cli/closes/choices.ts';
import { marginsIn, marginsText } from '../../cli/closes/margins-taken.ts';
import { columns } from '../../cli/option-values.ts';
import { sectionsAsked } from '../../cli/output/sections.ts';
import { modelText, withSavedModel } from '../../cli/saved-model.ts';
import { type Session, withTransactions } from '../../cli/session.ts';
import { type Settings, settingsOf } from '../../cli/settings.ts';
import { modelWarnings, populationWarnings } from '../../cli/warnings.ts';
import type { Close, NewClose } from '../../data/books/close.ts';
import type { Population } from '../../data/customers.ts';
import { readRestated } from '../../ledger/steps/books/restatements.ts';
import { statementOf } from '../../report/statement/found.ts';
import { STATEMENT_NAMES } from '../../report/statement/lists.ts';
import { chosenOf, holding } from '../../valuation/fit.ts';
import { compareDates } from '../../valuation/ladder/between.ts';
import { Fits } from '../../valuation/ladder/fits.ts';
import { originsOf } from '../../valuation/model-error.ts';
import { closeReport } from './document.ts';
import type { Since } from './found.ts';
import { type CloseAsked, checkLater, keptIn, sayAsked } from './kept.ts';
import { SECTIONS } from './sections.ts';

type Valued = Awaited<ReturnType<typeof fitAndValue>>;

/** `clv close`: value as compute does → compare with the close before → report, and keep the close in the book. */
export async function close(asked: CloseAsked): Promise<void> {
  const { file, before, typed, words, version } = asked;
  const { options: taken } = asked.taken;
  const settings = heldFrom(before, await withSavedModel(settingsOf(taken)), typed, asked.taken);
  checkLater(asked, settings);
  const [by, fitBy] = [columns('--by', taken.by), columns('--fit-by', taken.fitBy)];
  const pool = taken.poolSmall === true;
  const shape = {
    by,
    fitBy,
    taken: STATEMENT_NAMES,
    nameless: before === null,
    openingMargins: before ? marginsIn(before.margins) : undefined,
    sections: sectionsAsked(taken, before ? SECTIONS.later : SECTIONS.first),
  };
  await withTransactions([file], settings, shape, async (session) => {
    const { ledger, read, pricing, notes, known, keep } = session;
    if (before) checkLike(before, settings, pricing);
    sayAsked(asked, settings, session);
    const origins = await originsOf(ledger, settings, settings.asOf);
    const { population, settings: chosen, spend } = await rollUpCustomers(session, settings);
    const { spendFrom } = chosen;
    const early = [...known, ...populationWarnings(population, read, chosen)];
    notes.warnings(early);
    const how = { interval: 'covariance', pool, spend, origins } as const;
    const valued = await fitAndValue(session, chosen, how);
    const { horizon } = valued.fitted;
    const late = modelWarnings(valued.groups, chosen, horizon);
    notes.warnings(late);
    const totals = await ledger.totals();
    const { customers, revenue, margin, clv } = sumOf(totals);
    const keepClose = await keptIn(asked, session);
    const assumptions = {
      ...assumptionsOf({ ...chosen, horizon }, pricing, read, population.asOf),
      top: 0,
    };
    const modelError = valued.intervals?.modelError ?? null;
    const kept: NewClose = {
      asOf: population.asOf,
      closedAt: new Date().toISOString(),
      version,
      options: words,
      choices: choicesOf(taken, chosen, valued.fitted.groups, horizon),
      margins: marginsText(pricing.margins),
      model: modelText({
        asOf: population.asOf,
        files: read.files,
        table: null,
        spendFrom,
        modelError,
        fitBy: pricing.fitBy,
        groups: valued.groups,
      }),
      currency: chosen.currency,
      digits: chosen.digits,
      by: pricing.by,
      customers,
      equity: clv,
      expectedActive: valued.expectedActive,
      revenue,
      margin,
    };
    const since =
      before &&
      (await sinceClose(session, before, {
        settings: chosen,
        valued,
        equity: clv,
        population,
        assumptions,
      }));
    keep(() => keepClose(kept));
    return closeReport({
      number: (before?.number ?? 0) + 1,
      kept,
      assumptions,
      input: inputOf(read, pricing),
      population,
      ...valued,
      warnings: warningsBlock([...early, ...late]),
      totals,
      since,
    });
  });
}

/**
 * What moved since a close, by the choices of the valuation: its opening is what was reported, its closing the valuation.
 * @throws ClvError E501 where the statement closes with something else
 */
async function sinceClose(
  { ledger, read, pricing, notes }: Session,
  before: Close,
  {
    settings,
    valued,
    equity,
    population,
    assumptions,
  }: {
    readonly settings: Settings;
    readonly valued: Valued;
    readonly equity: bigint;
    readonly population: Population;
    readonly assumptions: Omit<Since['assumptions'], 'opening'>;
  },
): Promise<Since> {
  const { asOf } = population;
  const chosen = settings.saved === null ? holding(settings, chosenOf(valued.fitted.groups)) : settings;
  const opening = settingsOfClose(before, chosen);
  const openingMargins = pricing.plan.openingMargin !== null;
  const fits = new Fits();
  const plan = {
    asOf,
    spendFrom: chosen.spendFrom,
    fillMeans: chosen.spend.fillsMeans,
    opportunity: chosen.opportunity,
    openingMargins: false,
  };
  fits.know({ name: 'customers', plan, population }, chosen, valued.fitted);
  const { moved } = await compareDates(
    ledger,
    { from: before.asOf, to: asOf },
    {
      before: { settings: opening, openingMargins, reported: before.segments },
      after: { settings: chosen, openingMargins: false },
      fits,
      known: { last: read.totals.lastDay!, assumed: null },
    },
    (stage) => notes.stage(stage),
  );
  const { closing, restatements } = statementOf(moved).total;
  if (closing !== equity)
    throw new ClvError('E501', { what: 'closing of the statement', reader: String(equity), ledger: String(closing) });
  return {
    close: before,
    assumptions: {
      ...assumptions,
      opening: {
        date: `close ${before.number}, as reported`,
        discountRate: opening.discountRate.toFixed(),
        margin: openingMarginText(pricing, before),
      },
    },
    moved: { ...moved, intervals: valued.intervals },
    restated: await readRestated(ledger.loaded, before.number, restatements),
  };
}
