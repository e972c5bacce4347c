import { type Day, isoOf } from '../base/calendar.ts';
import type { CustomerBlock, Population, Totals } from '../base/customers.ts';
import { Decimal } from '../base/decimal.ts';
import { AMOUNT_SCALE, exactText, grouped, halfEvenUnits, MARGIN_SCALE, rescale, unitsText } from '../base/money.ts';
import { Exact, type Fact, type Json, type Report, type View } from '../base/report.ts';
import { customersSection, FIGURE_DIGITS } from './customers.ts';
import { type Intervals, intervalText, predictionText, segmentIntervals } from './intervals.ts';
import { segmentsSection, sumOf } from './segments.ts';

/** What a fitted model says of itself. */
export interface ModelNote {
  readonly name: string;
  readonly parameterNames: readonly string[];
  readonly parameters: readonly number[];
  /** Null for parameters that came without them. */
  readonly standardErrors: readonly number[] | null;
  readonly covariance: readonly (readonly number[])[] | null;
  readonly logLikelihood: number;
  readonly customers: number;
}

/** Everything a valuation found, ready to be reported. */
export interface Valuation {
  readonly assumptions: Assumptions;
  readonly input: { readonly files: readonly InputFile[]; readonly tables: readonly InputTable[] };
  readonly warnings: readonly { readonly code: string; readonly message: string }[];
  readonly population: Population;
  /** `source` is the file of parameters that were not fitted to these data. */
  readonly model: ModelNote & { readonly source: string | null };
  readonly spend: ModelNote & { readonly correlation: number | null };
  readonly expectedActive: number;
  readonly prospectValue: number;
  /** Null where none are asked for. */
  readonly intervals: Intervals | null;
  readonly totals: readonly Totals[];
  readonly customers: AsyncIterable<CustomerBlock>;
}

export interface Assumptions {
  readonly asOf: Day;
  /** ISO code, or null where the data do not say. */
  readonly currency: string | null;
  /** Decimals of its minor unit. */
  readonly digits: number;
  /** Exact decimal text of the annual effective rate, 0.1. */
  readonly discountRate: string;
  readonly horizon: string;
  /** In words: what was taken as margin. */
  readonly margin: string;
  readonly spendFrom: 'repeat' | 'all';
  readonly roundedAmounts: number | null;
  readonly by: readonly string[];
  /** Customers in the table on a terminal. */
  readonly top: number;
}

export interface InputFile {
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly records: number;
  readonly rejected: number;
  /** 10^-4. */
  readonly amount: bigint;
}

export interface InputTable {
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly records: number;
}

/** The report of `clv compute`: per-customer CLV, customer equity, segment share. */
export function computeReport(valuation: Valuation): Report {
  const { assumptions, totals } = valuation;
  const { by, digits } = assumptions;
  const { intervals } = valuation;
  const intervalOf = intervals && segmentIntervals(intervals);
  const interval = (total: Totals): string | null => intervalOf && intervalText(intervalOf(total.segment), digits);
  const segments = segmentsSection(totals, by, interval, digits);
  const counted = assumptions.spendFrom === 'all' ? 1 : 0;
  return {
    command: 'compute',
    document: [
      ['$schema', 'urn:clv:compute:1.0'],
      ['schema_version', '1.0'],
      ['command', 'compute'],
      ['methodology', methodology(assumptions)],
      ['input', inputBlock(valuation)],
      ['warnings', valuation.warnings.map(({ code, message }) => ({ code, message }))],
      ['model', modelBlock(valuation)],
      ['summary', summary(valuation)],
      ['segments', by.length > 0 ? segments : []],
      ['customers', customersSection(valuation.customers, by, counted, digits)],
    ],
    main: 'customers',
    views: views(valuation),
  };
}

function methodology(assumptions: Assumptions): Json {
  const { asOf, currency, discountRate, horizon } = assumptions;
  return {
    as_of: isoOf(asOf),
    currency,
    discount_rate_annual: new Exact(discountRate),
    horizon: horizonText(horizon),
    timing: 'continuous discounting from the as-of date at ln(1 + annual rate) per 365.25 days',
    ...marginNotes(assumptions),
    population: 'customers with a purchase on or before the as-of date',
    definition:
      'customer lifetime value: present value of the expected future margin of an existing customer from the as-of date on, ' +
      'excluding margin already earned and acquisition cost; customer equity: the sum of these, each rounded to the minor unit',
  };
}

