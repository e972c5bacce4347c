import { AMOUNT_INTEGER_DIGITS, AMOUNT_SCALE } from '../../base/money.ts';
import { unitsOf } from './amounts.ts';
import { keyBeside, markAt, minorUnitsOf } from './currency-marks.ts';
import { type Backslash, digitsOf, type Mark, type WrittenAmount, writtenAmount } from './written-amount.ts';

/**
 * What an amount tells of the decimal mark of its column. `unmarked`: nothing, as it has none, or groups by blanks alone.
 * `decimals`: one mark alone can be the decimal one, and there are digits behind it. `groups`: the same, and there are none.
 * `either`: three digits behind its only mark, which may be decimals or a group. `late`: it is refused for its length. `told`: its own marks
 * say how it is read, and nothing of others.
 */
type MarkKind = 'none' | 'told' | 'unmarked' | 'decimals' | 'groups' | 'either' | 'late';

interface Clue {
  readonly kind: MarkKind;
  /** The decimal mark; for `either` the mark that the text has. */
  readonly mark: Mark;
  readonly key: string | null;
}

/** The mark of a column, and what else it may be. */
export interface MarkFound<Example> {
  readonly mark: Mark;
  /** See AmountReading. */
  readonly whole: boolean;
  /** An amount by which every amount of the column could be read with the other mark too, to another figure. */
  readonly otherFits: Example | null;
  /** Whether any amount groups, or has a comma: then it is worth saying which mark was found. */
  readonly matters: boolean;
}

/** What the amounts of a plain file tell: how many have a point that is the decimal mark, and that may be one. */
export interface PlainMarks {
  readonly points: number;
  readonly either: number;
  readonly unmarked: number;
}

/** Texts of a column that are remembered. */
const REMEMBERED = 4096;

/**
 * Finds the decimal mark of a column by looking at all of its amounts. "12.50" can only be read with a point, "1.234,50" only
 * with a comma; "1.234" in two ways. "1234" tells nothing, since many languages group from five digits on, and files of several
 * sources mix. A currency without minor units tells that a mark with three digits behind it groups, unless an amount has
 * decimals; one with three of them, that it does not, where every amount is so.
 */
export class MarkEvidence<Example> {
  readonly #round: number | undefined;
  readonly #counts = new Map<string, number>();
  readonly #either: { [mark in Mark]?: Example } = {};
  readonly #keys = new Set<string>();
  readonly #codes = new Set<string>();
  readonly #known = new Map<string, Clue>();
  #plainEither = false;
  #others = false;

  /** @param round decimals that amounts are rounded to: without it those with too many are refused, and tell nothing */
  constructor(round?: number) {
    this.#round = round;
  }

  /** Counts what a file has shown that is already proven plain. */
  shown({ points, either, unmarked }: PlainMarks): void {
    this.#add('decimals.', points);
    this.#add('either.', either);
    this.#add('unmarked', unmarked);
    this.#plainEither ||= either > 0;
  }

  /** The currency that a column beside the amounts names. */
  seeCurrency(text: string): void {
    if (text === '') return;
    const found = markAt(text, 0);
    this.#codes.add(found?.text === text ? found.key : text);
  }

  /** Looks at a trimmed text; `example` is asked for once, for the message. False for what is no amount. */
  see(text: string, example: () => Example, backslash: Backslash = null): boolean {
    const { kind, mark, key } = quickClue(text) ?? this.#clue(text, backslash);
    if (kind === 'none') {
      this.#others ||= text !== '';
      return false;
    }
    if (key !== null) this.#keys.add(key);
    this.#add(COUNTED[kind][mark], 1);
    if (kind === 'either') this.#either[mark] ??= example();
    return true;
  }

  #clue(text: string, backslash: Backslash): Clue {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const written = writtenAmount(text, backslash);
    const clue = written === null ? NOTHING : clueOf(written, this.#round);
    if (this.#known.size < REMEMBERED) this.#known.set(text, clue);
    return clue;
  }

  #add(what: string, count: number): void {
    if (count > 0) this.#counts.set(what, this.#count(what) + count);
  }

