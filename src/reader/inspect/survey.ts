import type { Amounts } from '../amounts/amounts.ts';
import { plainName } from '../columns.ts';
import type { Reading } from '../layouts/bind.ts';
import { isOurs } from '../layouts/library.ts';
import { isCurrencyColumn, isFlagColumn, isNothing, isRefundColumn, isStatusColumn } from '../rows/words.ts';
import { shown } from '../text/places.ts';

/** Records and money (10^-4). */
export interface Tally {
  records: number;
  amount: bigint;
}

/** Columns of the projected record whose values are told with their records and money. */
export interface SurveyPlan {
  readonly values: readonly number[];
  readonly refunds: readonly number[];
}

export const NO_SURVEY: SurveyPlan = { values: [], refunds: [] };

/** Columns that are called status or currency, or that a rule asks; and those that tell what was given back. */
export function surveyPlanOf({ rules, minus, zero, currency, layout }: Reading, header: readonly string[]): SurveyPlan {
  const names = header.map(plainName);
  const called = (test: (name: string) => boolean): readonly number[] =>
    names.flatMap((name, column) => (test(name) ? [column] : []));
  const asked = [
    ...rules.map(({ column }) => column),
    ...[...minus, ...zero].flatMap((one) => one.map(({ column }) => column)),
    ...currency,
  ];
  const values = new Set([
    ...called(isStatusColumn),
    ...(isOurs(layout) ? [] : called(isFlagColumn)),
    ...called(isCurrencyColumn),
    ...asked,
  ]);
  return {
    values: [...values].sort((a, b) => a - b),
    refunds: called(isRefundColumn).filter((column) => !values.has(column)),
  };
}

/** Distinct values of a column that are told apart; records with any other are counted together. */
const MOST_VALUES = 500;
/** A flag has fewer texts. */
const FEW_TEXTS = 5;

/** What the columns that decide about money hold, over every record but continuation lines, whether it counts or not. */
export class Survey {
  readonly values: ReadonlyMap<number, Map<string, Tally>>;
  /** Records with a value beyond those that are told apart, by column. */
  readonly others = new Map<number, Tally>();
  /** Cells that say that something was given back, by column. */
  readonly refunds: ReadonlyMap<number, Tally>;
  /** The first few texts of these that differ. */
  readonly refundTexts: ReadonlyMap<number, Set<string>>;
  /** Records whose amount is below zero. */
  readonly negative: Tally = { records: 0, amount: 0n };
  readonly #amounts: Amounts;

  /** @param amounts reads the cells of refund columns */
  constructor(plan: SurveyPlan, amounts: Amounts) {
    this.values = new Map(plan.values.map((column) => [column, new Map()]));
    this.refunds = new Map(plan.refunds.map((column) => [column, { records: 0, amount: 0n }]));
    this.refundTexts = new Map(plan.refunds.map((column) => [column, new Set()]));
    this.#amounts = amounts;
  }

  see(row: readonly string[], units: bigint): void {
    if (units < 0n) add(this.negative, units);
    for (const [column, values] of this.values) {
      const text = shown(row[column]!.trim());
      const seen = values.get(text);
      if (seen) add(seen, units);
      else if (values.size < MOST_VALUES) values.set(text, { records: 1, amount: units });
      else add(this.#other(column), units);
    }
    for (const [column, tally] of this.refunds) {
      const text = row[column]!.trim();
      if (isNothing(text)) continue;
      const texts = this.refundTexts.get(column)!;
      if (texts.size < FEW_TEXTS) texts.add(text);
      const given = this.#amounts.read(text);
      add(tally, typeof given === 'bigint' ? given : 0n);
    }
  }

  #other(column: number): Tally {
    const found = this.others.get(column) ?? { records: 0, amount: 0n };
    this.others.set(column, found);
    return found;
  }
}

function add(tally: Tally, units: bigint): void {
  tally.records++;
  tally.amount += units;
}
