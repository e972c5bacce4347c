import { ClvError, type Place } from '../base/errors.ts';
import type { Expression } from '../base/expression.ts';
import { AMOUNT_INTEGER_DIGITS, AMOUNT_SCALE } from '../base/money.ts';
import type { ReadOptions } from './read-options.ts';
import type { Described } from './understood.ts';

/** E122 for what means nothing where rows have no order: a column that stands once above its rows, and a row at which the table ends. */
export function mustBeWorkable({ layout, description }: Described, { stopAt, fillDown }: ReadOptions): void {
  const view = 'name a view that has it in every row';
  if (stopAt !== undefined)
    throw new ClvError('E122', {
      option: '--stop-at',
      other: 'a table, whose rows have no order',
      remedy: 'leave such rows out by their value: --where COLUMN!=VALUE, or name a view without them',
    });
  if (description.fillDown === null) return;
  const option = fillDown === undefined ? `the layout ${layout!.name}` : '--fill-down';
  throw new ClvError('E122', { option, other: 'a table, whose rows have no order', remedy: view });
}

/** Digits of the widest integers of a server. */
const WIDEST = 76;
const CELL = AMOUNT_INTEGER_DIGITS + AMOUNT_SCALE;

/** E134 for an amount that a server cannot work out exactly: its integers are wide, but not of any width. */
export function mustFit(expression: Expression, text: string, place: Place): void {
  const products: number[] = [];
  digitsOf(expression, products);
  if (Math.max(0, ...products) <= WIDEST) return;
  const problem = `the server multiplies exactly up to ${WIDEST} digits, as four columns have`;
  throw new ClvError('E134', { text, problem }, place);
}

/** The most digits of the units of an expression. @param products takes those of each product, before its units are taken out */
function digitsOf(expression: Expression, products: number[]): number {
  switch (expression.kind) {
    case 'column':
      return CELL;
    case 'sum': {
      const widest = Math.max(...expression.terms.map(({ of }) => digitsOf(of, products)));
      return widest + String(expression.terms.length).length;
    }
    case 'product': {
      const digits = expression.factors.reduce((sum, factor) => sum + digitsOf(factor, products), 0);
      products.push(digits);
      return digits - AMOUNT_SCALE * (expression.factors.length - 1);
    }
    case 'first':
      return Math.max(...expression.options.map((option) => digitsOf(option, products)));
  }
}
