/** Exports as systems write them, drawn by a seed from a layout: every reason why a row does not count, and what else goes wrong. */
import { columnsIn } from '../oracle/layouts.mjs';
import { DATES, writeDay } from './dates.mjs';

const pad = (number) => String(number).padStart(2, '0');
const NOTES = [
  '',
  'ok',
  'a "quoted" word',
  'two\nlines',
  '1,2;3',
  'row,2024-01-01,99.00\nrow,2024-01-02,1.00',
  ' =1+1 ',
];
const BAD_MONEY = ['oops', '1.2.3', '0x10', '1_000', '--5', 'NaN'];
const BAD_DAY = ['yesterday', '99', '2024-02-30', '31/02/2024'];
const REFUND = /refund|rückzahlung|credit|gutschrift/i;

/** How money is written in a file. */
const MONEY = {
  plain: ['.', (text) => text],
  grouped: ['.', (text) => grouped(text, ',')],
  dollars: ['.', (text) => grouped(text, ',').replace(/^-?/, '$&$')],
  coded: ['.', (text) => `${grouped(text, ',')} EUR`],
  bracketed: ['.', (text) => (text.startsWith('-') ? `(${grouped(text.slice(1), ',')})` : grouped(text, ','))],
  comma: [',', (text) => grouped(text.replace('.', ','), '.')],
  euros: [',', (text) => `${text.replace('.', ',')} €`],
};

function grouped(text, mark) {
  return text.replace(/\d+/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, mark));
}

/** A text that a value of a list stands for. */
function instanceOf(value, random) {
  if (value === '*') return random.pick(['Other', 'x 1', 'Ünusual']);
  const digits = value.replace(/\?/g, () => String(random.whole(0, 9))).replace(/\*/g, '12');
  return random.whole(0, 9) === 0 ? digits.toUpperCase() : digits;
}

/** The columns that a layout reads, by what they are for. */
function rolesOf(layout) {
  const money = [layout.amount, ...(layout.net ? [layout.net] : [])].flatMap((text) => columnsIn(text));
  const conditions = [...(layout.minus ?? []), ...(layout.zero ?? [])];
  const rules = layout.rows ?? [];
  const unless = layout.customer.unless;
  return {
    money: [...new Set(money)],
    dates: layout.date.columns,
    people: [...layout.customer.columns, ...(unless?.columns ?? [])],
    rules,
    flags: conditions.flatMap((one) => Object.entries(one)),
    asked: rules.flatMap(({ when }) => Object.entries(when ?? {})),
    later: rules.flatMap(({ before }) => (before ? [before.column] : [])),
    currency: (layout.currency ?? '').split('|').filter((name) => name !== ''),
    keys: [layout.order?.column, layout.once].filter((name) => name !== undefined),
  };
}

/** The header: what the layout must have, and what else it reads, or not all of it. */
function headerOf(layout, roles, random) {
  const must = new Set([
    ...layout.match.columns,
    ...roles.rules.map(({ column }) => column),
    ...roles.asked.map(([name]) => name),
    ...roles.later,
    ...roles.keys,
    ...(layout.customer.unless ? [...Object.keys(layout.customer.unless.when), ...layout.customer.unless.columns] : []),
    ...[layout.fill_down, layout.stop?.column].filter((name) => name !== undefined),
  ]);
  for (const first of [roles.people[0], roles.dates[0], roles.money[0]]) must.add(first);
  if (/\*|first/.test(layout.amount)) for (const name of columnsIn(layout.amount)) must.add(name);
  const may = [
    ...roles.people,
    ...roles.dates,
    ...roles.money,
    ...roles.currency,
    ...roles.flags.map(([name]) => name),
  ];
  const extra = [...new Set(may)].filter((name) => !must.has(name) && random.whole(0, 3) > 0);
  const other = random.whole(0, 2) === 0;
  const all = new Set([...must, ...extra]);
  const written = (name) => (layout.names?.[name] ?? []).find((one) => other && !all.has(one)) ?? name;
  const names = [...all].map((name) => ({ name, written: written(name) }));
  if (!names.some(({ written }) => /description|note/i.test(written)))
    names.push({ name: 'Extra text', written: 'Extra text' });
  if (layout.fill_down !== undefined || random.whole(0, 1) === 0) return names;
  return names
    .map((one) => [random.uniform(), one])
    .sort(([a], [b]) => a - b)
    .map(([, one]) => one);
}

