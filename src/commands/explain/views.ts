import { isoOf } from '../../base/calendar.ts';
import { AMOUNT_SCALE, grouped, halfEvenUnits, MARGIN_SCALE, rescale, unitsText } from '../../base/money.ts';
import type { Fact, View } from '../../data/report.ts';
import { FIGURE_DIGITS } from '../../data/report.ts';
import { seasonFacts } from '../../report/basis.ts';
import { annualText, horizonText } from '../../report/methodology.ts';
import { flowsPicture } from './answer.ts';
import { totalsOf, withTotal } from './cash-flows.ts';
import type { Explanation } from './found.ts';

/** What a person reads: in plain words what the customer did and what is expected of it, the cash flows, their sum. */
export function explainViews(explanation: Explanation): readonly View[] {
  const { subject, flows, assumptions } = explanation;
  return [
    {
      type: 'facts',
      title: subject.id === null ? 'A customer in the state given' : `Customer ${subject.id}`,
      facts: facts(explanation),
    },
    {
      type: 'section',
      title: `Expected cash flows by ${flows.period.name}`,
      section: withTotal(totalsOf(flows, assumptions.digits), assumptions.asOf, assumptions.digits),
      columns: [
        { name: 'period', heading: 'Period' },
        ...(assumptions.asOf === null ? [] : [{ name: 'to', heading: 'Until' }]),
        { name: 'expected_purchases', heading: 'Expected purchases' },
        { name: 'expected_margin', heading: 'Expected margin' },
        { name: 'discount_factor', heading: 'Discount factor' },
        { name: 'present_value', heading: 'Present value' },
      ],
    },
    flowsPicture(totalsOf(flows, assumptions.digits), assumptions),
    { type: 'facts', title: 'How to read it', facts: readingFacts(explanation) },
  ];
}

function readingFacts({ flows }: Explanation): readonly Fact[] {
  const endless = !Number.isFinite(flows.until.at(-1)!.purchases);
  return [
    { label: 'Expected margin', value: 'expected purchases × margin per purchase' },
    { label: 'Discount factor', value: 'what a margin of 1 in the period is worth on the as-of date, on average' },
    { label: 'Present value', value: 'expected margin × discount factor; their sum is the customer lifetime value' },
    ...(endless
      ? [{ label: 'Thereafter', value: 'has no finite number of purchases in this model, but a finite present value' }]
      : []),
  ];
}

function facts(explanation: Explanation): readonly Fact[] {
  const { subject, flows, assumptions } = explanation;
  const { asOf, by } = assumptions;
  const segment = by.flatMap((name, i) =>
    subject.segment[i] === undefined ? [] : [[name, subject.segment[i]] as const],
  );
  return [
    { label: 'Customer lifetime value', value: money(explanation, flows.clv) },
    ...intervalFacts(explanation),
    ...segment.map(([label, value]) => ({ label, value })),
    { label: 'Bought', value: bought(explanation) },
    ...broughtFacts(explanation),
    { label: 'P(alive)', value: `${subject.pAlive.toFixed(FIGURE_DIGITS)}, the chance that it still is a customer` },
    { label: 'Margin per purchase', value: marginPerPurchase(explanation) },
    ...(asOf === null ? [] : [{ label: 'As of', value: isoOf(asOf) }]),
    { label: 'Model', value: modelText(explanation) },
    ...seasonFacts(explanation.group.model),
    { label: 'Discount rate', value: annualText(assumptions.discountRate) },
    { label: 'Horizon', value: horizonText(assumptions.horizon) },
    { label: 'Margin taken as', value: assumptions.margin },
  ];
}

/** What there is of the intervals, where they are asked for. */
function intervalFacts(explanation: Explanation): readonly Fact[] {
  const { intervals } = explanation.subject;
  if (intervals === null) return [];
  const between = (bounds: readonly [bigint, bigint] | null, of: string, none: string): string =>
    bounds === null ? none : `${bounds.map((bound) => money(explanation, bound)).join(' to ')} ${of}`;
  const sure = intervals.prediction === null ? NOT_HELD : 'none: the model file has no covariance of its parameters';
  return [
    {
      label: '95% confidence interval',
      value: between(intervals.confidence, 'of the estimate, parameters alone', sure),
    },
    {
      label: '95% prediction interval',
      value: between(intervals.prediction, 'of what the customer may bring', NOT_HELD),
    },
  ];
}

