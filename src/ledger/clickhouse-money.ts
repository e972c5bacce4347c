import type { Expression } from '../base/expression.ts';
import { AMOUNT_INTEGER_DIGITS, AMOUNT_SCALE } from '../base/money.ts';
import type { Cells } from './clickhouse-cells.ts';
import { MONEY_FAULTS } from './clickhouse-columns.ts';
import { either } from './clickhouse-values.ts';

/** An amount in units of 10^-4 and why there is none, as SQL; the value is any number where there is a fault. */
export interface MoneySql {
  readonly value: string;
  readonly fault: string;
  /** Cells that count as nothing when they are NULL, and when they do. */
  readonly blanks: readonly { readonly column: number; readonly when: string }[];
}

const UNIT = 10n ** BigInt(AMOUNT_SCALE);
const LIMIT = 10n ** BigInt(AMOUNT_INTEGER_DIGITS + AMOUNT_SCALE);

/** An expression over the cells of a row, exact: 256-bit integers, as wide as mustFit of the reader lets them be. */
export function moneyOf(expression: Expression, cells: Cells, round: number | undefined): MoneySql {
  const { value, fault, blanks } = new Compiler(cells, round).of(expression, '1');
  if (expression.kind === 'column') return { value, fault, blanks };
  return { value, blanks, fault: first([fault, `if(abs(${value}) >= ${wide(LIMIT)}, ${MONEY_FAULTS.large}, 0)`]) };
}

class Compiler {
  readonly #cells: Cells;
  readonly #round: number | undefined;

  constructor(cells: Cells, round: number | undefined) {
    this.#cells = cells;
    this.#round = round;
  }

  /** @param reached whether the expression is looked at */
  of(expression: Expression, reached: string): MoneySql {
    switch (expression.kind) {
      case 'column':
        return {
          value: this.#cells.units(expression.column),
          fault: this.#cells.fault(expression.column),
          blanks: [],
        };
      case 'sum':
        return this.#sum(expression.terms, reached);
      case 'product':
        return this.#product(expression.factors, reached);
      case 'first':
        return this.#first(expression.options, expression.notZero, reached);
    }
  }

  #sum(terms: Extract<Expression, { kind: 'sum' }>['terms'], reached: string): MoneySql {
    const parts = terms.map(({ minus, of }, i) => {
      const { value, fault, blanks } = this.of(of, reached);
      const sign = minus ? '-' : '+';
      if (i === 0 || of.kind !== 'column') return { value: `${sign} ${value}`, fault, blanks };
      const blank = this.#cells.blank(of.column);
      return {
        value: `${sign} if(${blank}, ${wide(0n)}, ${value})`,
        fault: `if(${blank}, 0, ${fault})`,
        blanks: [{ column: of.column, when: `(${reached}) AND ${blank}` }],
      };
    });
    return {
      value: `(${wide(0n)} ${parts.map(({ value }) => value).join(' ')})`,
      fault: first(parts.map(({ fault }) => fault)),
      blanks: parts.flatMap(({ blanks }) => blanks),
    };
  }

  #product(factors: readonly Expression[], reached: string): MoneySql {
    const parts = factors.map((factor) => this.of(factor, reached));
    const product = `(${parts.map(({ value }) => value).join(' * ')})`;
    const divisor = UNIT ** BigInt(factors.length - 1);
    const faults = parts.map(({ fault }) => fault);
    const blanks = parts.flatMap((part) => part.blanks);
    if (this.#round === undefined) {
      const long = `if(${product} % ${wide(divisor)} <> 0, ${MONEY_FAULTS.long}, 0)`;
      return { value: `intDiv(${product}, ${wide(divisor)})`, fault: first([...faults, long]), blanks };
    }
    const step = 10n ** BigInt(AMOUNT_SCALE - this.#round);
    return { value: `(${halfEven(product, divisor * step)}) * ${wide(step)}`, fault: first(faults), blanks };
  }

  /** The last where none before is to be had; a fault of one that is reached is a fault. */
  #first(options: readonly Expression[], notZero: boolean, reached: string): MoneySql {
    const last = options.length - 1;
    let open = reached;
    const parts = options.map((option, i) => {
      const money = this.of(option, open);
      const there = option.kind === 'column' ? [`NOT ${this.#cells.blank(option.column)}`] : [];
      const some = notZero ? [`(${money.fault} <> 0 OR ${money.value} <> 0)`] : [];
      const taken = i === last ? '1' : `(${['1', ...there, ...some].join(' AND ')})`;
      open = `${open} AND NOT ${taken}`;
      return { ...money, taken };
    });
    const chosen = (part: (one: (typeof parts)[number]) => string): string => {
      const cases = parts.slice(0, last).map((one) => [one.taken, part(one)] as const);
      return either(cases, part(parts[last]!));
    };
    return {
      value: chosen(({ value }) => value),
      fault: chosen(({ fault }) => fault),
      blanks: parts.flatMap(({ blanks }) => blanks),
    };
  }
}

/** The first that is not 0. */
function first(faults: readonly string[]): string {
  const [only] = faults;
  if (faults.length === 1) return only!;
  return either(
    faults.map((fault) => [`${fault} <> 0`, fault] as const),
    0,
  );
}

/** A wide integer as a literal. */
export function wide(value: bigint): string {
  return `toInt256('${value}')`;
}

/** Half to even of wide integers, as base/money.ts has it. @param divisor above zero */
export function halfEven(value: string, divisor: bigint): string {
  const by = wide(divisor);
  const floor = `(intDiv(${value}, ${by}) - if(${value} % ${by} < 0, 1, 0))`;
  const twice = `((${value} - ${floor} * ${by}) * 2)`;
  return `${floor} + if(${twice} > ${by} OR (${twice} = ${by} AND ${floor} % 2 <> 0), 1, 0)`;
}
