import { type Day, isoOf, MONTHS } from '../base/calendar.ts';
import type { Warning } from '../base/errors.ts';
import { AMOUNT_SCALE, exactText } from '../base/money.ts';
import type { Horizon } from '../base/units.ts';
import type { Population } from '../data/customers.ts';
import type { LoadResult } from '../reader/transactions.ts';
import type { GroupNote, ModelNote, SpendNote } from '../valuation/found.ts';
import type { Settings } from './settings.ts';

/** The first or last date is suspect when it lies more than so many days from the next, and so many times the widest other gap. */
const LONELY = { days: 14, times: 3 };
/** First purchases pile up when the first 28 days have so many times those of an average 28 days of the next 56. */
const PILE = 3;
/** Most names that a warning gives. */
const LISTED = 10;
/** Repeat purchases in a month, of all years together, that tell how customers buy in it. */
const FEW_REPEATS = 30;
/** Correlations beyond this are worth a word. */
const CORRELATED = 0.2;

/** Findings that make the figures less trustworthy, without making them wrong (definitions: Input). Known before any fit. */
export function populationWarnings(
  population: Population,
  read: Pick<LoadResult, 'rejects' | 'totals' | 'accounts' | 'leftOut' | 'idleZone' | 'inBook'>,
  { asOf, digits, segmentFrom, rejects }: Pick<Settings, 'asOf' | 'digits' | 'segmentFrom' | 'rejects'>,
): readonly Warning[] {
  const { valued, days, earlyFirst, nextFirst, segmentChanged, notPositive, costsLeft } = population;
  const percent = (part: number): string => `${((100 * part) / valued.customers).toFixed(1)} %`;
  const found: Warning[] = [];
  const [reject] = read.rejects.samples;
  if (reject) {
    const apart = read.accounts.reduce((sum, { records }) => sum + records, 0);
    const values = { rejected: read.rejects.total, records: read.totals.records + apart + read.rejects.total };
    const list = read.inBook ? 'list them with clv ledger replace … --rejects FILE' : 'list them with --rejects FILE';
    const remedy = rejects === undefined ? list : `look at all of them in ${rejects}`;
    found.push({ code: 'W306', values: { ...values, file: reject.place.file, line: reject.place.line ?? 0, remedy } });
  }
  for (const { kind, folder, names } of read.leftOut) {
    const how = kind === 'workbook' ? 'choose one with --sheet, or save each as a file' : 'name them one by one';
    found.push({ code: 'W335', values: { kind, folder, names: firstOf(names), how } });
  }
  if (read.idleZone !== null) found.push({ code: 'W315', values: { zone: read.idleZone } });
  const { first, last } = lonelyDays(days);
  if (first) found.push({ code: 'W309', values: { first: isoOf(days[0]!), gap: first } });
  if (last && asOf === null) found.push({ code: 'W301', values: { last: isoOf(days.at(-1)!), gap: last } });
  if (asOf !== null) found.push(...lateWarnings(asOf, days));
  if (earlyFirst > (PILE * nextFirst) / 2 && nextFirst > 0) {
    found.push({ code: 'W302', values: { share: percent(earlyFirst), days: 28 } });
  }
  if (segmentChanged > 0) {
    const values = { count: segmentChanged, customers: valued.customers, share: percent(segmentChanged) };
    found.push({ code: 'W303', values: { ...values, from: segmentFrom } });
  }
  if (notPositive > 0) found.push({ code: 'W304', values: { count: notPositive } });
  if (costsLeft !== 0n) found.push({ code: 'W354', values: { amount: exactText(costsLeft, AMOUNT_SCALE, digits) } });
  return found;
}

/** The first few names, and a sign that there are more. */
export function firstOf(names: readonly (string | number)[]): string {
  return names.slice(0, LISTED).join(', ') + (names.length > LISTED ? ' …' : '');
}

/** Days from a suspect first or last day to the next, among the sorted days that have a transaction. */
function lonelyDays(days: readonly Day[]): { first: number | null; last: number | null } {
  const gaps = gapsOf(days);
  const lonely = (gap: number | undefined, others: readonly number[]): number | null =>
    gap !== undefined && others.length > 0 && isWide(gap, others) ? gap : null;
  return { first: lonely(gaps[0], gaps.slice(1)), last: lonely(gaps.at(-1), gaps.slice(0, -1)) };
}

function gapsOf(days: readonly Day[]): readonly number[] {
  return days.slice(1).map((day, i) => day - days[i]!);
}

