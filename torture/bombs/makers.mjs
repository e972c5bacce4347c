/** Files that are far larger, wider or emptier than any export, with what they hold: written in pieces, never whole in memory. */

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { createGzip } from 'node:zlib';
import { strToU8, Zip, ZipDeflate } from 'fflate';

async function written(path, pieces, through) {
  const file = createWriteStream(path);
  const stream = through ?? file;
  if (through) through.pipe(file);
  for (const piece of pieces) if (!stream.write(piece)) await once(stream, 'drain');
  stream.end();
  await once(file, 'close');
}

const HEADER = 'customer,date,amount,segment\n';
/** Day 0 … of 2023 and 2024. */
const day = (number) => new Date(Date.UTC(2023, 0, 1 + (number % 730))).toISOString().slice(0, 10);
const DAYS = Array.from({ length: 730 }, (_, number) => day(number));

/** Rows by number in pieces of some thousand. */
function* rows(count, row) {
  yield HEADER;
  for (let from = 0; from < count; from += 10_000) {
    let piece = '';
    for (let i = from; i < Math.min(count, from + 10_000); i++) piece += row(i);
    yield piece;
  }
}

/** A text in many pieces. */
function* repeated(before, piece, times, after) {
  yield before;
  for (let i = 0; i < times; i++) yield piece;
  yield after;
}

const MEGABYTE = 'x'.repeat(1 << 20);

export const longLine = (path, megabytes) =>
  written(path, repeated(`${HEADER}a,2024-01-02,5.00,"`, MEGABYTE, megabytes, '"\n'));

export const gzipped = (path, megabytes) =>
  written(path, repeated(HEADER, 'a,2024-01-02,5.00,north\n'.repeat(43_690), megabytes, ''), createGzip({ level: 9 }));

/** A workbook whose one sheet unpacks to so many megabytes of blanks. */
export async function workbook(path, megabytes) {
  const file = createWriteStream(path);
  const zip = new Zip((error, piece) => {
    if (error) throw error;
    file.write(piece);
  });
  const add = (name, pieces) => {
    const entry = new ZipDeflate(name, { level: 9 });
    zip.add(entry);
    for (const piece of pieces) entry.push(strToU8(piece));
    entry.push(new Uint8Array(), true);
  };
  const relation = (id, type, target) =>
    `<Relationship Id="${id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}"/>`;
  const relations = (inner) =>
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${inner}</Relationships>`;
  const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
  add('_rels/.rels', [relations(relation('r', 'officeDocument', 'xl/workbook.xml'))]);
  add('xl/workbook.xml', [
    `<workbook ${main} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="s" sheetId="1" r:id="s"/></sheets></workbook>`,
  ]);
  add('xl/_rels/workbook.xml.rels', [relations(relation('s', 'worksheet', 'worksheets/sheet1.xml'))]);
  add(
    'xl/worksheets/sheet1.xml',
    repeated(`<worksheet ${main}><sheetData>`, ' '.repeat(1 << 20), megabytes, '</sheetData></worksheet>'),
  );
  zip.end();
  file.end();
  await once(file, 'close');
}

/** So many columns beside the three that count; 3 customers, 15.00. */
export function wide(path, columns) {
  const names = Array.from({ length: columns - 3 }, (_, i) => `c${i}`).join();
  const cells = ',1'.repeat(columns - 3);
  const lines = ['a', 'b', 'c'].map((id) => `${id},2024-01-02,5.00${cells}\n`);
  return written(path, [`customer,date,amount,${names}\n`, ...lines]);
}

/** The two purchase days of the customer of a number. */
const twice = (number, at) => DAYS[(number % 365) + at * 300];

/** Customers with a segment each, and two purchases: 3.00 and 4.00. */
export const segments = (path, count) =>
  written(
    path,
    rows(2 * count, (i) => `c${i >> 1},${twice(i >> 1, i % 2)},${3 + (i % 2)}.00,s${i >> 1}\n`),
  );

/** 200 customers with two purchases of 10.00, and one with so many rows of 0.01. */
export const oneCustomer = (path, count) =>
  written(
    path,
    rows(count + 400, (i) =>
      i < 400 ? `c${i >> 1},${twice(i >> 1, i % 2)},10.00,n\n` : `big,${DAYS[i % 730]},0.01,n\n`,
    ),
  );

/** Customers of 3.00 each, of whom every fourth comes again for 4.00, one row after the other. */
export const customers = (path, count) =>
  written(
    path,
    rows(count + count / 4, (i) =>
      i < count ? `c${i},${twice(i, 0)},3.00,n\n` : `c${4 * (i - count)},${twice(4 * (i - count), 1)},4.00,n\n`,
    ),
  );
