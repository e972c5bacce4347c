import { ClvError } from '../../base/errors.ts';
import type { ErrorCode } from '../../base/messages.ts';
import { TOTALS } from '../../data/ids.ts';
import { plausible } from '../../reader/column-names.ts';
import { candidates, plainName, ROLES } from '../../reader/columns.ts';
import { headers } from '../../reader/header.ts';
import type { Inspected } from '../../reader/inspect/inspect.ts';
import { columnsOf } from '../../reader/layouts/expression.ts';
import { listed } from '../../reader/layouts/value-list.ts';
import { areErrors, type Reject, RejectsError } from '../../reader/rows/rejects.ts';
import {
  isCurrencyColumn,
  isFilledFlag,
  isNoSale,
  isPartWord,
  isRefundColumn,
  isRefundWord,
  isStatusKind,
} from '../../reader/rows/words.ts';
import type { Setting, Values } from './typed-line.ts';

/** One way to decide something: the options that say so, and what that means. */
export interface Way {
  readonly settings: readonly Setting[];
  readonly means: string;
}

/** What the files leave open, and the ways to decide it. */
export interface Decision {
  readonly code: ErrorCode;
  readonly about: string;
  /** The first is borne out by the files unless all are `even`: then nothing in the files speaks for one of them. */
  readonly ways: readonly Way[];
  readonly even: boolean;
  /** Further ways, for who knows more than the files tell; as they are typed. */
  readonly also: readonly string[];
}

/** What a fault is decided by; several where it tells of several things, none where the file has to be changed. */
export function decisionsOf(fault: ClvError, found: Inspected, values: Values): readonly Decision[] {
  if (fault instanceof RejectsError) return ofRejects(fault, found, values);
  const make = MAKERS[fault.code];
  return make ? make(fault, found, values) : [];
}

type Maker = (fault: ClvError, found: Inspected, values: Values) => readonly Decision[];

function way(option: string, value: string | null, means: string): Way {
  return { settings: [[option, value]], means };
}

/** A decision of a fault. The first way is borne out by the files, or all are even. */
function one(
  { code }: ClvError,
  about: string,
  ways: readonly Way[],
  { even = false, also = [] }: { readonly even?: boolean; readonly also?: readonly string[] } = {},
): readonly Decision[] {
  return ways.length === 0 ? [] : [{ code, about, ways, even: even && ways.length > 1, also }];
}

const text = (fault: ClvError, name: string): string => String(fault.values[name] ?? '');

/** The choices that a fault hands over, each with what it means by the value of its first option. */
function waysIn(fault: ClvError, name: string, means: (value: string) => string): readonly Way[] {
  const choices = fault.values[name];
  if (typeof choices !== 'object') return [];
  return choices.map(({ settings, shows }) => ({ settings, means: shows ?? means(settings[0]![1]) }));
}