  #count(what: string): number {
    return this.#counts.get(what) ?? 0;
  }

  /** What the currency of the column tells; nothing where there are several. */
  get #minorUnits(): ReturnType<typeof minorUnitsOf> {
    const [key, code] = [[...this.#keys], [...this.#codes]];
    if (key.length > 1 || code.length > 1) return 'usual';
    const one =
      key[0] !== undefined && code[0] !== undefined ? keyBeside(key[0], code[0]) : (key[0] ?? code[0] ?? null);
    return one === null ? 'usual' : minorUnitsOf(one);
  }

  /** The mark, or an amount that can be read in two ways and nothing tells which: null where only a plain file has one. */
  get result(): MarkFound<Example> | { readonly ambiguous: Example | null } {
    const [decimalPoints, decimalCommas] = [this.#count('decimals.'), this.#count('decimals,')];
    const [points, commas] = [decimalPoints + this.#count('groups.'), decimalCommas + this.#count('groups,')];
    const either = { '.': this.#count('either.') > 0, ',': this.#count('either,') > 0 };
    const any = either['.'] || either[','];
    const example = (mark: Mark): Example | null => this.#either[mark] ?? null;
    const ambiguous = { ambiguous: this.#either['.'] ?? this.#either[','] ?? null };
    const matters = any || commas > 0 || this.#count('groups.') > 0;
    const found = (mark: Mark, whole = false, otherFits: Example | null = null): MarkFound<Example> => ({
      mark,
      whole,
      otherFits,
      matters,
    });
    const minorUnits = this.#minorUnits;
    if (minorUnits === 'none' && decimalPoints + decimalCommas === 0) {
      const other = either[','] && points === 0 ? ',' : either['.'] && commas === 0 ? '.' : null;
      const mark = either[','] || points > 0 || !(either['.'] || commas > 0) ? '.' : ',';
      return found(mark, true, other === null ? null : example(other));
    }
    if (points > 0 || commas > 0) {
      if (points > 0 && commas > 0 && any) return ambiguous;
      const mark = commas > points ? ',' : '.';
      // Three decimals of a currency that has none, or two, are no decimals, and others are.
      return minorUnits === 'none' && either[mark] ? { ambiguous: example(mark) } : found(mark);
    }
    if (!any) return found(this.#count('late,') > this.#count('late.') ? ',' : '.');
    const mark = either['.'] ? '.' : ',';
    const all = !(either['.'] && either[',']) && this.#count('unmarked') === 0;
    return minorUnits === 'three' && all ? found(mark, false, example(mark)) : ambiguous;
  }

  /** Whether there are texts that are no amount by any mark, and none that tells one: then those are the first to correct. */
  get hasOthersFirst(): boolean {
    return this.#others && ['decimals.', 'decimals,', 'groups.', 'groups,'].every((what) => this.#count(what) === 0);
  }

  /** Whether an example of an amount that a plain file has is missing. */
  get lacksExample(): boolean {
    return this.#plainEither && this.#either['.'] === undefined;
  }
}

/** Under which names clues are counted. */
const COUNTED: Readonly<Record<Exclude<MarkKind, 'none'>, Readonly<Record<Mark, string>>>> = {
  told: { '.': 'told', ',': 'told' },
  unmarked: { '.': 'unmarked', ',': 'unmarked' },
  decimals: { '.': 'decimals.', ',': 'decimals,' },
  groups: { '.': 'groups.', ',': 'groups,' },
  either: { '.': 'either.', ',': 'either,' },
  late: { '.': 'late.', ',': 'late,' },
};

const NOTHING: Clue = { kind: 'none', mark: '.', key: null };

/** All that -?digits(mark digits)? can tell, which need no parsing. */
const QUICK = {
  unmarked: { kind: 'unmarked', mark: '.', key: null },
  'decimals.': { kind: 'decimals', mark: '.', key: null },
  'decimals,': { kind: 'decimals', mark: ',', key: null },
  'either.': { kind: 'either', mark: '.', key: null },
  'either,': { kind: 'either', mark: ',', key: null },
} as const satisfies Readonly<Record<string, Clue>>;

/** The clue of -?digits(mark digits)? with few digits; null for any other text. */
function quickClue(text: string): Clue | null {
  const length = text.length;
  const first = text.charCodeAt(0) === 0x2d ? 1 : 0;
  let at = first;
  let digit = text.charCodeAt(at) - 0x30;
  while (digit >= 0 && digit <= 9) digit = text.charCodeAt(++at) - 0x30;
  const whole = at - first;
  if (whole === 0 || whole > 11) return null;
  if (at === length) return QUICK.unmarked;
  if (digit !== -2 && digit !== -4) return null;
  const point = digit === -2;
  const behind = length - at - 1;
  if (behind === 0 || behind > 4) return null;
  for (at++; at < length; at++) {
    digit = text.charCodeAt(at) - 0x30;
    if (!(digit >= 0 && digit <= 9)) return null;
  }
  if (behind === 3 && whole <= 3 && text.charCodeAt(first) !== 0x30) return point ? QUICK['either.'] : QUICK['either,'];
  return point ? QUICK['decimals.'] : QUICK['decimals,'];
}

function clueOf({ body, own, ending, currency }: WrittenAmount, round: number | undefined): Clue {
  const key = currency?.key ?? null;
  const clue = (kind: MarkKind, mark: Mark = '.'): Clue => ({ kind, mark, key });
  if (own === 'point') return clue('told');
  if (own === 'whole') {
    const grouped = ending === '.' ? ',' : '.';
    return ending !== null && body.includes(grouped) ? clue('groups', ending) : clue('unmarked');
  }
  const [point, comma] = [digitsOf(body, '.'), digitsOf(body, ',')];
  if (point === null && comma === null) return clue('none');
  if (point !== null && comma !== null) {
    const same = point.whole === comma.whole && point.fraction === comma.fraction;
    return same ? clue('unmarked') : clue('either', body.includes('.') ? '.' : ',');
  }
  const mark = point === null ? ',' : '.';
  const { whole, fraction } = (point ?? comma)!;
  const short = whole.length <= AMOUNT_INTEGER_DIGITS && fraction.length <= AMOUNT_SCALE;
  if (!short && typeof unitsOf(whole, fraction, round) === 'string') return clue('late', mark);
  return clue(fraction === '' ? 'groups' : 'decimals', mark);
}
