import { AMOUNT_INTEGER_DIGITS, AMOUNT_SCALE, halfEvenQuotient } from '../base/money.ts';
import type { AmountProblem, Amounts } from './amounts.ts';
import type { Expression } from './layouts/expression.ts';

/** Why a row has no amount, and the column that is to blame. */
export interface MoneyFault {
  readonly code: AmountProblem;
  readonly column: number;
}

export function isFault(money: bigint | MoneyFault): money is MoneyFault {
  return typeof money !== 'bigint';
}

const UNIT = 10n ** BigInt(AMOUNT_SCALE);
const LIMIT = 10n ** BigInt(AMOUNT_INTEGER_DIGITS + AMOUNT_SCALE);

/** The amount of a row: an expression over its cells, exact, in units of 10^-4. */
export class Money {
  readonly #expression: Expression;
  readonly #amounts: Amounts;
  readonly #blanks = new Map<number, number>();

  constructor(expression: Expression, amounts: Amounts) {
    this.#expression = expression;
    this.#amounts = amounts;
  }

  /** Blank cells that counted as nothing, by column: those of terms that are added to, or taken from, a first one. */
  get blanks(): ReadonlyMap<number, number> {
    return this.#blanks;
  }

  of(row: readonly string[]): bigint | MoneyFault {
    const expression = this.#expression;
    if (expression.kind === 'column') return this.#cell(row, expression.column);
    const units = this.#value(expression, row);
    if (isFault(units)) return units;
    return units < LIMIT && units > -LIMIT ? units : { code: 'E203', column: firstColumn(expression) };
  }

  #cell(row: readonly string[], column: number): bigint | MoneyFault {
    const units = this.#amounts.read(row[column]!.trim());
    return typeof units === 'string' ? { code: units, column } : units;
  }

  #value(expression: Expression, row: readonly string[]): bigint | MoneyFault {
    switch (expression.kind) {
      case 'column':
        return this.#cell(row, expression.column);
      case 'sum':
        return this.#sum(expression.terms, row);
      case 'product':
        return this.#product(expression.factors, row);
      case 'first':
        return this.#first(expression.options, expression.notZero, row);
    }
  }

  #sum(terms: Extract<Expression, { kind: 'sum' }>['terms'], row: readonly string[]): bigint | MoneyFault {
    let sum = 0n;
    for (let i = 0; i < terms.length; i++) {
      const { minus, of } = terms[i]!;
      if (i > 0 && of.kind === 'column' && row[of.column]!.trim() === '') {
        this.#blanks.set(of.column, (this.#blanks.get(of.column) ?? 0) + 1);
        continue;
      }
      const units = this.#value(of, row);
      if (isFault(units)) return units;
      sum += minus ? -units : units;
    }
    return sum;
  }

  /** Exact: a product with more than four decimals is rounded only where amounts are to be. */
  #product(factors: readonly Expression[], row: readonly string[]): bigint | MoneyFault {
    let product = UNIT;
    for (const factor of factors) {
      const units = this.#value(factor, row);
      if (isFault(units)) return units;
      product *= units;
    }
    const divisor = UNIT ** BigInt(factors.length);
    const { round } = this.#amounts;
    if (round === undefined)
      return product % divisor === 0n ? product / divisor : { code: 'E202', column: firstColumn(factors.at(-1)!) };
    const step = 10n ** BigInt(AMOUNT_SCALE - round);
    return halfEvenQuotient(product, divisor * step) * step;
  }

  #first(options: readonly Expression[], notZero: boolean, row: readonly string[]): bigint | MoneyFault {
    const last = options.length - 1;
    for (let i = 0; i < last; i++) {
      const option = options[i]!;
      if (option.kind === 'column' && row[option.column]!.trim() === '') continue;
      const units = this.#value(option, row);
      if (isFault(units) || !notZero || units !== 0n) return units;
    }
    return this.#value(options[last]!, row);
  }
}

function firstColumn(expression: Expression): number {
  switch (expression.kind) {
    case 'column':
      return expression.column;
    case 'sum':
      return firstColumn(expression.terms[0]!.of);
    case 'product':
      return firstColumn(expression.factors[0]!);
    case 'first':
      return firstColumn(expression.options[0]!);
  }
}
