import { isoOf } from '../../../base/calendar.ts';
import { ClvError } from '../../../base/errors.ts';
import type { Contracts } from '../../../data/contracts.ts';
import type { Population } from '../../../data/customers.ts';
import { holdoutPeriods } from '../../../engine/contracts/holdout.ts';
import type { Ledger } from '../../../ledger/ledger.ts';
import { readCustomerPayments } from '../../../ledger/steps/subscriptions/payments.ts';
import type { SurvivalModel } from '../../../models/contracts/survival.ts';
import { contractOrigins, modelErrorBy } from '../../contracts/model-error.ts';
import type { ContractReading } from '../../contracts/subscribers.ts';
import { readRenewals, readSubscriptions } from '../../contracts/subscriptions.ts';
import type { ModelErrorKind, Say } from '../../valuing.ts';
import { atOrigins, type HeldOut } from '../rolling.ts';
import { backtestsByLength, type ModelErrorOf, type SummedBacktest, together } from './by-length.ts';
import { type ContractScore, contractScoreOf, isContractScored, sum } from './scores.ts';

/** How payments are read at every origin. */
export interface ReadingAtOrigins {
  readonly reading: ContractReading;
  /** Refuses payments that do not fit their lengths. */
  readonly check: (contracts: Contracts) => void;
  /** What the error of the models is: given, none, or learned from what came before each origin. */
  readonly modelError: ModelErrorKind;
}

/** What models of contracts did at every origin, and all that is known of them at the last. */
export interface ContractsAtOrigins {
  /** Every model at every origin, in the order of both. */
  readonly scores: readonly ContractScore[];
  readonly backtest: SummedBacktest;
  readonly contracts: Contracts;
  readonly population: Population;
}

/**
 * Reads the payments up to each origin as subscriptions, fits every model to those, and predicts what the ones running do after
 * it. The ledger is left as of the last origin.
 * @param origins one or more, the earliest first
 * @throws ClvError the first failure at the last origin where no model fits at any; E323 nothing decided in a holdout
 */
export async function contractsAtOrigins(
  ledger: Ledger,
  { reading, check, modelError: kind }: ReadingAtOrigins,
  models: readonly SurvivalModel[],
  origins: readonly HeldOut[],
  say: Say = () => {},
): Promise<ContractsAtOrigins> {
  const tried = await atOrigins(origins, async (heldOut, which) => {
    const { asOf, until } = heldOut;
    const sayHere: Say = (stage) =>
      say(origins.length === 1 ? stage : `origin ${which + 1} of ${origins.length}: ${stage}`);
    sayHere('rolling up customers');
    const population = await ledger.rollUp({ asOf, spendFrom: 'all', fillMeans: false });
    sayHere('looking at the holdout');
    const holdouts = await readRenewals(ledger, reading, asOf, until);
    sayHere('reading payments as terms');
    const contracts = await readSubscriptions(ledger, reading, asOf);
    check(contracts);
    const { alive, tenure, count } = contracts.cells;
    const running = sum(count.map((n, i) => (alive[i] && tenure[i]! > 0 ? n : 0)));
    const all = [...holdouts.values()].map(({ outcomes }) => outcomes);
    checkRunning(
      running,
      all.reduce((customers, outcomes) => customers + sum(outcomes.count), 0),
    );
    if (all.every((outcomes) => holdoutPeriods(outcomes) === 0)) {
      throw new ClvError('E323', { customers: running, from: isoOf(asOf + 1), to: isoOf(until) });
    }
    sayHere('fitting the models');
    const { loaded } = ledger;
    const how = { kind, saved: null };
    const log = {
      ...{ terms: reading.terms, first: loaded.days[0] ?? asOf, asOf },
      payments: () => readCustomerPayments(loaded, asOf),
    };
    const earlier = await contractOrigins(log, how);
    const { cells } = contracts;
    const modelErrorOf: ModelErrorOf = (model, lengths) => {
      const fits = cells.fits.filter(({ length }) => lengths.includes(length.text));
      return modelErrorBy(
        earlier,
        fits.map((fit) => ({ fit, settings: { model } })),
        how,
      );
    };
    const backtest = together(models, backtestsByLength(models, cells, holdouts, modelErrorOf), modelErrorOf);
    const scores = backtest.trials.map((trial) => contractScoreOf(trial, backtest.happened, heldOut));
    return { scores, backtest, contracts, population };
  });
  const { backtest, contracts, population } = tried.at(-1)!;
  const scores = tried.flatMap((one) => one.scores);
  if (backtest.failure && !scores.some(({ scored }) => isContractScored(scored))) throw backtest.failure;
  return { scores, backtest, contracts, population };
}

/** E501: those whose holdout is known are those who were running. */
function checkRunning(reader: number, ledger: number): void {
  if (reader === ledger) return;
  throw new ClvError('E501', { reader: String(reader), ledger: String(ledger), what: 'subscribers' });
}
