import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { run } from '../clv.mjs';
import { isDay, moneyIn, recordsOf, unitsOf } from '../oracle/csv.mjs';
import { holds, same, Wrong } from '../wrong.mjs';

const DELIMITERS = [',', ';', '\t', '|'];
const BREAKS = ['\n', '\r\n', '\r'];
const NOTES = [
  '',
  'ok',
  'naïve',
  'x\ny',
  'a""b',
  '1,2',
  'c9,2024-01-01,99.00',
  'c9;2024-01-01;99.00',
  ' "q" ',
  '=1+1',
  '\u202eabc',
  '__proto__',
  'x\r\ny',
];
const BAD = {
  date: ['2024-13-01', '2024-02-30', 'yesterday', '', '2024-1-1x'],
  amount: ['oops', '', '1e', '1.2.3', 'NaN', '0x10', '1_000', '--5', 'Infinity'],
};

const one = (random, list) => list[random.whole(0, list.length - 1)];
const day = (random) => `${one(random, [2023, 2024])}-${pad(random.whole(1, 12))}-${pad(random.whole(1, 28))}`;
const pad = (number) => String(number).padStart(2, '0');
const money = (random) => `${random.whole(0, 9) === 0 ? '-' : ''}${random.whole(0, 5000)}.${pad(random.whole(0, 99))}`;
const quoted = (text, delimiter) =>
  text.includes(delimiter) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

/** Rows of a log; some of them bad where that is asked for. */
function rowsOf(random, bad) {
  const length = random.whole(1, 60);
  return Array.from({ length }, () => {
    const row = [
      one(random, ['c1', 'c2', '007', 'Ünal', '__proto__', `n${random.whole(0, 20)}`]),
      day(random),
      money(random),
      one(random, NOTES),
    ];
    const fault = bad ? random.whole(0, 11) : 11;
    if (fault < 2) row[1] = one(random, BAD.date);
    else if (fault < 4) row[2] = one(random, BAD.amount);
    return row;
  });
}

function textOf(rows, delimiter, newline, random) {
  const lines = [['customer', 'date', 'amount', 'note'], ...rows].map((row) =>
    row
      .map((cell) => (random.whole(0, 9) === 0 ? `"${cell.replaceAll('"', '""')}"` : quoted(cell, delimiter)))
      .join(delimiter),
  );
  return lines.join(newline) + (random.whole(0, 3) === 0 ? '' : newline);
}

/** What a text comes to, by the oracle: null where it cannot be read. */
function totalsOf(text, delimiter) {
  const records = recordsOf(text.replace(/^\ufeff/, ''), delimiter);
  if (records === null) return null;
  const [header, ...rows] = records;
  const found = { records: rows.length, rejected: [], amount: 0n, certain: true };
  for (const { fields, line } of rows) {
    const [id = '', date = '', amount = ''] = fields;
    const units = unitsOf(amount);
    if (fields.length !== header.fields.length || id.trim() === '' || !isDay(date) || units === null)
      found.rejected.push(line);
    else found.amount += units;
  }
  return found;
}

/** Changes some bytes of a file, or cuts it off. */
function damaged(bytes, random) {
  if (random.whole(0, 2) === 0) return bytes.subarray(0, random.whole(1, bytes.length));
  const copy = Buffer.from(bytes);
  for (let i = random.whole(1, 3); i > 0; i--)
    copy[random.whole(0, copy.length - 1)] = one(
      random,
      [0x22, 0x2c, 0x0a, 0x0d, 0x3b, 0x20, 0x2d, 0x39, 0x61, 0x00, 0xc3, 0xff],
    );
  return copy;
}

const KINDS = ['plain', 'quoted', 'bad rows', 'damaged', 'gzip', 'utf-16', 'several files'];

/** A generated CSV, whose totals are those of a reader that knows nothing of the product, or a coded error with its place. */
export const conservation = {
  name: 'conservation',
  share: 4,
  async trial(random, folder) {
    const kind = one(random, KINDS);
    const delimiter = one(random, DELIMITERS);
    const newline = one(random, BREAKS);
    const several = kind === 'several files' ? random.whole(2, 4) : 1;
    const texts = Array.from({ length: several }, () =>
      textOf(rowsOf(random, kind === 'bad rows'), delimiter, newline, random),
    );
    const files = texts.map((text, i) => {
      const name = join(folder, `data${i}.csv${kind === 'gzip' ? '.gz' : ''}`);
      let bytes = kind === 'utf-16' ? Buffer.from(`\ufeff${text}`, 'utf16le') : Buffer.from(text);
      if (kind === 'damaged') bytes = damaged(bytes, random);
      writeFileSync(name, kind === 'gzip' ? gzipSync(bytes) : bytes);
      return name;
    });
    const out = join(folder, 'out.json');
    const rejects = join(folder, 'rejects.csv');
    const words = [
      '--assert',
      'records>=0',
      '--max-rejects',
      '99%',
      '--rejects',
      rejects,
      '--as-is',
      'repeats,ids',
      '--delimiter',
      delimiter === '\t' ? '\\t' : delimiter,
    ];
    const { code, codes, err } = await run(
      'check',
      ...files,
      ...words,
      '--decimal-mark',
      '.',
      '--date-format',
      'YYYY-MM-DD',
      '-qq',
      '-o',
      out,
    );
    const read = kind === 'damaged' ? readFileSync(files[0]).toString('utf8') : null;
    const wanted = (read === null ? texts : [read]).map((text) => totalsOf(text, delimiter));
    if (code !== 0) {
      holds(`an error without a code: ${err}`, codes.length > 0);
      const may =
        kind === 'damaged' ||
        wanted.some((one) => one === null || one.rejected.length > 0 || one.records === 0) ||
        codes[0] === 'E240' ||
        codes[0] === 'E281';
      if (!may) throw new Wrong(`a file that can be read is refused: ${err}`);
      return { kind, figures: 1 };
    }
    const json = readFileSync(out, 'utf8');
    const document = JSON.parse(json);
    const records = document.input.files.reduce((sum, file) => sum + file.records, 0);
    const rejected = document.input.files.reduce((sum, file) => sum + file.rejected, 0);
    if (wanted.includes(null)) throw new Wrong('read, though a quote is out of place');
    const total = (of) => wanted.reduce((sum, one) => sum + of(one), 0);
    same(
      'records',
      records,
      total((one) => one.records),
    );
    const exact = kind !== 'damaged' || total((one) => one.rejected.length) === rejected;
    if (!exact) return { kind, figures: 1 };
    same(
      'rejected',
      rejected,
      total((one) => one.rejected.length),
    );
    const amount = moneyIn(json, ['reconciliation', 'total', 'amount']);
    same('money', String(amount), String(wanted.reduce((sum, one) => sum + one.amount, 0n)));
    checkRejects(rejects, texts, kind, read, delimiter);
    return { kind, figures: 4 };
  },
};

/** Each reject stands on a line on which the oracle has one. */
function checkRejects(file, texts, kind, read, delimiter) {
  const lines = recordsOf(readFileSync(file, 'utf8'), ',')
    .slice(1)
    .map(({ fields }) => Number(fields[1]));
  const wanted = (read === null ? texts : [read]).flatMap((text) => totalsOf(text, delimiter).rejected);
  same(
    `lines of rejects (${kind})`,
    lines.sort((a, b) => a - b),
    wanted.sort((a, b) => a - b),
  );
}
