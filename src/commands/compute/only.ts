import { parseIsoDay } from '../../base/calendar.ts';
import { ClvError } from '../../base/errors.ts';
import { type Variant, type VariantValues, variant } from '../../base/message-text.ts';
import { AMOUNT_SCALE, parseUnits } from '../../base/money.ts';
import { type TypedCondition, typedConditions } from '../../cli/chosen/typed.ts';
import type { Condition, Held } from '../../data/chosen/conditions.ts';
import type { CustomerColumn } from '../../data/customer-columns.ts';
import { unknownField } from './fields.ts';

const OPTION = '--only';

/** What was typed of `--only`. E101. */
export function conditionsTyped(text: string): readonly TypedCondition[] {
  return typedConditions(OPTION, text, '"p_alive<0.3,clv>100"');
}

/**
 * Conditions on the columns of a list of customers.
 * @param by its segment columns, which are held against texts, as the id is
 * @throws ClvError E550, E551
 */
export function conditionsOf(
  typed: readonly TypedCondition[],
  columns: readonly CustomerColumn[],
  by: readonly string[],
  digits: number,
): readonly Condition[] {
  return typed.map((one) => {
    const { column, comparison, value } = one;
    const segment = by.indexOf(column);
    if (segment >= 0 || column === 'customer_id') {
      if (comparison !== '=' && comparison !== '!=') throw notHeld(one, 'order', { column });
      return { column: segment >= 0 ? segment : column, comparison, held: { type: 'text', value } };
    }
    const found = columns.find(({ name }) => name === column);
    if (!found) throw unknownField(OPTION, column, ['customer_id', ...by, ...columns.map(({ name }) => name)]);
    return { column, comparison, held: heldAgainst(one, found, digits) };
  });
}

function notHeld<V extends Variant<'E551'>>(
  typed: TypedCondition,
  fault: V,
  ...values: VariantValues<'E551', V>
): ClvError {
  return new ClvError('E551', { option: OPTION, ...typed, ...variant('E551', fault, ...values) });
}

/** Decimals of a number that is no money: as many as a double tells apart. */
const NUMBER = /^-?\d{1,15}(\.\d{1,15})?$/;

/** The value as the column is kept. E551. */
function heldAgainst(typed: TypedCondition, { kept }: CustomerColumn, digits: number): Held {
  const { column, value } = typed;
  const money = (decimals: number): bigint => {
    const units = value.length > 15 ? null : parseUnits(value, decimals);
    if (units === null) throw notHeld(typed, 'money', { column, decimals });
    return units;
  };
  switch (kept) {
    case 'day': {
      const day = parseIsoDay(value);
      if (day === null) throw notHeld(typed, 'day', { column });
      return { type: 'day', value: day };
    }
    case 'count':
      if (!/^-?\d{1,9}$/.test(value)) throw notHeld(typed, 'whole', { column });
      return { type: 'long', value: BigInt(value) };
    case 'figure':
      if (!NUMBER.test(value)) throw notHeld(typed, 'number', { column });
      return { type: 'double', value: Number(value) };
    case 'exact':
      return { type: 'amount', value: money(AMOUNT_SCALE) };
    case 'mean':
    case 'estimate':
      money(AMOUNT_SCALE);
      return { type: 'double', value: Number(value) };
    case 'minor':
    case 'bound':
      return { type: 'long', value: money(digits) };
  }
}
