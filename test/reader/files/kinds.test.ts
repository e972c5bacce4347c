import { gzipSync } from 'node:zlib';
import { strToU8, type Zippable, zipSync } from 'fflate';
import iconv from 'iconv-lite';
import { afterAll, describe, expect, it } from 'vitest';
import { failure, load, workspace } from '../helpers.ts';

const space = workspace();
afterAll(space.remove);
const options = { scratch: space.scratch };
const latin = (text: string) => Buffer.from(text, 'latin1');
const zip = (members: Zippable) => Buffer.from(zipSync(members));
const nothing = strToU8('');

/** A compound file whose directory, in its third sector, holds these names. */
function compound(...names: readonly string[]): Buffer {
  const bytes = Buffer.alloc(8192);
  latin('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1').copy(bytes);
  bytes.writeUInt16LE(9, 30);
  bytes.writeUInt32LE(1, 48);
  for (const [i, name] of names.entries()) bytes.write(name, 1024 + 128 * i, 'utf16le');
  return bytes;
}

const tar = Buffer.alloc(1024);
tar.write('a.csv', 0);
tar.write('ustar', 257);

describe('E247: a file is named as what it is', () => {
  it.each([
    ['an old Excel workbook (.xls)', compound('Root Entry', 'Workbook')],
    ['a workbook or document that is protected by a password', compound('Root Entry', 'EncryptedPackage')],
    ['an old Word document (.doc)', compound('Root Entry', 'WordDocument')],
    ['an old Excel workbook (.xls)', latin('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1cut')],
    [
      'an OpenDocument spreadsheet (.ods)',
      zip({ mimetype: strToU8('application/vnd.oasis.opendocument.spreadsheet') }),
    ],
    ['an OpenDocument file', zip({ mimetype: strToU8('application/vnd.oasis.opendocument.text') })],
    ['an Apple Numbers document', zip({ 'Index/Document.iwa': nothing })],
    ['a binary Excel workbook (.xlsb)', zip({ 'xl/workbook.bin': nothing })],
    ['a Word document (.docx)', zip({ 'word/document.xml': nothing })],
    ['a PowerPoint presentation (.pptx)', zip({ 'ppt/presentation.xml': nothing })],
    ['an archive in an archive', zip({ 'a.zip': zip({ 'a.csv': nothing }) })],
    ['a PDF document', latin('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n')],
    ['an SQLite database', latin('SQLite format 3\0\x10\0')],
    ['packed with bzip2', latin('BZh91AY&SY\0')],
    ['packed with xz', latin('\xfd7zXZ\0\0')],
    ['packed with zstd', latin('\x28\xb5\x2f\xfd\0')],
    ['a 7z archive', latin('7z\xbc\xaf\x27\x1c\0')],
    ['a RAR archive', latin('Rar!\x1a\x07\x01\0')],
    ['an ORC file', latin('ORC\x10\0')],
    ['an Avro file', latin('Obj\x01\x04')],
    ['an Arrow file', latin('ARROW1\0\0')],
    ['a picture (PNG)', latin('\x89PNG\r\n\x1a\n')],
    ['a picture (JPEG)', latin('\xff\xd8\xff\xe0')],
    ['a tar archive', gzipSync(tar)],
    ['packed with gzip twice', gzipSync(gzipSync('customer,date,amount\n'))],
    ['a web page (HTML), whatever its name ends in', latin('\r\n<html><table><tr>')],
    ['a web page (HTML), whatever its name ends in', latin('<!DOCTYPE html>\n')],
    ['a web page (HTML), whatever its name ends in', iconv.encode('<TABLE border=1>', 'utf-16le', { addBOM: true })],
    ['XML', latin('\xef\xbb\xbf<?xml version="1.0"?><Workbook/>')],
    ['JSON', latin('{"orders": [{"id": 1}]}')],
    ['JSON', latin('[\n  {\n    "id": 1')],
    ['JSON', latin('{\r\n')],
    ['JSON', gzipSync('["id", "date"]\n[1, 2]')],
  ])('%s', async (what, bytes) => {
    const path = space.file(bytes, 'orders.csv');
    const error = await failure(load([path], options));
    expect(error.code).toBe('E247');
    expect(error.values['what']).toBe(what);
    expect(error.place?.file.startsWith(path)).toBe(true);
  });

  it('whatever is said of encoding and delimiter', async () => {
    const path = space.file(compound('Workbook'), 'orders.xls');
    const error = await failure(load([path], { ...options, encoding: 'windows-1252', delimiter: ';' }));
    expect(error).toMatchObject({ code: 'E247', place: { file: path } });
    const page = space.file('<html>', 'page.xls');
    expect(await failure(load([page], { ...options, encoding: 'latin1' }))).toMatchObject({ code: 'E247' });
  });

  it('and in an archive it is named as the file that it is', async () => {
    const path = space.file(zip({ 'orders.csv': strToU8('%PDF-1.7') }), 'orders.zip');
    const error = await failure(load([path], options));
    expect(error).toMatchObject({ code: 'E247', place: { file: `${path}:orders.csv` } });
  });

  it('of none of these kinds it is text, or what no text may hold', async () => {
    expect(await failure(load([space.file('\0\x01\x02')], options))).toMatchObject({ code: 'E236' });
    const none = await failure(load([space.file('BZhou;ORCa;PK\n1;2;3\n', 'names.csv')], options));
    expect(none.code).toBe('E124');
  });

  it.each([
    'BZh9,date,amount',
    'ORC id,date,amount',
    '[customer],[date],[amount]',
    '{id},date,amount',
    '<id>,date,amount',
  ])('a header may begin with %s', async (header) => {
    const [customer] = header.split(',');
    const [, date, amount] = header.split(',');
    const path = space.file(`${header}\nA,2024-01-02,1\n`);
    const { result } = await load([path], { ...options, customer: customer!, date: date!, amount: amount! });
    expect(result.totals.records).toBe(1);
  });
});
