import type { RemoteReading } from '../../../data/remote-table.ts';
import { trimmed } from '../columns.ts';
import type { Cells } from './cells.ts';
import { caseHolds, either, holds, literal } from './values.ts';

/** The customer a row belongs to, as an expression: the first column that holds somebody, folded as asked for; '' for nobody. */
export function customerOf(
  { customer, nobody, unless, upTo, foldIds, foldEmail }: RemoteReading,
  cells: Cells,
): string {
  const firstOf = (columns: readonly number[]): string => {
    const texts = columns.map((column) => {
      const text = cells.text(column);
      return upTo === null ? text : trimmed(`splitByString(${literal(upTo)}, ${text})[1]`);
    });
    if (nobody === null && texts.length === 1) return texts[0]!;
    const someone = (text: string): string =>
      nobody === null ? `${text} <> ''` : `${text} <> '' AND NOT ${holds(nobody, text)}`;
    return either(
      texts.map((text) => [someone(text), text] as const),
      `''`,
    );
  };
  const own = firstOf(customer);
  const id = unless ? `if(${caseHolds(unless.when, cells)}, ${firstOf(unless.customer)}, ${own})` : own;
  const folded = foldIds ? foldedId(id) : id;
  return foldEmail ? `if(position(${folded}, '@') > 0, lowerUTF8(${folded}), ${folded})` : folded;
}

const INVISIBLE = String.raw`[\x{ad}\x{200b}-\x{200f}\x{202a}-\x{202e}\x{2060}-\x{2064}\x{2066}-\x{2069}\x{feff}]`;
const DECIMAL = String.raw`^([0-9]+)\.0+$`;
/** One digit: of more, a spreadsheet has lost the rest. */
const EXPONENT = String.raw`^([0-9])[eE]\+([0-9]{1,2})$`;

/** One form of an id: composed Unicode without invisible characters, whole numbers without `.0` or an exponent. */
function foldedId(text: string): string {
  // A text that is no UTF-8 is refused; until then it must not stop the query.
  const valid = `if(isValidUTF8(${text}), ${text}, '')`;
  const id = trimmed(`replaceRegexpAll(normalizeUTF8NFC(${valid}), ${literal(INVISIBLE)}, '')`);
  const part = (group: number): string => `extractGroups(x, ${literal(EXPONENT)})[${group}]`;
  const plain = either(
    [
      [`match(x, ${literal(DECIMAL)})`, `replaceRegexpOne(x, ${literal(DECIMAL)}, '\\\\1')`],
      [`match(x, ${literal(EXPONENT)})`, `concat(${part(1)}, repeat('0', toInt32OrZero(${part(2)})))`],
    ],
    'x',
  );
  return `arrayElement(arrayMap(x -> ${plain}, [${id}]), 1)`;
}
