import type { Day } from '../base/calendar.ts';
import { minorDigits } from '../base/currencies.ts';
import type { Decimal } from '../base/decimal.ts';
import { ClvError } from '../base/errors.ts';
import { variant } from '../base/message-text.ts';
import { AMOUNT_SCALE } from '../base/money.ts';
import { DEFAULT_HORIZON, parseHorizon } from '../base/units.ts';
import { OPPORTUNITIES, type Opportunity } from '../data/opportunity.ts';
import type { SpendFrom } from '../data/states.ts';
import type { SegmentFrom } from '../data/transactions.ts';
import type { BuyingModel } from '../models/model.ts';
import { auto, BUYING_MODELS, buyingModel, OCCASION_MODELS } from '../models/registry.ts';
import { MOST_REGULAR } from '../models/regularity.ts';
import { gammaGamma } from '../models/spend/gamma-gamma.ts';
import { SPEND_MODELS, spendModel } from '../models/spend/spend.ts';
import { CALENDARS } from '../reader/dates/calendars.ts';
import type { ReadOptions } from '../reader/transactions.ts';
import { FORMATS } from '../reporter/registry.ts';
import type { ModelErrorKind, SeasonKind, Valuing } from '../valuation/valuing.ts';
import {
  asIs,
  choice,
  conditions,
  day,
  delimiter,
  optionError,
  rate,
  rejects,
  unknownName,
  where,
  whole,
} from './option-values.ts';
import { type Writing, writingOf } from './output/writing.ts';
import type { SegmentOptions } from './segment-columns.ts';
import type { ModelErrorOption, ReadingOptions, ValuationOptions } from './shared-options.ts';

/** What was typed of the shared options, as built values, and what is in the file of parameters once it is read: nothing below this line sees an option's text. */
export interface Settings extends Valuing, Writing {
  readonly read: Omit<ReadOptions, 'scratch' | 'onReject' | 'onLeft' | 'onRead' | 'signal'>;
  readonly rejects: string | undefined;
  /** File of the records that are no transactions. */
  readonly leftOut: string | undefined;
  readonly margin: Decimal | null;
  readonly margins: string | undefined;
  readonly costs: string | undefined;
  readonly asOf: Day | null;
  /** What was typed of --season. */
  readonly askedSeason: SeasonKind | undefined;
  /** File of parameters to value by instead of fitting. */
  readonly useModel: string | undefined;
  readonly segmentFrom: SegmentFrom;
  readonly currency: string | null;
}

/**
 * @param formats those that the command can write
 * @throws ClvError E101 with the option, its value and what would do; E107, E112, E115, E116
 */
export function settingsOf(options: ValuationOptions & SegmentOptions & ModelErrorOption, formats = FORMATS): Settings {
  const discountRate = rate('--discount-rate', options.discountRate, 'discount');
  const horizon =
    options.horizon === undefined
      ? DEFAULT_HORIZON
      : (parseHorizon(options.horizon) ?? optionError('--horizon', options.horizon, 'no horizon'));
  const currency = options.currency?.toUpperCase() ?? null;
  const opportunity = opportunityOf(options.opportunity);
  return {
    read: readOptions(options),
    rejects: options.rejects,
    leftOut: options.leftOut,
    margin: options.margin === undefined ? null : rate('--margin', options.margin, 'margin'),
    margins: options.margins,
    costs: options.costs,
    asOf: options.asOf === undefined ? null : day('--as-of', options.asOf),
    discountRate,
    horizon,
    model: withRegularity(modelOf(options.model, opportunity), options.regularity),
    opportunity,
    spend:
      spendModel(options.spend ?? gammaGamma.name) ??
      unknownName(
        '--spend',
        options.spend!,
        'no model',
        SPEND_MODELS.map((model) => model.name),
      ),
    useModel: options.useModel,
    modelError: modelErrorOf(options.modelError ?? 'auto'),
    askedSeason: options.season as SeasonKind | undefined,
    season: seasonOf(options.season ?? 'auto', opportunity),
    saved: null,
    spendFrom: spendFromOf(options.spendFrom, options.useModel),
    spendChosen: [options.spend, options.spendFrom, options.useModel].every((given) => given === undefined),
    segmentFrom: segmentFromOf(options),
    currency,
    digits: currency === null ? 2 : digitsOf(currency),
    ...writingOf(options, formats),
  };
}

/** Published parameters of spend are those of repeat purchases: a file of parameters that does not say has them. E101. */
export function spendFromOf(text: string | undefined, file: string | undefined): SpendFrom {
  return choice('--spend-from', text ?? (file === undefined ? 'all' : 'repeat'), ['repeat', 'all']);
}

/** E122: occasions are counted on the calendar already. */
function seasonOf(text: string, opportunity: Opportunity | null): SeasonKind {
  const kind = choice('--season', text, ['auto', 'month', 'none']);
  if (opportunity === null || kind === 'none') return kind;
  if (kind === 'auto') return 'none';
  throw new ClvError('E122', { option: '--season month', ...variant('E122', 'clock of occasions') });
}

