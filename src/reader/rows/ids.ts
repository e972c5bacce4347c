import { FORMS } from '../../data/ids.ts';
import type { Reading } from '../layouts/bind.ts';
import { foldedDigits } from '../text/text-fold.ts';

/** The customer a row belongs to: the first column that holds somebody, folded as asked for, by its alias. */
export class CustomerIds {
  readonly #reading: Reading;
  readonly #simple: boolean;

  constructor(reading: Reading) {
    this.#reading = reading;
    const { nobody, unless, upTo, foldEmail, foldIds, alias, customer } = reading;
    this.#simple = !nobody && !unless && upTo === null && !foldEmail && !foldIds && !alias && customer.length === 1;
  }

  /** '' for nobody. */
  of(row: readonly string[]): string {
    const { customer, unless, nobody, upTo } = this.#reading;
    if (this.#simple) return foldedDigits(row[customer[0]!]!.trim());
    const other = unless?.when.every(({ column, values }) => values.has(row[column]!)) === true;
    for (const column of other ? unless!.customer : customer) {
      const cell = row[column]!.trim();
      const text = upTo === null ? cell : cell.split(upTo, 1)[0]!.trim();
      if (text !== '' && nobody?.has(text) !== true) return folded(text, this.#reading);
    }
    return '';
  }
}

/** An id as it is compared: also for ids in other files, which are looked up among those of the transactions. */
export function folded(
  text: string,
  { foldEmail, foldIds, alias }: Pick<Reading, 'foldEmail' | 'foldIds' | 'alias'>,
): string {
  let id = foldedDigits(foldIds ? foldedId(text) : text);
  if (foldEmail && id.includes('@')) id = id.toLowerCase();
  return alias?.customers.get(id) ?? id;
}

const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/gu;
const DECIMAL = /^(\d+)\.0+$/;
/** One digit: behind a point, and of more digits, a spreadsheet has lost the rest. */
const EXPONENT = /^(\d)[eE]\+(\d{1,2})$/;

const TO = [...FORMS.to];
const OTHER_FORM: ReadonlyMap<string, string> = new Map([...FORMS.from].map((character, i) => [character, TO[i]!]));

/** One form of an id: composed Unicode of one width without invisible characters, whole numbers without `.0` or an exponent. */
function foldedId(text: string): string {
  const id = [...text]
    .map((character) => OTHER_FORM.get(character) ?? character)
    .join('')
    .normalize('NFC')
    .replace(INVISIBLE, '')
    .trim();
  const decimal = DECIMAL.exec(id);
  if (decimal) return decimal[1]!;
  const exponent = EXPONENT.exec(id);
  return exponent ? exponent[1]! + '0'.repeat(Number(exponent[2])) : id;
}