/** Draws the cells of rows by the names of their columns. */
class Writer {
  constructor(layout, roles, header, random, faults) {
    Object.assign(this, { layout, roles, header, random, faults });
    const { formats } = layout.date;
    this.format = random.pick(formats.filter((one) => DATES[one]));
    this.time = layout.order || random.whole(0, 1) ? random.pick(['', ...(DATES[this.format].times ?? [])]) : '';
    const styles = roles.rules.some(({ column }) => roles.money.includes(column)) ? ['plain'] : Object.keys(MONEY);
    const german = layout.name.endsWith('-de') || layout.name.startsWith('datev');
    this.style = german
      ? 'comma'
      : random.pick(layout.currency === undefined ? styles : styles.filter((one) => !/doll|cod|euro/.test(one)));
    if (german && styles.length === 1) this.style = 'commaPlain';
    [this.mark, this.written] =
      this.style === 'commaPlain' ? [',', (text) => text.replace('.', ',')] : MONEY[this.style];
    this.number = 0;
    this.first = true;
    this.year = 2024;
  }

  has(name) {
    return this.header.some((one) => one.name === name);
  }

  money(name) {
    const { random } = this;
    if (/^(quantity|qty|units)$/i.test(name)) return String(random.pick([1, 1, 1, 2, 3, 12, -1]));
    const isFirst = name === this.roles.money[0];
    if (!isFirst && /refund|outstanding|discount|tax|shipping|handling|skonto/i.test(name) && random.whole(0, 2) > 0)
      return random.pick(['', this.written('0.00'), this.written('0.00')]);
    const sign = random.whole(0, 7) === 0 ? '-' : '';
    const whole = random.pick([random.whole(0, 60), random.whole(0, 9000), random.whole(10, 300)]);
    return this.written(`${sign}${whole}.${pad(random.whole(0, 99))}`);
  }

  day() {
    const { random } = this;
    // A day past the twelfth tells a day from a month.
    const number = this.first ? random.whole(13, 28) : random.whole(1, 28);
    this.first = false;
    const month = random.whole(1, 12);
    const year = this.format === 'DDMM' ? 2024 : random.pick([2023, 2024]);
    return writeDay(this.format, year, month, number) + this.time;
  }

  person(column, number) {
    const rule = this.roles.rules.find((one) => one.column === column);
    const shape = rule?.count?.[0];
    if (shape?.includes('?')) return shape[0] + String(number).padStart(shape.length - 1, '0');
    const address = `cust${number}@example.com`;
    const cased = this.layout.customer.fold_email && this.random.whole(0, 2) === 0 ? address.toUpperCase() : address;
    if (/mail/i.test(column)) return cased;
    const id = `K-${number}`;
    return this.layout.customer.up_to ? `${id}${this.random.pick(['', `${this.layout.customer.up_to}${number}`])}` : id;
  }

  /** Who a row is of; sometimes nobody. */
  people(row) {
    const { layout, random } = this;
    const { nobody = [], unless } = layout.customer;
    const number = random.whole(1, 12);
    const guest = random.whole(0, 14) === 0;
    for (const column of [...new Set(this.roles.people)]) {
      const blank = guest || (column !== this.roles.people[0] && random.whole(0, 1) === 0);
      row[column] = blank ? random.pick(['', ...nobody]) : this.person(column, number);
    }
    if (!guest && random.whole(0, 5) === 0 && layout.customer.columns.length > 1) row[this.roles.people[0]] = '';
    if (unless) {
      const back = Object.entries(unless.when).every(([name, values]) => values.includes(row[name]));
      const [from, to] = [layout.customer.columns[0], unless.columns[0]];
      [row[from], row[to]] = back
        ? ['shop@example.com', this.person(to, number)]
        : [this.person(from, number), 'shop@example.com'];
      if (guest) row[back ? to : from] = '';
    }
  }

