/**
 * What an export comes to by the description of its layout (docs/layouts.md), read with nothing of the product: records of
 * csv.mjs, money as fractions, values and rules as the page on layouts tells them.
 */
import { placeIn, recordsOf } from './csv.mjs';

const ZERO = { over: 0n, under: 1n };
const plus = (a, b) => ({ over: a.over * b.under + b.over * a.under, under: a.under * b.under });
const minus = (a) => ({ over: -a.over, under: a.under });
const times = (a, b) => ({ over: a.over * b.over, under: a.under * b.under });

/** A fraction in hundredths, which it must be. */
function cents({ over, under }) {
  if ((over * 100n) % under !== 0n) throw new Error(`${over}/${under} is no hundredth`);
  return (over * 100n) / under;
}

/** Money as shops write it: a sign of a currency or none, a minus or brackets, groups of three; null for anything else. */
function fractionOf(text, mark) {
  const group = mark === '.' ? ',' : '\\.';
  const bare = text.trim().replace(/^\((.*)\)$/, '-$1');
  const shape = new RegExp(
    `^(-?)(?:[$€]|USD |EUR )?(-?)((?:\\d{1,3}(?:${group}\\d{3})+|\\d+))(?:\\${mark}(\\d+))?(?: ?€| EUR)?$`,
  );
  const match = shape.exec(bare);
  if (!match || (match[1] && match[2])) return null;
  const [, sign, other, whole, part = ''] = match;
  const over = BigInt(whole.replace(/[.,]/g, '') + part);
  return { over: sign || other ? -over : over, under: 10n ** BigInt(part.length) };
}

const plain = (name) =>
  name
    .toLowerCase()
    .replace(/^\*/, '')
    .replace(/[\s_-]/g, '');

/** Whole texts without case; `*` any text that is not blank where it stands alone, `?` one character. */
function matches(values, cell) {
  const text = cell.trim().toLowerCase();
  return values.some((value) => {
    const wanted = value.trim().toLowerCase();
    if (!/[*?]/.test(wanted)) return wanted === text;
    const source = [...wanted].map((c) => (c === '*' ? '[^]*' : c === '?' ? '[^]' : c.replace(/[^a-z0-9]/u, '\\$&')));
    return text !== '' && new RegExp(`^${source.join('')}$`).test(text);
  });
}

/** Columns of a header by the names of a layout. */
function finder(header, layout) {
  const at = (name) => header.findIndex((one) => plain(one) === plain(name));
  return (name) => [name, ...(layout.names?.[name] ?? [])].map(at).find((position) => position >= 0) ?? -1;
}

/** `A - B + C`, `A * B`, `first(A, B)`, `first_not_zero(A, B - C)` as a function of a row: a fraction, or { column } that is at fault. */
function amountOf(text, find, mark) {
  const call = /^first(_not_zero)?\((.*)\)$/.exec(text);
  if (call) {
    const options = call[2].split(', ').map((one) => ({ of: amountOf(one, find, mark), blank: blankOf(one, find) }));
    return (row) => {
      for (const { of, blank } of options.slice(0, -1)) {
        if (blank(row)) continue;
        const value = of(row);
        if ('column' in value || !call[1] || value.over !== 0n) return value;
      }
      return options.at(-1).of(row);
    };
  }
  const words = text.split(/ ([-+*]) /);
  const names = words.filter((_, i) => i % 2 === 0);
  const cell = (name) => (row) => fractionOf(row[find(name)], mark) ?? { column: find(name) };
  return (row) => {
    let value = cell(names[0])(row);
    for (let i = 1; i < names.length && !('column' in value); i++) {
      const [sign, name] = [words[2 * i - 1], names[i]];
      if (sign !== '*' && (find(name) < 0 || row[find(name)].trim() === '')) continue;
      const next = cell(name)(row);
      if ('column' in next) return next;
      value = sign === '*' ? times(value, next) : plus(value, sign === '-' ? minus(next) : next);
    }
    return value;
  };
}

const blankOf = (text, find) => (row) => find(text) >= 0 && row[find(text)].trim() === '';

/** All columns of an amount that the header has. */
export function columnsIn(text, find = () => 0) {
  const names = text.replace(/^first(_not_zero)?\(|\)$/g, (part) => (part.length > 1 ? '' : part));
  const bare = /^first/.test(text) ? names.replace(/\)$/, '') : text;
  return bare.split(/ [-+*] |, /).filter((name) => find(name) >= 0);
}

/**
 * The accounts of files of one header. @param settings the delimiter, the decimal mark, the amount (or net), the only currency, and
 * a reading of dates: text → day YYYY-MM-DD or null
 */