const MAKERS: Readonly<Partial<Record<ErrorCode, Maker>>> = {
  E102: ofRoles,
  E103: ofRoles,
  E124: ofRoles,
  E104: (fault) =>
    one(
      fault,
      'the delimiter',
      waysIn(fault, 'options', (mark) => `fields end at ${mark}`),
      { even: true },
    ),
  E222: (fault) =>
    one(
      fault,
      'the layout',
      waysIn(fault, 'options', (name) => `read as ${name}`),
      { even: true, also: ['--layout none'] },
    ),
  E213: (fault) =>
    one(
      fault,
      `the order of dates like "${text(fault, 'text')}"`,
      waysIn(fault, 'options', (name) => `dates are ${name}`),
      { even: true },
    ),
  E217: (fault) =>
    one(
      fault,
      `the days that "${text(fault, 'text')}" counts`,
      [
        way('--date-format', 'excel', `it is ${text(fault, 'date')}`),
        way('--date-format', 'excel-1904', `it is ${text(fault, 'date1904')}`),
      ],
      { even: true },
    ),
  E204: (fault) =>
    one(
      fault,
      `the mark in amounts like "${text(fault, 'text')}"`,
      [
        way('--decimal-mark', '.', 'the point is the decimal mark'),
        way('--decimal-mark', ',', 'the comma is the decimal mark'),
      ],
      { even: true },
    ),
  E205: (fault, found) =>
    (found.surveyed?.names ?? [])
      .filter((name) => isCurrencyColumn(plainName(name)) && valuesOf(found, name).size > 1)
      .flatMap((name) => ofCurrencies(fault, found, name)),
  E236: ofEncoding,
  E237: ofEncoding,
  E286: ofUnlisted,
  E290: (fault) =>
    one(
      fault,
      `rows in which ${text(fault, 'quantity')} is below zero`,
      [
        way('--minus', `${text(fault, 'quantity')}=-*`, 'they are returns, which take away'),
        way('--as-is', 'price', `${text(fault, 'column')} has its sign already`),
      ],
      { even: true },
    ),
  E291: (fault, found) => ofCurrencies(fault, found, text(fault, 'column')),
  E292: ofStatus,
  E293: ofRefunds,
  E294: (fault) =>
    one(
      fault,
      `${text(fault, 'column')} beside ${text(fault, 'quantity')}`,
      [way('--amount', `${text(fault, 'quantity')} * ${text(fault, 'column')}`, 'it is the price of one piece')],
      { also: ['--as-is price'] },
    ),
  E295: (fault) =>
    one(
      fault,
      `the amount on each line of ${text(fault, 'order')}`,
      [
        {
          settings: [
            ['--order', text(fault, 'order')],
            ['--lines', 'total'],
          ],
          means: 'it is the total of the order, which counts once',
        },
        way('--order', text(fault, 'order'), 'each line has it for itself'),
      ],
      { even: true },
    ),
  E296: (fault) =>
    one(
      fault,
      'which id is the person',
      ['unique', 'column'].map((name) => way('--customer', text(fault, name), `${text(fault, name)} is the customer`)),
      { even: true },
    ),
  E297: (fault) =>
    one(
      fault,
      'ids that are nobody',
      waysIn(fault, 'where', () => 'their records are left out and counted'),
      { also: ['--as-is ids'] },
    ),
  E299: (fault) =>
    one(
      fault,
      `equal records of one ${text(fault, 'column')}`,
      [way('--once', text(fault, 'column'), 'each counts once, the others are counted apart')],
      { also: [`--order '${text(fault, 'column')}'`, '--as-is repeats'] },
    ),
};

/** The column of each role that is not known: all that are called so, or the one that looks like it. */
function ofRoles(fault: ClvError, { inputs }: Inspected, values: Values): readonly Decision[] {
  const header = inputs[0]!.head.columns;
  const asked = Object.fromEntries(ROLES.map((role) => [role, values[role] as string | undefined]));
  const found = ROLES.map((role) => ({ role, positions: candidates(header, role, asked) }));
  const taken = found.flatMap(({ positions }) => (positions.length === 1 ? positions : []));
  return found.flatMap(({ role, positions }) => {
    if (positions.length === 1) return [];
    const looks = positions.length === 0 ? plausible(header, role, taken) : null;
    const names = (looks === null ? positions : [looks]).map((position) => header[position]!);
    if (new Set(names).size < names.length) return [];
    const about = `the column of the ${role}`;
    const ways = names.map((name) => way(`--${role}`, name, `${name} is the ${role}`));
    return one(fault, about, ways, { even: true });
  });
}

/** The encodings that the remedy shows a line under: whoever reads it knows which is right. */
function ofEncoding(fault: ClvError): readonly Decision[] {
  const ways = waysIn(fault, 'encodings', (name) => name);
  return one(fault, 'the encoding under which it reads right', ways, { even: true });
}

const FLAG = /^(1|true|yes|y|ja|oui|s[ií]|x)$/i;

/**
 * A column of refunds is taken off. Where it only says that there was one, or the amount takes another such column off already,
 * nothing tells what it means.
 */
function ofRefunds(fault: ClvError, { surveyed, transactions }: Inspected): readonly Decision[] {
  const [column, amount] = [text(fault, 'column'), text(fault, 'amount')];
  const about = `refunds in ${column}`;
  const known = way('--as-is', 'refunds', 'the amount holds what was kept');
  const off = way('--amount', `${amount} - ${column}`, 'they are taken off');
  const texts = [...(surveyed?.survey.refundTexts.get(surveyed.names.indexOf(column)) ?? [])];
  const others = transactions ? columnsOf(transactions.reading.amount) : [];
  const taken = others.some((one) => isRefundColumn(plainName(transactions!.header[one]!)));
  if (texts.length > 0 && texts.every((one) => FLAG.test(one))) {
    const zero = way('--zero', `${column}=${listed(texts)}`, 'such orders are worth nothing');
    return one(fault, about, taken ? [known, zero] : [zero, known], { even: true });
  }
  return taken
    ? one(fault, about, [known, off], { even: true })
    : one(fault, about, [off], { also: ['--as-is refunds'] });
}

