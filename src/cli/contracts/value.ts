import type { Warning } from '../../base/errors.ts';
import { ClvError } from '../../base/errors.ts';
import { shellWord } from '../../base/shell.ts';
import type { Contracts } from '../../data/contracts.ts';
import type { Population } from '../../data/customers.ts';
import type { TableSource } from '../../data/inputs.ts';
import type { SubscriptionAsOf } from '../../data/subscriptions/terms.ts';
import { fitName, type LengthNote, oneRateWarnings } from '../../report/contracts.ts';
import { percentText } from '../../report/methodology.ts';
import { type ContractsValuation, type FitWords, valueByFit } from '../../valuation/contracts/by-fit.ts';
import type { ContractReading } from '../../valuation/contracts/subscribers.ts';
import { readSubscriptions } from '../../valuation/contracts/subscriptions.ts';
import type { Session } from '../session.ts';
import type { Settings } from '../settings.ts';
import { limitWarnings, populationWarnings } from '../warnings.ts';
import { type LengthsOfPlans, lengthNotes, planLengths, unusedPlans } from './plan-lengths.ts';
import { readRates } from './rates.ts';
import {
  checkPace,
  contractReading,
  nextPrices,
  type PaymentsAsked,
  paymentWarnings,
  priceBookOf,
  priceWarnings,
} from './reading.ts';
import { serviceIn } from './service.ts';
import { checkRetention, type GivenRetention, isOne, settingsByFit, type TypedContract } from './terms.ts';

/** Subscriptions as of the valuation date with what they are worth. */
export interface ValuedSubscriptions {
  readonly population: Population;
  readonly contracts: Contracts;
  readonly reading: ContractReading;
  readonly valuation: ContractsValuation;
  readonly lengths: readonly LengthNote[];
  /** The files of rates by segment and of prices, where they are given. */
  readonly tables: readonly TableSource[];
  readonly warnings: readonly Warning[];
}

/** Subscriptions as of the valuation date, and how each fit of them is valued. */
export interface ReadSubscriptions extends Omit<ValuedSubscriptions, 'valuation'> {
  readonly value: () => ContractsValuation;
}

/** What else is asked of it. */
interface HowValued {
  readonly retentionFile?: string | undefined;
  /** What is looked at once customers are rolled up, before time goes into a fit. */
  readonly before?: (population: Population) => void | Promise<void>;
  /** Sees the subscriptions of each customer, in the order of the ids. */
  readonly watch?: (subscriptions: readonly SubscriptionAsOf[]) => void;
}

/** Payments → terms → fit → value. @throws ClvError E256, E302, E303, E311–E323, E327 and those of the tables */
export async function valueSubscriptions(
  session: Session,
  settings: Settings,
  typed: TypedContract,
  asked: PaymentsAsked,
  how: HowValued = {},
): Promise<ValuedSubscriptions> {
  const { value, ...found } = await subscriptionsToValue(session, settings, typed, asked, how);
  const valuation = value();
  const warnings = [...found.warnings, ...fitWarnings(valuation)];
  session.notes.warnings(warnings);
  return { ...found, valuation, warnings };
}

/** Payments → terms. @throws ClvError E315–E320 and those of the tables; where they are valued E256, E302, E303, E311–E314, E322 */
export async function subscriptionsToValue(
  { ledger, read, pricing, notes, known }: Session,
  settings: Settings,
  typed: TypedContract,
  asked: PaymentsAsked,
  { retentionFile, before, watch }: HowValued = {},
): Promise<ReadSubscriptions> {
  const table = await readRates(retentionFile, pricing.by);
  const priced = await priceBookOf(asked, settings);
  notes.stage('rolling up customers');
  const population = await ledger.rollUp({ asOf: settings.asOf, spendFrom: 'all', fillMeans: false });
  await before?.(population);
  notes.stage('reading payments as terms');
  const service = serviceIn(asked, pricing, read, settings.digits);
  const plans = await planLengths({ ledger, notes }, asked, population.asOf, service);
  const next = nextPrices(priced, settings);
  const reading = contractReading(asked, plans, service, next);
  const contracts = await readSubscriptions(ledger, reading, population.asOf, watch);
  checkPace(contracts, asked);
  next?.check();
  checkRetention(typed.retention, contracts.cells.fits, plans.plansOf);
  const settingsOf = settingsByFit(typed, plans.plansOf, settings, table);
  const value = (): ContractsValuation => {
    notes.stage('fitting the models');
    if (contracts.cells.fits.length === 0) throw new ClvError('E309');
    return valueByFit(contracts.cells, settingsOf, fitWords(typed.retention, plans));
  };
  const warnings = [
    ...known,
    ...populationWarnings({ ...population, notPositive: 0 }, read, settings),
    ...unusedPlans(asked, plans.known),
    ...paymentWarnings(contracts),
    ...priceWarnings(next),
  ];
  const tables = [table, priced].flatMap((one) => (one ? [one.source] : []));
  return { population, contracts, reading, value, lengths: lengthNotes(contracts, asked, plans), tables, warnings };
}

/** Most plans that an error names. */
const NAMED = 5;

/** The length of a fit with its plans, and the rates as given with one more for it: of its plan, or of its length. */
function fitWords(given: GivenRetention | null, { plansOf }: LengthsOfPlans): FitWords {
  return (fit) => {
    const plans = plansOf(fit.length.text);
    const named = plans.slice(0, NAMED).join(', ') + (plans.length > NAMED ? ' …' : '');
    const [only = ''] = plans.length === 1 && !/[,=]/.test(plans[0]!) ? plans : [];
    const known = given === null || isOne(given) ? [] : [...given].map(([of, rate]) => `${of}=${percentText(rate)}`);
    return {
      name: named === '' ? fitName(fit) : `${named} of ${fitName(fit)}`,
      retention: shellWord([...known, `${only || fit.length.text}=80%`].join(',')),
    };
  };
}

/** W313 a limit of the model that was asked for, W321 one rate for all, of each fit. */
export function fitWarnings({ fits }: ContractsValuation): readonly Warning[] {
  return fits.flatMap(({ fit, settings, valuation: { fitted, oneRate } }) => {
    const name = fits.length > 1 ? [fitName(fit)] : [];
    const { model, limit } = fitted;
    return [...limitWarnings({ name, model: { name: model.name, limit } }), ...oneRateWarnings(oneRate, settings)];
  });
}
