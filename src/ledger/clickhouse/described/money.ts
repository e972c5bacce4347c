import { AMOUNT_INTEGER_DIGITS, AMOUNT_SCALE } from '../../../base/money.ts';
import type { Expression } from '../../../data/expression.ts';
import { MONEY_FAULTS } from '../columns.ts';
import type { Cells } from './cells.ts';
import { either } from './values.ts';

/** An amount in units of 10^-4 and why there is none, as SQL; the value is any number where there is a fault. */
export interface MoneySql {
  readonly value: string;
  readonly fault: string;
  /** Cells that count as nothing when they are NULL, and when they do. */
  readonly blanks: readonly { readonly column: number; readonly when: string }[];
  /** The most digits of a number on the way. */
  readonly digits: number;
}

/** A part of an expression: its value is in units of 10^-`scale`. */
interface Part extends MoneySql {
  readonly scale: number;
}

/** Digits of the widest integers, in which amounts are worked out. */
export const WIDEST = 76;
const LIMIT = 10n ** BigInt(AMOUNT_INTEGER_DIGITS + AMOUNT_SCALE);

/** An expression over the cells of a row, exact, and rounded at its end only where amounts are to be; right up to WIDEST digits. */
export function moneyOf(expression: Expression, cells: Cells, round: number | undefined): MoneySql {
  if (expression.kind === 'column') {
    const { column } = expression;
    return { value: cells.units(column), fault: cells.fault(column), blanks: [], digits: 0 };
  }
  const part = new Compiler(cells).of(expression, '1');
  const { scale, blanks, digits } = part;
  const [exact, divisor] = [part.value, 10n ** BigInt(scale - AMOUNT_SCALE)];
  const long = `if(${exact} % ${wide(divisor)} <> 0, ${MONEY_FAULTS.long}, 0)`;
  const value = rounded(exact, scale, round);
  const large = `if(abs(${value}) >= ${wide(LIMIT)}, ${MONEY_FAULTS.large}, 0)`;
  const ends = round === undefined && scale > AMOUNT_SCALE ? [long, large] : [large];
  return { value, blanks, digits: digits + 1, fault: first([part.fault, ...ends]) };
}

function rounded(value: string, scale: number, round: number | undefined): string {
  if (round !== undefined && scale > round) {
    const step = wide(10n ** BigInt(AMOUNT_SCALE - round));
    return `(${halfEven(value, 10n ** BigInt(scale - round))}) * ${step}`;
  }
  return scale === AMOUNT_SCALE ? value : `intDiv(${value}, ${wide(10n ** BigInt(scale - AMOUNT_SCALE))})`;
}

function rescaled({ value, scale }: Part, to: number): string {
  return scale === to ? value : `(${value} * ${wide(10n ** BigInt(to - scale))})`;
}

class Compiler {
  readonly #cells: Cells;

  constructor(cells: Cells) {
    this.#cells = cells;
  }

  /** @param reached whether the expression is looked at */
  of(expression: Expression, reached: string): Part {
    switch (expression.kind) {
      case 'column':
        return this.#column(expression.column);
      case 'sum':
        return this.#sum(expression.terms, reached);
      case 'product':
        return this.#product(expression.factors, reached);
      case 'first':
        return this.#first(expression.options, expression.notZero, reached);
    }
  }

  #column(column: number): Part {
    const scale = this.#cells.scale(column);
    const [value, fault] = [this.#cells.exact(column), this.#cells.fault(column)];
    const digits = AMOUNT_INTEGER_DIGITS + scale;
    // Its units come from a decimal that has them twice.
    return { value, scale, fault, blanks: [], digits: digits + scale > WIDEST ? WIDEST + 1 : digits };
  }

  #sum(terms: Extract<Expression, { kind: 'sum' }>['terms'], reached: string): Part {
    const found = terms.map(({ minus, of }) => ({ minus, of, part: this.of(of, reached) }));
    const scale = Math.max(AMOUNT_SCALE, ...found.map(({ part }) => part.scale));
    const parts = found.map(({ minus, of, part }, i) => {
      const { fault, blanks } = part;
      const value = rescaled(part, scale);
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
      scale,
      fault: first(parts.map(({ fault }) => fault)),
      blanks: parts.flatMap(({ blanks }) => blanks),
      digits: widest(found, scale) + String(terms.length).length,
    };
  }

  #product(factors: readonly Expression[], reached: string): Part {
    const parts = factors.map((factor) => this.of(factor, reached));
    return {
      value: `(${parts.map(({ value }) => value).join(' * ')})`,
      scale: parts.reduce((sum, { scale }) => sum + scale, 0),
      fault: first(parts.map(({ fault }) => fault)),
      blanks: parts.flatMap(({ blanks }) => blanks),
      digits: parts.reduce((sum, { digits }) => sum + digits, 0),
    };
  }

  /** The last where none before is to be had; a fault of one that is reached is a fault. */
  #first(options: readonly Expression[], notZero: boolean, reached: string): Part {
    const last = options.length - 1;
    let open = reached;
    const found = options.map((option, i) => {
      const part = this.of(option, open);
      const there = option.kind === 'column' ? [`NOT ${this.#cells.blank(option.column)}`] : [];
      const some = notZero ? [`(${part.fault} <> 0 OR ${part.value} <> 0)`] : [];
      const taken = i === last ? '1' : `(${['1', ...there, ...some].join(' AND ')})`;
      open = `${open} AND NOT ${taken}`;
      return { part, taken };
    });
    const scale = Math.max(...found.map(({ part }) => part.scale));
    const chosen = (text: (part: Part) => string): string => {
      const cases = found.slice(0, last).map(({ taken, part }) => [taken, text(part)] as const);
      return either(cases, text(found[last]!.part));
    };
    return {
      value: chosen((part) => rescaled(part, scale)),
      scale,
      fault: chosen(({ fault }) => fault),
      blanks: found.flatMap(({ part }) => part.blanks),
      digits: widest(found, scale),
    };
  }
}

/** The most digits of some parts that are brought to one scale. */
function widest(parts: readonly { readonly part: Part }[], scale: number): number {
  return Math.max(...parts.map(({ part }) => part.digits + scale - part.scale));
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