export function totalsOf(texts, layout, settings) {
  const { delimiter, mark, amount, onlyCurrency, dayOf } = settings;
  const found = {
    ...{ records: 0, continuation: 0, repeated: { records: 0, amount: 0n }, without: { records: 0, amount: 0n } },
    ...{ leftOut: new Map(), rejects: [], accepted: [], error: null },
  };
  const memory = { orders: new Map(), last: '', once: new Map() };
  for (const [number, text] of texts.entries()) {
    const records = recordsOf(text, delimiter);
    const from = records.findIndex(({ fields }) => isHeader(fields, layout));
    read({ records, from, number, text, layout, mark, amount, onlyCurrency, dayOf, found, memory });
    if (found.error?.ends) break;
  }
  // Orders none of whose lines says an amount, where their first counts.
  const open = [...memory.orders].find(([, order]) => order.content === null && order.open !== null);
  if (open) found.error ??= { code: 'E207', ...open[1].open, text: open[0], ends: false };
  return found;
}

function isHeader(fields, layout) {
  const find = finder(fields, layout);
  return layout.match.columns.every((name) => find(name) >= 0);
}

function read({ records, from, number, text, layout, mark, amount, onlyCurrency, dayOf, found, memory }) {
  const header = records[from].fields;
  const find = finder(header, layout);
  const value = amountOf(amount, find, mark);
  const money = columnsIn(amount, find).map(find);
  const holds = (condition, row) =>
    Object.entries(condition).every(([name, values]) => matches(values, row[find(name)]));
  const own = (list = []) => list.filter((one) => Object.keys(one).every((name) => find(name) >= 0));
  const [zero, taken] = [own(layout.zero), own(layout.minus)];
  const worth = (row) => {
    const sum = value(row);
    if ('column' in sum) return sum;
    if (zero.some((one) => holds(one, row))) return ZERO;
    return taken.some((one) => holds(one, row)) ? minus(sum) : sum;
  };
  const counted = (row) => {
    const sum = worth(row);
    return 'column' in sum ? 0n : cents(sum);
  };
  const dates = layout.date.columns.map(find).filter((column) => column >= 0);
  const customers = (row) => {
    const { unless, columns } = layout.customer;
    return (unless && holds(unless.when, row) ? unless.columns : columns).map(find).filter((column) => column >= 0);
  };
  const idOf = (row) => {
    const { nobody = [], fold_email: folds, up_to: end } = layout.customer;
    for (const column of customers(row)) {
      const id = (end ? row[column].split(end)[0] : row[column]).trim();
      if (id !== '' && !matches(nobody, id)) return folds && id.includes('@') ? id.toLowerCase() : id;
    }
    return '';
  };
  const ruleOf = (row) => {
    for (const rule of layout.rows ?? []) {
      if (rule.when && !holds(rule.when, row)) continue;
      const cell = row[find(rule.column)].trim();
      if (rule.before && cell !== '' && cell < row[find(rule.before.column)].trim())
        return { rule, cell, reason: rule.before.reason };
      if (matches(rule.count ?? [], cell)) continue;
      const reason = Object.entries(rule.leave_out ?? {}).find(([one]) => matches([one], cell))?.[1] ?? null;
      return { rule, cell, reason };
    }
    return null;
  };
  const said = [
    ...[...layout.customer.columns, ...layout.date.columns, ...(layout.rows ?? []).map(({ column }) => column)],
    ...[...zero, ...taken].flatMap((one) => Object.keys(one)),
  ].map(find);
  const contentOf = (row) => {
    const cells = said.filter((column) => column >= 0).map((column) => row[column].trim());
    const sums = money.map((column) => fractionOf(row[column], mark));
    return JSON.stringify([cells, sums.map((one, i) => (one ? String(cents(one)) : row[money[i]].trim()))]);
  };
  const placeOf = ({ starts, fields }, column) => {
    const blanks = fields[column].trim() === '' ? 0 : fields[column].length - fields[column].trimStart().length;
    return { file: number, ...placeIn(text, starts[column] + blanks) };
  };
  const fails = (code, record, column, ends) => {
    // What ends the reading is told before what is gathered over all rows.
    if (found.error === null || (ends && !found.error.ends))
      found.error = { code, ...placeOf(record, column), text: record.fields[column].trim(), ends };
  };
  let filled = '';
  let ended = false;
  for (const record of records.slice(from + 1)) {
    const row = [...record.fields];
    if (ended) {
      if (row.length === header.length && dates.some((column) => row[column].trim() !== '')) {
        found.error = { code: 'E282', file: number, line: record.line, column: 1, text: row[0], ends: true };
        return;
      }
      continue;
    }
    if (layout.stop && row.length === header.length && matches(layout.stop.values, row[find(layout.stop.column)])) {
      ended = true;
      continue;
    }
    found.records++;
    if (row.length !== header.length) {
      found.rejects.push({ codes: ['E233'], file: number, line: record.line, column: 1, text: row[0] });
      continue;
    }
    if (layout.fill_down !== undefined) {
      const column = find(layout.fill_down);
      if (row[column].trim() === '') row[column] = filled;
      else filled = row[column].trim();
    }
    const key = layout.order ? row[find(layout.order.column)].trim() : '';
    if (key !== '') {
      const blank = money.every((column) => row[column].trim() === '');
      const beside = memory.last === `${number}/${key}`;
      const known = memory.orders.get(key);
      const content = blank ? null : contentOf(row);
      memory.last = `${number}/${key}`;
      const isOpen = known === undefined && blank && ruleOf(row) === null;
      const open = isOpen ? placeOf(record, find(layout.order.column)) : (known?.open ?? null);
      if (known === undefined || known.content === null) memory.orders.set(key, { content, open });
      const carries = !blank && (known === undefined || known.content === null || layout.order.lines === 'parts');
      if (!carries) {
        if (content !== null && known.content !== content) {
          fails('E283', record, find(layout.order.column), true);
          return;
        }
        if (blank || beside) found.continuation++;
        else {
          found.repeated.records++;
          found.repeated.amount += counted(row);
        }
        continue;
      }
    }
    const ruled = ruleOf(row);
    if (ruled) {
      const { rule, cell, reason } = ruled;
      if (reason === null) {
        fails('E286', record, find(rule.column), false);
        continue;
      }
      leave(found, header[find(rule.column)], cell, reason, counted(row));
      continue;
    }
    const once = layout.once === undefined ? '' : row[find(layout.once)].trim();
    if (once !== '') {
      const known = memory.once.get(once);
      const content = contentOf(row);
      if (known === undefined) memory.once.set(once, content);
      else if (known !== content) {
        fails('E288', record, find(layout.once), true);
        return;
      } else {
        found.repeated.records++;
        found.repeated.amount += counted(row);
        continue;
      }
    }
    if (onlyCurrency && !layout.currency.split('|').some((name) => find(name) >= 0)) {
      found.error = { code: 'E136', ends: true };
      return;
    }
    const currencies = (layout.currency?.split('|') ?? []).map(find).filter((column) => column >= 0);
    const currency = currencies.map((column) => row[column].trim()).find((text) => text !== '') ?? '';
    if (onlyCurrency && currencies.length > 0 && currency.toUpperCase() !== onlyCurrency) {
      leave(found, header[currencies[0]], currency.toUpperCase(), 'another currency', counted(row));
      continue;
    }
    const dated = dates.find((column) => row[column].trim() !== '') ?? dates[0];
    const day = dayOf(row[dated].trim());
    if (day === null) {
      const codes = ['E211', 'E212', 'E215', 'E216', 'E217'];
      found.rejects.push({ codes, ...placeOf(record, dated), text: row[dated].trim() });
      continue;
    }
    const sum = worth(row);
    if ('column' in sum) {
      found.rejects.push({ codes: ['E201'], ...placeOf(record, sum.column), text: row[sum.column].trim() });
      continue;
    }
    const id = idOf(row);
    if (id === '') {
      found.without.records++;
      found.without.amount += cents(sum);
    } else {
      const away = taken.some((one) => holds(one, row));
      found.accepted.push({ id, day, amount: cents(sum), currency: currency.toUpperCase(), away });
    }
  }
}