const NOT_HELD = 'none: the model of spend holds no mean margin of zero or less';

function modelText({ group, source, assumptions }: Explanation): string {
  const names = `${group.model.name}, ${group.spend.name}`;
  if (source !== null) return `${names} (parameters from ${source})`;
  if (assumptions.fitBy.length === 0) return names;
  const own = `those of ${assumptions.fitBy.join(', ')} ${group.name.join(' · ')}`;
  return `${names}, ${group.pooled ? `those of all customers: the group ${group.name.join(' · ')} is too small` : own}`;
}

function broughtFacts(explanation: Explanation): readonly Fact[] {
  const { subject, assumptions } = explanation;
  if (subject.revenue === null || subject.margin === null) return [];
  const revenue = money(explanation, rescale(subject.revenue, AMOUNT_SCALE, assumptions.digits));
  const margin = money(explanation, rescale(subject.margin, MARGIN_SCALE, assumptions.digits));
  return [{ label: 'Brought so far', value: `revenue ${revenue}, margin ${margin}` }];
}

/** 29 times, from … to …, the last time 4 days before the as-of date. */
export function bought({ subject }: Explanation): string {
  const { x, recency, age, firstPurchase, lastPurchase } = subject;
  const ago = age === recency ? 'on the as-of date' : `${count(age - recency, 'day')} before the as-of date`;
  const known = firstPurchase !== null && lastPurchase !== null;
  if (x === 0) return known ? `once, on ${isoOf(firstPurchase)}, ${ago}` : `once, ${ago}`;
  const times = x === 1 ? 'twice' : `${grouped(String(x + 1))} times`;
  const when = known ? `, from ${isoOf(firstPurchase)} to ${isoOf(lastPurchase)}` : ` within ${count(recency, 'day')}`;
  return `${times}${when}, the last time ${ago}`;
}

/** The expected margin per purchase, and what it is made of. */
function marginPerPurchase(explanation: Explanation): string {
  const { subject, spending, assumptions } = explanation;
  const { expected, purchases, weight, populationMean } = spending;
  if (subject.mean === null || purchases === 0) {
    const lacking = subject.id === null && subject.x > 0 ? 'no mean margin is given' : 'it has not bought again yet';
    return `${money(explanation, expected)} expected, the mean of ${others(explanation)}: ${lacking}`;
  }
  const kind = assumptions.spendFrom === 'all' ? 'purchase' : 'repeat purchase';
  const own = `${money(explanation, subject.mean)}, its own mean of ${count(purchases, kind)}`;
  if (weight === 1) return own;
  const tenths = Math.round(weight * 1000);
  const share = (parts: number): string => `${unitsText(parts, 1)}%`;
  const rest = `${share(1000 - tenths)} of ${money(explanation, populationMean)}, the mean of ${others(explanation)}`;
  return `${money(explanation, expected)} expected = ${share(tenths)} of ${own}, + ${rest}`;
}

/** The customers whose mean counts where the customer's own does not, in words. */
function others({ spending, assumptions, group }: Explanation): string {
  if (spending.otherwise === 'segment' && assumptions.by.length > 0) return 'its segment';
  return assumptions.fitBy.length > 0 && !group.pooled ? 'its group' : 'all customers';
}

function count(number: number, noun: string): string {
  return `${grouped(String(number))} ${noun}${number === 1 ? '' : 's'}`;
}

function money({ assumptions }: Explanation, amount: bigint | number): string {
  const { digits, currency } = assumptions;
  const units = typeof amount === 'bigint' ? amount : halfEvenUnits(amount, digits);
  return `${grouped(unitsText(units, digits))}${currency === null ? '' : ` ${currency}`}`;
}