/** How many currencies get a line of their own. */
const MOST_CURRENCIES = 4;

function ofCurrencies(fault: ClvError, found: Inspected, column: string): readonly Decision[] {
  const records = new Map<string, number>();
  for (const [value, tally] of valuesOf(found, column)) {
    const code = value.toUpperCase();
    if (code !== '') records.set(code, (records.get(code) ?? 0) + tally.records);
  }
  const codes = [...records].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([code]) => code);
  const ways = codes.slice(0, MOST_CURRENCIES).map((code): Way => {
    const settings: readonly Setting[] = [
      ['--only-currency', code],
      ...(found.transactions?.reading.currency.length ? [] : [['--currency-column', column] as const]),
    ];
    return { settings, means: `rows in ${code} alone` };
  });
  return one(fault, `the currencies in ${column}`, ways, { even: true, also: ['--rates FILE', '--as-is currency'] });
}

/** Values of a column that stand in the files, with their records. */
function valuesOf({ surveyed }: Inspected, column: string): ReadonlyMap<string, { records: number; amount: bigint }> {
  const position = surveyed?.names.indexOf(column) ?? -1;
  return surveyed?.survey.values.get(position) ?? new Map();
}

/**
 * Words for what was never a sale are left out. What was given back stays a purchase, less the refund: by the column that
 * names it, by its own sign, or else as a row that takes away (of a kind of rows) or an order that is worth nothing (of a status).
 * Of what was given back in part without such a column nothing tells how much.
 */
function ofStatus(fault: ClvError, found: Inspected): readonly Decision[] {
  const column = text(fault, 'column');
  const seen = [...valuesOf(found, column)];
  const words = (test: (value: string) => boolean): readonly string[] =>
    seen.map(([value]) => value).filter((value) => test(value));
  const none = words((value) => isNoSale(value, column) && !isRefundWord(value));
  const refunds = words((value) => isNoSale(value, column) && isRefundWord(value));
  const money = seen.reduce((sum, [value, { amount }]) => (refunds.includes(value) ? sum + amount : sum), 0n);
  const taken = money < 0n || hasRefundColumn(found);
  const parts = taken ? [] : refunds.filter(isPartWord);
  const whole = refunds.filter((value) => !parts.includes(value));
  const chosen = (left: readonly string[]): Way => {
    const counted = words((value) => !left.includes(value));
    const named = counted.some((value) => value !== '') || isFilledFlag(plainName(column));
    const where = named ? `${column}=${listed(counted)}` : `${column}!=${listed(left)}`;
    const takes = isStatusKind(column) ? '--minus' : '--zero';
    const settings: Setting[] = [
      ...(left.length > 0 || taken || parts.length > 0 ? [['--where', where] as const] : []),
      ...(whole.length > 0 && !taken ? [[takes, `${column}=${listed(whole)}`] as const] : []),
    ];
    const refunded = taken
      ? 'refunds counted with what they took off'
      : takes === '--minus'
        ? 'refunds taken away'
        : 'refunded orders counted as worth nothing';
    const means = [
      ...(left.length > 0 ? [`${left.map((value) => `"${value}"`).join(', ')} left out`] : []),
      ...(whole.length > 0 ? [refunded] : []),
      ...(parts.some((value) => !left.includes(value)) ? ['those refunded in part counted in full'] : []),
    ];
    return { settings, means: means.join('; ') };
  };
  const ways = parts.length > 0 ? [chosen(none), chosen([...none, ...parts])] : [chosen(none)];
  return one(fault, `what ${column} says is no sale`, ways, {
    even: true,
    also: [`--where '${column}=…'`, '--as-is status'],
  });
}

function hasRefundColumn({ surveyed }: Inspected): boolean {
  return [...(surveyed?.survey.refunds.values() ?? [])].some(({ records }) => records > 0);
}