/** What is taken as margin, and what was done to the amounts, for the methodology. */
export function marginNotes({
  margin,
  spendFrom,
  roundedAmounts,
}: Pick<Assumptions, 'margin' | 'spendFrom' | 'roundedAmounts'>): { readonly [key: string]: Json } {
  return {
    margin,
    spend_from: spendFrom === 'all' ? 'all purchases' : 'repeat purchases',
    refunds: 'reduce revenue and margin on their day; a day that nets below zero is not a purchase',
    amounts: roundedAmounts === null ? 'exact as given' : `rounded half-even to ${roundedAmounts} decimals`,
  };
}

function horizonText(horizon: string): string {
  return horizon === 'lifetime' ? horizon : `truncated at ${horizon}`;
}

/** The files read, and what became of their records and money. */
export function inputBlock({
  input,
  population,
  assumptions,
}: Pick<Valuation, 'input' | 'population'> & { readonly assumptions: Pick<Assumptions, 'digits'> }): Json {
  const { digits } = assumptions;
  const { valued, withoutPurchase, afterAsOf } = population;
  const part = ({ customers, records, amount }: typeof valued): Json => ({
    customers,
    records,
    amount: new Exact(exactText(amount, AMOUNT_SCALE, digits)),
  });
  return {
    files: input.files.map((file) => ({
      name: file.name,
      sha256: file.sha256,
      bytes: file.bytes,
      records: file.records,
      rejected: file.rejected,
      amount_total: new Exact(exactText(file.amount, AMOUNT_SCALE, digits)),
    })),
    tables: input.tables.map(({ name, sha256, bytes, records }) => ({ name, sha256, bytes, records })),
    reconciliation: {
      valued: part(valued),
      without_purchase: part(withoutPurchase),
      after_as_of: part(afterAsOf),
      total: {
        records: valued.records + withoutPurchase.records + afterAsOf.records,
        amount: new Exact(exactText(valued.amount + withoutPurchase.amount + afterAsOf.amount, AMOUNT_SCALE, digits)),
      },
    },
  };
}

/** The model of buying and that of spend (null where there is none), as `--use-model` reads them. */
export function modelBlock({
  model,
  spend,
}: Pick<Valuation, 'model'> & { readonly spend: Valuation['spend'] | null }): Json {
  return {
    name: model.name,
    time_unit: 'week',
    ...noteBlock(model),
    groups: null,
    source: model.source,
    spend: spend && {
      name: spend.name,
      ...noteBlock(spend),
      correlation: spend.correlation === null ? null : new Exact(spend.correlation.toFixed(FIGURE_DIGITS)),
    },
  };
}

/** What was fitted, and how well. */
export function noteBlock(fitted: ModelNote): { readonly [key: string]: Json } {
  return {
    parameters: named(fitted.parameterNames, fitted.parameters),
    standard_errors: fitted.standardErrors && named(fitted.parameterNames, fitted.standardErrors),
    log_likelihood: Number.isNaN(fitted.logLikelihood) ? null : new Exact(fitted.logLikelihood.toFixed(FIGURE_DIGITS)),
    customers: fitted.customers,
  };
}

function named(names: readonly string[], values: readonly number[]): Json {
  return Object.fromEntries(names.map((name, i) => [name, values[i]!]));
}

function summary(valuation: Valuation): Json {
  const { digits } = valuation.assumptions;
  const { intervals } = valuation;
  const whole = sumOf(valuation.totals);
  return {
    customers: whole.customers,
    expected_active: new Exact(valuation.expectedActive.toFixed(FIGURE_DIGITS)),
    revenue: new Exact(unitsText(rescale(whole.revenue, AMOUNT_SCALE, digits), digits)),
    margin: new Exact(unitsText(rescale(whole.margin, MARGIN_SCALE, digits), digits)),
    customer_equity: new Exact(unitsText(whole.clv, digits)),
    customer_equity_interval: pair(intervals && intervalText(intervals.equity.total, digits)),
    prediction_interval: pair(intervals && predictionText(whole.clv, intervals, digits)),
    prospect_value: new Exact(unitsText(halfEvenUnits(valuation.prospectValue, digits), digits)),
  };
}

/** An interval as JSON: [low, high]. */
function pair(interval: string | null): Json {
  return interval === null ? null : interval.split(' ').map((text) => new Exact(text));
}