  row() {
    const { random, roles } = this;
    const row = Object.fromEntries(this.header.map(({ name }) => [name, '']));
    row['Extra text'] = random.pick(NOTES);
    for (const name of roles.money) row[name] = this.money(name);
    for (const name of [...roles.dates, ...roles.later]) row[name] = this.day();
    for (const name of roles.dates.slice(0, -1)) if (random.whole(0, 3) === 0) row[name] = '';
    const own = new Set([...roles.money, ...roles.dates, ...roles.people]);
    for (const { column, count = [], leave_out: left = {}, before } of roles.rules) {
      const leaves = Object.keys(left);
      const away = leaves.length > 0 && random.whole(0, 4) === 0;
      if (own.has(column)) {
        if (away && leaves.includes('')) row[column] = '';
        else if (away && leaves.includes('*') && roles.people.includes(column))
          row[column] = String(random.whole(1000, 1999));
      } else if (before) row[column] = this.day();
      else row[column] = away ? instanceOf(random.pick(leaves), random) : instanceOf(random.pick(count), random);
    }
    const listed = new Set(roles.rules.map(({ column }) => column));
    for (const [name, values] of roles.flags)
      if (!own.has(name) && !listed.has(name))
        row[name] = random.whole(0, 3) === 0 ? instanceOf(random.pick(values), random) : row[name] || '0';
    const blanked = Object.fromEntries(
      roles.people.filter((name) => row[name] !== undefined).map((name) => [name, row[name]]),
    );
    this.people(row);
    for (const [name, cell] of Object.entries(blanked)) if (/^1\d{3}$/.test(cell)) row[name] = cell;
    for (const name of roles.currency)
      row[name] = this.faults.currencies && random.whole(0, 3) === 0 ? 'USD' : random.pick(['EUR', 'EUR', 'eur']);
    for (const name of roles.keys)
      if (!(name in blanked) && !(listed.has(name) && row[name] === '')) row[name] = `N${1000 + this.number}`;
    this.number++;
    for (const name of Object.keys(row)) if (REFUND.test(row[name])) this.negative(row);
    return row;
  }

  /** Rows of refunds are below zero in most systems. */
  negative(row) {
    const [name] = this.roles.money;
    const bare = row[name].replace(/[-()]/g, '');
    if (this.random.whole(0, 3) > 0 && /[1-9]/.test(bare)) row[name] = bare.startsWith('$') ? `-${bare}` : `-${bare}`;
  }
}

/** Rows with what stands around them: lines of orders, copies, headings, bad cells. */
function rowsOf(writer, random, count) {
  const { layout, roles, faults } = writer;
  const rows = [];
  const order = layout.order?.column;
  for (let i = 0; i < count; i++) {
    const row = writer.row();
    if (faults.cells && random.whole(0, 6) === 0) {
      if (random.whole(0, 1) === 0) row[roles.dates.at(-1)] = random.pick(BAD_DAY);
      else row[roles.money[0]] = random.pick(BAD_MONEY);
    }
    rows.push(row);
    if (order === undefined || row[order] === '' || random.whole(0, 3) > 0) continue;
    for (let line = random.whole(1, 3); line > 0; line--) {
      if (layout.order.lines === 'parts') {
        const part = writer.row();
        for (const name of [order, ...roles.people, ...roles.dates]) part[name] = row[name];
        rows.push(part);
      } else rows.push(random.whole(0, 1) === 0 ? { ...row } : continued(row, roles, order));
    }
  }
  if (layout.fill_down !== undefined) return headed(rows, layout, roles);
  return rows;
}

/** A further line of an order: what the order has stands on the first alone. */
function continued(row, { money }, order) {
  const line = { ...row };
  for (const name of money) line[name] = '';
  line[order] = row[order];
  return line;
}

