import { type Day, isoOf } from '../../../base/calendar.ts';
import { ClvError } from '../../../base/errors.ts';
import { messageText } from '../../../base/message-text.ts';
import type { ContractCells, Contracts } from '../../../data/contracts.ts';
import type { Population } from '../../../data/customers.ts';
import type { Period, Reported } from '../../../data/movement.ts';
import type { Ledger } from '../../../ledger/ledger.ts';
import { writeOpening } from '../../../ledger/steps/contracts.ts';
import type { MovedBetween } from '../../ladder/found.ts';
import type { Say } from '../../valuing.ts';
import { type ContractsValuation, fitName, valueByFit } from '../by-fit.ts';
import { movementOf, openingWorth } from './movement.ts';
import { readMoves } from './moves.ts';
import { type DatedContracts, Rungs } from './rungs.ts';

/** What happened to subscriptions between two dates. */
export interface ContractsMoved extends MovedBetween {
  readonly opening: ContractsValuation;
  readonly closing: ContractsValuation;
  /** Those of the closing. */
  readonly contracts: Contracts;
}

/**
 * How the equity of subscriptions moved between two dates: roll up both → read payments as of both → fit → value the rungs →
 * compare subscription by subscription. Each is valued as `clv compute --contract` values it.
 * @param reported of the opening: each customer's value then is kept, so that what was reported of it can be held against it
 * @param check refuses payments that do not fit their lengths
 * @throws ClvError E121, E308 where the subscriptions of a date cannot be valued, E318–E320, E326
 */
export async function compareSubscriptions(
  ledger: Ledger,
  period: Period,
  {
    opening,
    closing,
    reported = null,
    assumed,
    check,
  }: {
    readonly opening: DatedContracts;
    readonly closing: DatedContracts;
    readonly reported?: readonly Reported[] | null;
    /** The opening that was not given, for errors. */
    readonly assumed: Day | null;
    readonly check: (contracts: Contracts) => void;
  },
  say: Say = () => {},
): Promise<{ readonly moved: ContractsMoved; readonly population: Population }> {
  const { from, to } = period;
  say('rolling up customers');
  await ledger.rollUp({ asOf: from, spendFrom: 'all', fillMeans: false }, 'opening');
  const population = await ledger.rollUp({ asOf: to, spendFrom: 'all', fillMeans: false }, 'closing');
  say('reading payments as terms');
  const moves = await readMoves(ledger.loaded, period, {
    opening: opening.reading,
    closing: closing.reading,
  });
  const [reader, valued] = [population.valued.customers, moves.customers.length].map(String) as [string, string];
  if (reader !== valued) throw new ClvError('E501', { reader, ledger: valued, what: 'subscribers' });
  check(moves.closing);
  say('fitting the models');
  const before = valuedAt({ asOf: from, assumed }, moves.opening.cells, opening, 'give a later --from');
  const later = 'use dates with more customers before them';
  const after = valuedAt({ asOf: to, assumed }, moves.closing.cells, closing, later);
  say('valuing customers');
  const rungs = new Rungs(moves, { before, after }, { opening, closing }, from, reported !== null);
  if (reported) await writeOpening(ledger.loaded, openingWorth(moves, rungs));
  const moved: ContractsMoved = {
    period,
    movement: movementOf(moves, rungs, reported),
    expectedActive: { opening: before.alive, closing: after.alive },
    recast: rungs.recast(),
    expectedMargin: rungs.expectedMargin(),
    modelChangeError: null,
    opening: before,
    closing: after,
    contracts: moves.closing,
  };
  return { moved, population };
}

/** E308 where the subscriptions of a date cannot be valued. */
function valuedAt(
  { asOf, assumed }: { readonly asOf: Day; readonly assumed: Day | null },
  cells: ContractCells,
  { settingsOf }: DatedContracts,
  remedy: string,
): ContractsValuation {
  try {
    return valueByFit(cells, settingsOf, (fit) => ({ name: fitName(fit), retention: `${fit.length.text}=80%` }));
  } catch (error) {
    if (!(error instanceof ClvError) || !error.code.startsWith('E3') || error.code === 'E313') throw error;
    const lengths = [...new Set(cells.fits.map(({ length }) => length.text))];
    const rates = lengths.map((length) => `${length}=80%`).join(',');
    throw new ClvError('E308', {
      date: isoOf(asOf),
      which: asOf === assumed ? ', the opening when no --from is given,' : '',
      reason: messageText(error.code, error.values),
      code: error.code,
      remedy: `${remedy}, or say what share stays a year: --retention ${rates}, say`,
    });
  }
}