function isWide(gap: number, others: readonly number[]): boolean {
  const widest = others.reduce((most, other) => Math.max(most, other), 0);
  return gap > Math.max(LONELY.days, LONELY.times * widest);
}

/** W311 for a date so long after the last transaction that the data rather end there. */
function lateWarnings(date: Day, days: readonly Day[]): readonly Warning[] {
  const [last, gap] = [days.at(-1)!, date - days.at(-1)!];
  if (!isWide(gap, gapsOf(days))) return [];
  return [{ code: 'W311', values: { date: isoOf(date), last: isoOf(last), gap } }];
}

/** What the fitted models take for granted although it does not hold, and what was valued in place of what was asked for. */
export function modelWarnings(
  groups: readonly Pick<GroupNote, 'name' | 'pooled' | 'model' | 'spend'>[],
  { horizon, spendChosen, spendFrom, spend }: Pick<Settings, 'horizon' | 'spendChosen' | 'spendFrom' | 'spend'>,
  taken: Horizon,
): readonly Warning[] {
  // Groups too small for models of their own share one, which is told once and of no group.
  const pooled = groups.filter((group) => group.pooled).slice(0, 1);
  const limits = [...groups.filter((group) => !group.pooled), ...pooled.map((one) => ({ ...one, name: [] }))].flatMap(
    ({ name, model, spend }) => [model, spend].flatMap((one) => limitWarnings({ name, model: one })),
  );
  return [
    ...limits,
    ...horizonWarnings(horizon, taken),
    ...(spendChosen ? meanWarnings(spend.fillsMeans, spendFrom) : []),
    ...groups.flatMap(spendWarnings),
    ...seasonWarnings({ name: [], model: groups[0]!.model }),
  ];
}

/** What was valued at the opening of a statement in place of what was asked for. */
export function openingWarnings(groups: readonly Pick<GroupNote, 'name' | 'pooled' | 'model'>[]): readonly Warning[] {
  const [{ model }] = groups as readonly [GroupNote];
  const own = groups.filter(({ pooled }) => !pooled);
  return [
    ...own.flatMap(({ name, model }) => limitWarnings({ name: ['the opening', ...name], model })),
    ...seasonWarnings({ name: ['the opening'], model }),
  ];
}

/** W316 for months of which too little was seen. */
export function seasonWarnings({
  name,
  model: { season },
}: {
  readonly name: readonly string[];
  readonly model: Pick<ModelNote, 'season'>;
}): readonly Warning[] {
  if (!season?.learned) return [];
  const { repeats, whole } = season.learned;
  const few = MONTHS.filter((_, m) => repeats[m]! < FEW_REPEATS || whole[m] === 0);
  if (few.length === 0) return [];
  return [{ code: 'W316', values: { months: few.join(', '), where: whereOf(name), least: FEW_REPEATS } }];
}

/** W313 where a limit of the model that was asked for is what values. */
export function limitWarnings({
  name,
  model: { limit, name: taken },
}: {
  readonly name: readonly string[];
  readonly model: Pick<ModelNote, 'name' | 'limit'>;
}): readonly Warning[] {
  if (!limit) return [];
  return [{ code: 'W313', values: { model: limit.of, takes: limit.takes, limit: taken, where: whereOf(name) } }];
}

/** W330 where what was to be taken has no finite mean. */
function meanWarnings(own: boolean, from: Settings['spendFrom']): readonly Warning[] {
  if (!own && from === 'all') return [];
  const values = own
    ? {
        by: 'by all of their purchases and by the repeat ones',
        taken: "each customer's own mean of all is taken",
        options: '--spend mean',
      }
    : {
        by: 'by all of their purchases',
        taken: 'repeat purchases are taken',
        options: '--spend-from repeat, or --spend mean',
      };
  return [{ code: 'W330', values }];
}

function horizonWarnings(asked: Horizon, taken: Horizon): readonly Warning[] {
  return asked.days === taken.days ? [] : [{ code: 'W314', values: { horizon: taken.text } }];
}

/** W305 where frequency and spend are correlated. */
export function spendWarnings({
  name,
  spend: { correlation },
}: {
  readonly name: readonly string[];
  readonly spend: Pick<SpendNote, 'correlation'>;
}): readonly Warning[] {
  if (Math.abs(correlation ?? 0) <= CORRELATED) return [];
  return [{ code: 'W305', values: { correlation: correlation!.toFixed(3), where: whereOf(name) } }];
}

function whereOf(group: readonly string[]): string {
  return group.length === 0 ? '' : ` in ${group.join(' · ')}`;
}