function views(valuation: Valuation): readonly View[] {
  const { by, top } = valuation.assumptions;
  const segments: View = {
    type: 'section',
    title: `Segments by ${by.join(', ')}`,
    section: 'segments',
    columns: [
      ...by.map((name) => ({ name, heading: name })),
      { name: 'customers', heading: 'Customers' },
      { name: 'customer_share', heading: 'Share of customers' },
      { name: 'revenue', heading: 'Revenue' },
      { name: 'revenue_share', heading: 'Share of revenue' },
      { name: 'clv_mean', heading: 'Mean CLV' },
      { name: 'customer_equity', heading: 'Customer equity' },
      { name: 'equity_share', heading: 'Share of equity' },
    ],
  };
  return [
    { type: 'facts', title: 'Customer equity', facts: facts(valuation) },
    ...(by.length > 0 ? [segments] : []),
    {
      type: 'section',
      title: 'Customers with the highest CLV',
      section: 'customers',
      columns: [
        { name: 'customer_id', heading: 'Customer' },
        ...by.map((name) => ({ name, heading: name })),
        { name: 'purchases', heading: 'Purchases' },
        { name: 'last_purchase', heading: 'Last purchase' },
        { name: 'revenue', heading: 'Revenue' },
        { name: 'p_alive', heading: 'P(alive)' },
        { name: 'expected_margin_per_purchase', heading: 'Expected margin' },
        { name: 'dert', heading: 'DERT' },
        { name: 'clv', heading: 'CLV' },
      ],
      top,
      total: sumOf(valuation.totals).customers,
    },
  ];
}

function facts(valuation: Valuation): readonly Fact[] {
  const { assumptions, population, input } = valuation;
  const { digits, currency } = assumptions;
  const whole = sumOf(valuation.totals);
  const money = (units: bigint): string =>
    `${grouped(unitsText(units, digits))}${currency === null ? '' : ` ${currency}`}`;
  const count = (value: number): string => grouped(String(value));
  const { valued, withoutPurchase, afterAsOf } = population;
  const rejected = input.files.reduce((sum, file) => sum + file.rejected, 0);
  const records = input.files.reduce((sum, file) => sum + file.records, 0);
  return [
    { label: 'Customer equity', value: money(whole.clv) },
    ...intervalFacts(valuation),
    { label: 'Customers', value: count(whole.customers) },
    { label: 'Expected active', value: grouped(valuation.expectedActive.toFixed(1)) },
    { label: 'Sales (revenue)', value: money(rescale(whole.revenue, AMOUNT_SCALE, digits)) },
    { label: 'Margin', value: money(rescale(whole.margin, MARGIN_SCALE, digits)) },
    {
      label: 'Prospect value',
      value: `${money(BigInt(halfEvenUnits(valuation.prospectValue, digits)))} a new customer`,
    },
    { label: 'As of', value: isoOf(assumptions.asOf) },
    { label: 'Model', value: `${valuation.model.name}, ${valuation.spend.name}${parametersFrom(valuation)}` },
    { label: 'Discount rate', value: `${percent(assumptions.discountRate)} a year, effective` },
    { label: 'Horizon', value: horizonText(assumptions.horizon) },
    { label: 'Margin taken as', value: assumptions.margin },
    {
      label: 'Records',
      value:
        `${count(records)} read = ${count(valued.records)} valued + ${count(withoutPurchase.records)} of customers without purchase ` +
        `+ ${count(afterAsOf.records)} after the as-of date + ${count(rejected)} rejected`,
    },
    {
      label: 'Amounts',
      value: [
        grouped(exactText(valued.amount + withoutPurchase.amount + afterAsOf.amount, AMOUNT_SCALE, digits)),
        ' = ',
        [valued, withoutPurchase, afterAsOf]
          .map(({ amount }) => grouped(exactText(amount, AMOUNT_SCALE, digits)))
          .join(' + '),
      ].join(''),
    },
  ];
}

function parametersFrom({ model }: Valuation): string {
  return model.source === null ? '' : ` (parameters from ${model.source})`;
}

function intervalFacts({ intervals, totals, assumptions }: Valuation): readonly Fact[] {
  if (intervals === null) return [];
  const { digits } = assumptions;
  const equity = sumOf(totals).clv;
  const between = (text: string): string => text.split(' ').map(grouped).join(' to ');
  const prediction = predictionText(equity, intervals, digits);
  return [
    {
      label: '95% confidence interval',
      value: `${between(intervalText(intervals.equity.total, digits))} of the estimate`,
    },
    ...(prediction === null
      ? []
      : [{ label: '95% prediction interval', value: `${between(prediction)} of the outcome` }]),
  ];
}

function percent(rate: string): string {
  return `${new Decimal(rate).times(100).toFixed()}%`;
}
