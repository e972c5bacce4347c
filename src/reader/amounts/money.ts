import { AMOUNT_INTEGER_DIGITS, AMOUNT_SCALE, rescale } from '../../base/money.ts';
import type { Expression } from '../layouts/expression.ts';
import type { AmountProblem, Amounts, Exact } from './amounts.ts';

/** Why a row has no amount, and the column that is to blame. */
export interface MoneyFault {
  readonly code: AmountProblem;
  readonly column: number;
  /** What is at fault where it is no cell: the factors of a product. */
  readonly text?: string;
}

export function isFault(money: bigint | Exact | MoneyFault): money is MoneyFault {
  return typeof money !== 'bigint' && 'code' in money;
}

const LIMIT = 10n ** BigInt(AMOUNT_INTEGER_DIGITS + AMOUNT_SCALE);

/** The amount of a row: an expression over its cells, exact, in units of 10^-4. Where amounts are to be rounded, only the end of it is. */
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
    if (expression.kind === 'column') {
      const units = this.#amounts.read(row[expression.column]!.trim());
      return typeof units === 'string' ? { code: units, column: expression.column } : units;
    }
    const found = this.#value(expression, row);
    if (isFault(found)) return found;
    const units = this.#inUnits(found);
    if (units === null) return { code: 'E202', column: firstColumn(expression), text: textOf(expression, row) };
    return units < LIMIT && units > -LIMIT ? units : { code: 'E203', column: firstColumn(expression) };
  }

  /** Null where it has more decimals than an amount may, and none are to be rounded. */
  #inUnits({ units, scale }: Exact): bigint | null {
    const { round } = this.#amounts;
    if (round !== undefined && scale > round) return rescale(rescale(units, scale, round), round, AMOUNT_SCALE);
    if (scale <= AMOUNT_SCALE) return rescale(units, scale, AMOUNT_SCALE);
    const divisor = 10n ** BigInt(scale - AMOUNT_SCALE);
    return units % divisor === 0n ? units / divisor : null;
  }

  #cell(row: readonly string[], column: number): Exact | MoneyFault {
    const found = this.#amounts.exact(row[column]!.trim());
    return typeof found === 'string' ? { code: found, column } : found;
  }

  #value(expression: Expression, row: readonly string[]): Exact | MoneyFault {
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

  #sum(terms: Extract<Expression, { kind: 'sum' }>['terms'], row: readonly string[]): Exact | MoneyFault {
    let [sum, scale] = [0n, AMOUNT_SCALE];
    for (let i = 0; i < terms.length; i++) {
      const { minus, of } = terms[i]!;
      if (i > 0 && of.kind === 'column' && row[of.column]!.trim() === '') {
        this.#blanks.set(of.column, (this.#blanks.get(of.column) ?? 0) + 1);
        continue;
      }
      const found = this.#value(of, row);
      if (isFault(found)) return found;
      const finer = Math.max(scale, found.scale);
      const term = finer === found.scale ? found.units : rescale(found.units, found.scale, finer);
      sum = (finer === scale ? sum : rescale(sum, scale, finer)) + (minus ? -term : term);
      scale = finer;
    }
    return { units: sum, scale };
  }

  #product(factors: readonly Expression[], row: readonly string[]): Exact | MoneyFault {
    let [product, scale] = [1n, 0];
    for (const factor of factors) {
      const found = this.#value(factor, row);
      if (isFault(found)) return found;
      product *= found.units;
      scale += found.scale;
    }
    return { units: product, scale };
  }

  #first(options: readonly Expression[], notZero: boolean, row: readonly string[]): Exact | MoneyFault {
    const last = options.length - 1;
    for (let i = 0; i < last; i++) {
      const option = options[i]!;
      if (option.kind === 'column' && row[option.column]!.trim() === '') continue;
      const found = this.#value(option, row);
      if (isFault(found) || !notZero || found.units !== 0n) return found;
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

/** The cells of an expression as it puts them together, for a message. */
function textOf(expression: Expression, row: readonly string[]): string {
  switch (expression.kind) {
    case 'column':
      return row[expression.column]!.trim();
    case 'sum':
      return expression.terms
        .map(({ minus, of }, i) => `${i === 0 ? '' : minus ? ' - ' : ' + '}${textOf(of, row)}`)
        .join('');
    case 'product':
      return expression.factors.map((one) => textOf(one, row)).join(' * ');
    case 'first':
      return expression.options.map((one) => textOf(one, row)).find((text) => text !== '') ?? '';
  }
}