function leave(found, column, cell, reason, amount) {
  // Values are told by their first sixty letters.
  const value = cell.length > 60 ? `${cell.slice(0, 60)}…` : cell;
  const key = JSON.stringify([column, value, reason]);
  const account = found.leftOut.get(key) ?? { column, value, reason, records: 0, amount: 0n };
  found.leftOut.set(key, account);
  account.records++;
  account.amount += amount;
}

/** Customers by id up to a day: revenue, purchase days (whose rows net to zero or more), first and last; and what is left of the rest. */
export function valuedOf(accepted, asOf) {
  const days = new Map();
  const after = { records: 0, amount: 0n };
  const rows = new Map();
  for (const { id, day, amount } of accepted) {
    if (day > asOf) {
      after.records++;
      after.amount += amount;
      continue;
    }
    const own = days.get(id) ?? new Map();
    days.set(id, own);
    own.set(day, (own.get(day) ?? 0n) + amount);
    rows.set(id, (rows.get(id) ?? 0) + 1);
  }
  const customers = new Map();
  const valued = { customers: 0, records: 0, amount: 0n };
  const without = { customers: 0, records: 0, amount: 0n };
  for (const [id, own] of days) {
    const purchases = [...own].filter(([, net]) => net >= 0n).map(([day]) => day);
    const revenue = [...own.values()].reduce((sum, net) => sum + net, 0n);
    const account = purchases.length > 0 ? valued : without;
    account.customers++;
    account.records += rows.get(id);
    account.amount += revenue;
    purchases.sort();
    if (purchases.length > 0)
      customers.set(id, { revenue, purchases: purchases.length, first: purchases[0], last: purchases.at(-1) });
  }
  return { customers, valued, without, after };
}
