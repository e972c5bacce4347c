/** What the ids of customers show that is no person, or one person twice. */

/** Ids that are nobody, in lower case. */
export const NOBODY: readonly string[] = [
  '0',
  '0.0',
  '0.00',
  '000',
  '-1',
  'null',
  'nil',
  'nan',
  'none',
  'n/a',
  'na',
  'n.a.',
  '#n/a',
  '#ref!',
  '\\n',
  'undefined',
  'unknown',
  'guest',
  'guest user',
  'guest customer',
  'guest checkout',
  'anonymous',
  'anonym',
  'anonyme',
  'gast',
  'invité',
  'invitado',
  'гость',
  'ゲスト',
  'not logged in',
  'no customer',
  'walk-in',
  'walk in',
  'walk-in customer',
  '(none)',
  '(not set)',
  '-',
  '--',
  '?',
];

/** Names of a last row that adds up the others, in lower case: nobody, were it one row alone. */
export const TOTALS: readonly string[] = [
  'total',
  'totals',
  'grand total',
  'subtotal',
  'sum',
  'gesamt',
  'gesamtsumme',
  'insgesamt',
  'summe',
  'total général',
  'total general',
  'totale',
  'totaal',
];

const lengthOf = (id: string): number => Buffer.byteLength(id);
/** Longest of both, in bytes: other ids need no lower case. */
export const LONGEST_NOBODY = Math.max(...[...NOBODY, ...TOTALS].map(lengthOf));
/** The length of the longest word for nobody that ends in a digit, as most ids do. */
export const LONGEST_DIGITS = Math.max(...NOBODY.filter((id) => /\d$/.test(id)).map(lengthOf));

/** What makes an id worth a look, by a mark that its bytes bear: it may be nobody, or has an exponent, an at sign, .0 at its end, or what is not ASCII. */
export const ID_KINDS = ['nobody', 'exponents', 'emails', 'decimals', 'unseen'] as const;
export type IdKind = (typeof ID_KINDS)[number];

/** An id, or a kind of them, with its records, customer-days and money (10^-4). */
export interface SuspectId {
  readonly id: string;
  readonly records: number;
  readonly days: number;
  readonly amount: bigint;
}

/** Customers that may be one: groups of ids that differ only in what no one sees, and an example of each kind. */
export interface AlikeIds {
  readonly groups: number;
  readonly ids: number;
  readonly example: readonly string[];
}

export interface IdFindings {
  /** Ids that stand for nobody and have more than one customer-day, and totals. */
  readonly nobody: readonly SuspectId[];
  /** Ids whose digits a spreadsheet has lost: 1.23457E+11. */
  readonly lost: {
    readonly ids: number;
    readonly records: number;
    readonly amount: bigint;
    readonly example: string;
  } | null;
  /** Equal but for the case of an e-mail address. */
  readonly emails: AlikeIds | null;
  /** One number in several forms: 17850, 17850.0. */
  readonly numbers: AlikeIds | null;
  /** Equal but for Unicode form and characters that no one sees. */
  readonly unseen: AlikeIds | null;
}

/** Characters that have another form: full and half width, blanks, and the letters that Arabic and Persian keyboards write apart. */
const OTHER_FORMS = [
  ...Array.from({ length: 0xff9f - 0xff01 + 1 }, (_, i) => String.fromCharCode(0xff01 + i)),
  ...'\u3000\u00a0\u2007\u202f',
].filter((character) => !/[\uff02\uff07\uff3c\uff5f\uff60]/.test(character));
const ARABIC_FORMS = '\u064a\u0643';

/** The other form of each character, in order: both texts hold as many characters, and neither a quote nor a backslash. */
export const FORMS = {
  from: OTHER_FORMS.join('') + ARABIC_FORMS,
  to: `${OTHER_FORMS.map((character) => character.normalize('NFKC')).join('')}\u06cc\u06a9`,
};