/** Values that a layout does not know: those that it counts alone, or these with them. */
function ofUnlisted(fault: ClvError, found: Inspected): readonly Decision[] {
  const column = text(fault, 'column');
  const rule = found.transactions?.reading.rules.find(({ name }) => name === column);
  if (!rule) return [];
  const all = [...valuesOf(found, column).keys()];
  const known = all.filter((value) => rule.count.has(value));
  const left = all.filter((value) => rule.leaveOut.some(({ values }) => values.has(value)));
  const open = all.filter((value) => !known.includes(value) && !left.includes(value));
  const names = open.map((value) => `"${value}"`).join(', ');
  const ways = [
    ...(known.length > 0 ? [way('--where', `${column}=${listed(known)}`, `${names} left out`)] : []),
    way('--where', `${column}=${listed([...known, ...open])}`, `${names} counted`),
  ];
  return one(fault, `values of ${column} that the layout does not list`, ways, { even: true });
}

/** Rows that cannot be read, by the reason: what is no error has an option, errors can be left out once they were looked at. */
function ofRejects(fault: RejectsError, found: Inspected, values: Values): readonly Decision[] {
  const { samples, counts, total } = fault.rejects;
  const made: Decision[] = [];
  const errors: string[] = [];
  for (const [code, count] of counts) {
    const rows = samples.filter((one) => one.code === code);
    const coded = new ClvError(code, rows[0]!.values, rows[0]!.place);
    const totals = code === 'E218' && rows.length === count && values['stopAt'] === undefined && endOf(rows, found);
    const decision = totals ? one(coded, 'totals below the table', [totals]) : ofReject(coded, count);
    if (decision.length > 0) made.push(...decision);
    else errors.push(`${count} of ${code}`);
  }
  if (made.length > 0 || !areErrors(counts)) return made;
  const means = `the rejected are left out and counted (${errors.join(', ')})`;
  // A file of which nothing can be read is no matter of leaving out.
  if (total >= Number(fault.values['records'])) return [];
  return one(fault, 'rows that cannot be read', [way('--max-rejects', String(total), means)], {
    also: ['correct them in the file'],
  });
}

/** The end of the tables, where rows without a date stand there whose customer is a word for a total; null where others do. */
function endOf(rows: readonly Reject[], { inputs, surveyed, transactions }: Inspected): Way | null {
  const { customer } = transactions!.reading;
  const words = rows.map(({ text: record, place: { file, line = 0 } }) => {
    const input = inputs.find(({ source, columnar }) => source.name === file && columnar === null);
    const read = surveyed!.result.files.find(({ name }) => name === file);
    if (!input || !read || customer.length > 1) return '';
    const { delimiter, place } = input.head;
    const many = rows.filter((one) => one.place.file === file).length;
    if (line <= place.line! + read.records - many) return '';
    return headers(Buffer.from(record), [delimiter]).get(delimiter)?.[customer[0]!] ?? '';
  });
  if (!words.every((word) => TOTALS.includes(word.toLowerCase()))) return null;
  const name = transactions!.header[customer[0]!]!;
  return way('--stop-at', `${name}=${listed([...new Set(words)])}`, 'the table ends there');
}

const AS_WRITTEN = 'each day as it is written';

function ofReject(fault: ClvError, count: number): readonly Decision[] {
  const rows = `${count} of ${fault.code}`;
  switch (fault.code) {
    case 'E202':
      return one(fault, `amounts with more than 4 decimals (${rows})`, [
        way('--round-amounts', '2', 'all are rounded, half to even'),
        way('--round-amounts', '4', 'all are rounded, half to even'),
      ]);
    case 'E214':
      return one(
        fault,
        `the day of times with an offset (${rows})`,
        [
          ...waysIn(fault, 'written', () => AS_WRITTEN),
          ...waysIn(fault, 'zones', (zone) => `days of ${zone}, whose offsets these are`),
        ],
        { even: true, also: ['--timezone ZONE'] },
      );
    case 'E216':
      return one(
        fault,
        `dates with a word for a zone (${rows})`,
        waysIn(fault, 'written', () => AS_WRITTEN),
      );
    case 'E218':
    case 'E219':
      return one(
        fault,
        fault.code === 'E218' ? `records without a date (${rows})` : `headers between the records (${rows})`,
        waysIn(fault, 'where', () => 'they are left out and counted'),
        { also: ['correct them in the file'] },
      );
    case 'E221':
      return one(fault, `records without a customer (${rows})`, [
        way('--where', `${text(fault, 'column')}!=`, 'they are left out and counted'),
      ]);
    case 'E211':
    case 'E212':
      return one(
        fault,
        `dates that do not fit (${rows})`,
        waysIn(fault, 'formats', (name) => `dates are ${name}`),
        { even: true },
      );
    default:
      return [];
  }
}