/** Rows under a heading for each customer, with a subtotal. */
function headed(rows, layout, { money, dates }) {
  const column = layout.fill_down;
  const blank = Object.fromEntries(Object.keys(rows[0]).map((name) => [name, '']));
  const by = new Map();
  for (const row of rows) by.set(row[column], [...(by.get(row[column]) ?? []), row]);
  return [...by].flatMap(([id, own]) => [
    { ...blank, [column]: id || 'Not Specified' },
    ...own.map((row) => ({ ...row, [column]: '' })),
    { ...blank, [column]: `Total for ${id}`, [money[0]]: own.find((row) => row[dates[0]] !== '')?.[money[0]] ?? '' },
  ]);
}

/** What stands below the table. */
function footOf(layout, header, random) {
  if (!layout.stop) return [];
  const cells = header.map(({ name }) =>
    name === layout.stop.column ? instanceOf(random.pick(layout.stop.values), random) : '',
  );
  return [cells, ['Seller ID : shop'], ['made by', 'the shop']].slice(0, random.whole(1, 3));
}

/** Something that must be refused, put into rows. */
function spoil(rows, writer, random, fault) {
  const { layout, roles } = writer;
  const at = random.whole(1, rows.length - 1);
  const row = rows[at];
  const own = new Set([...roles.money, ...roles.dates, ...roles.people, ...roles.keys, ...roles.later]);
  if (fault === 'unlisted') {
    const rule = roles.rules.find(
      ({ column, count = [], leave_out: left = {}, before }) =>
        !own.has(column) && !before && ![...count, ...Object.keys(left)].includes('*'),
    );
    if (rule) row[rule.column] = 'Never heard of';
  }
  const key =
    fault === 'order' && layout.order?.lines === 'total'
      ? layout.order.column
      : fault === 'once'
        ? layout.once
        : undefined;
  if (key !== undefined && row[key]) rows.splice(at + 1, 0, { ...row, [roles.money[0]]: writer.written('4321.09') });
}

const cell = (text, delimiter, all) =>
  all || text.includes(delimiter) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

/**
 * Files of an export by a layout: their texts, and how they are to be read. @returns texts, delimiter, mark, format, words of
 * options, whether dates or amounts are bad, and what should be refused
 */
export function exportOf(layout, random) {
  const roles = rolesOf(layout);
  const header = headerOf(layout, roles, random);
  const fault = random.pick([null, null, null, 'unlisted', 'order', 'once', 'width', 'after']);
  const faults = { cells: random.whole(0, 3) === 0, currencies: roles.currency.length > 0 && random.whole(0, 2) === 0 };
  const writer = new Writer(layout, roles, header, random, faults);
  const delimiter = random.pick([',', ',', ';', '\t']);
  const newline = random.pick(['\n', '\r\n']);
  const all = random.whole(0, 3) === 0;
  const rows = rowsOf(writer, random, random.whole(8, 50));
  spoil(rows, writer, random, fault);
  const lines = (list) => list.map((row) => header.map(({ name }) => row[name] ?? ''));
  const foot = footOf(layout, header, random);
  const table = [header.map(({ written }) => written), ...lines(rows)];
  if (fault === 'width') table.splice(random.whole(2, table.length - 1), 0, ['too', 'short']);
  const after = fault === 'after' && foot.length > 0 ? lines([writer.row()]) : [];
  const above = layout.date.year
    ? [yearLine(layout.date.year)]
    : random.pick([[], [], [['Report of sales']], [['Shop', '2024'], [], ['']]]);
  const text = (parts) =>
    parts.map((row) => row.map((one) => cell(one, delimiter, all)).join(delimiter)).join(newline) + newline;
  const texts = [text([...above, ...table, ...foot, ...after])];
  const overlaps = layout.once !== undefined || layout.order?.lines === 'total';
  if (!fault && overlaps && random.whole(0, 3) === 0) {
    const again = rows.slice(random.whole(0, rows.length - 1));
    texts.push(text([...above, table[0], ...lines(again), ...lines(rowsOf(writer, random, 5))]));
  }
  return { texts, delimiter, mark: writer.mark, format: writer.format, time: writer.time, faults, fault };
}

/** The first line of DATEV: its field of the first day of the business year. */
function yearLine({ field }) {
  return Array.from({ length: field + 3 }, (_, i) =>
    i === 0 ? 'EXTF' : i === 1 ? '700' : i === field - 1 ? '20240101' : '',
  );
}