function modelErrorOf(text: string): ModelErrorKind {
  return text === 'auto' || text === 'none' ? text : rate('--model-error', text, 'error').toNumber();
}

function opportunityOf(text: string | undefined): Opportunity | null {
  if (text === undefined) return null;
  const choices = OPPORTUNITIES.map((one) => one.text).join(' ');
  return (
    OPPORTUNITIES.find((one) => one.text === text) ??
    optionError('--opportunity', text, 'unknown', { choices, hint: '' })
  );
}

/** E112 where a model and --opportunity do not go together. */
function modelOf(name: string, opportunity: Opportunity | null): BuyingModel {
  const occasions = OCCASION_MODELS.find((model) => model.name === name);
  if (occasions && !opportunity) throw new ClvError('E112', { option: `--model ${name}`, other: '--opportunity' });
  if (occasions && opportunity) return occasions.of(opportunity.days, opportunity.text);
  if (opportunity) throw new ClvError('E112', { option: '--opportunity', other: '--model bg-bb' });
  const names = [...BUYING_MODELS, ...OCCASION_MODELS, { name: 'auto' }].map((model) => model.name);
  if (name === 'auto') return auto;
  return buyingModel(name) ?? unknownName('--model', name, 'no model', names);
}

/** The model with a k that is given instead of found. E101, E112 where the model has none. */
export function withRegularity(model: BuyingModel, text: string | undefined): BuyingModel {
  if (text === undefined) return model;
  const k = whole('--regularity', text, 1, MOST_REGULAR);
  if (model.ofRegularity) return model.ofRegularity(k);
  const names = BUYING_MODELS.filter(({ ofRegularity }) => ofRegularity).map(({ name }) => `--model ${name}`);
  throw new ClvError('E112', { option: '--regularity', other: names.join(' or ') });
}

/** How exports are read. E101, E111, E112. */
export function readOptions(options: ReadingOptions & CurrencyOption): Settings['read'] {
  const given = {
    customer: options.customer,
    date: options.date,
    amount: options.amount,
    delimiter: options.delimiter === undefined ? undefined : delimiter(options.delimiter),
    encoding: options.encoding,
    sheet: options.sheet,
    dateFormat: options.dateFormat,
    calendar: options.calendar === undefined ? undefined : choice('--calendar', options.calendar, CALENDARS),
    decimalMark:
      options.decimalMark === undefined ? undefined : choice('--decimal-mark', options.decimalMark, ['.', ',']),
    timezone: options.timezone,
    roundAmounts:
      options.roundAmounts === undefined ? undefined : whole('--round-amounts', options.roundAmounts, 0, AMOUNT_SCALE),
    maxRejects: options.maxRejects === undefined ? undefined : rejects(options.maxRejects),
    ...describedBy(options),
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

type CurrencyOption = Pick<ValuationOptions, 'currency'>;

/** What the options say of the rows. E112. */
function describedBy(options: ReadingOptions & CurrencyOption) {
  const { order, lines, onlyCurrency, rates, stopAt } = options;
  if (onlyCurrency !== undefined && rates !== undefined)
    throw new ClvError('E111', { option: '--only-currency', other: '--rates' });
  const end = stopAt === undefined ? undefined : where('--stop-at', stopAt);
  if (end?.not) optionError('--stop-at', stopAt!, 'no end');
  return {
    layout: options.layout,
    where: options.where.length === 0 ? undefined : options.where.map((text) => where('--where', text)),
    minus: conditions('--minus', options.minus),
    zero: conditions('--zero', options.zero),
    net: options.net,
    order,
    lines: lines === undefined ? undefined : choice('--lines', lines, ['parts', 'total']),
    currencyColumn: options.currencyColumn,
    onlyCurrency: onlyCurrency?.toUpperCase(),
    rates: rates === undefined ? undefined : { file: rates, base: options.currency?.toUpperCase() ?? null },
    once: options.once,
    alias: options.alias,
    foldEmail: options.foldEmail,
    foldIds: options.foldIds,
    fillDown: options.fillDown,
    stopAt: end && { column: end.column, values: end.values },
    asIs: options.asIs === undefined ? undefined : asIs(options.asIs),
  };
}

/** Decimals of the minor unit of a currency. E101. */
export function digitsOf(currency: string): number {
  const digits = minorDigits(currency);
  if (digits === null) optionError('--currency', currency, 'no minor unit');
  return digits ?? optionError('--currency', currency, 'no currency');
}

/** Which transaction tells the segment. E101, and E112 where nothing is segmented. */
function segmentFromOf({ by, segmentFrom }: SegmentOptions): SegmentFrom {
  if (segmentFrom === undefined) return 'last';
  const from = choice('--segment-from', segmentFrom, ['first', 'last']);
  if (by === undefined) throw new ClvError('E112', { option: '--segment-from', other: '--by' });
  return from;
}
