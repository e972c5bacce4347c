import { open } from 'node:fs/promises';
import { ClvError } from '../../base/errors.ts';
import { type Located, systemError } from './stable-file.ts';

/** What a file is, as its first bytes tell, where it is no table that can be read. */
export interface Foreign {
  readonly what: string;
  readonly remedy: string;
}

/** Kinds of files that are unpacked, converted or looked into. */
export type Packed = 'gzip' | 'zip' | 'parquet' | 'compound';

/** The number of first bytes that tell what a file is. */
export const START_BYTES = 1024;

const SAVE_AS = 'save the table as .xlsx or CSV, and give that';
const UNPACK = 'unpack it and give the file in it, or pack it as .gz or .zip';
const QUERY = 'export the table from it as CSV or Parquet';

/** E247: a file that is no table that can be read. */
export function foreign({ what, remedy }: Foreign, file: string): ClvError {
  return new ClvError('E247', { what, remedy }, { file });
}

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');

const PACKED: readonly (readonly [Buffer, Packed])[] = [
  [bytes('\x1f\x8b'), 'gzip'],
  [bytes('PK\x03\x04'), 'zip'],
  [bytes('PK\x05\x06'), 'zip'],
  [bytes('PAR1'), 'parquet'],
  [bytes('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'), 'compound'],
];

const MARKS: readonly (readonly [Buffer, Foreign])[] = [
  [
    bytes('%PDF-'),
    { what: 'a PDF document', remedy: 'export the table as CSV or .xlsx: no amount is read off a page' },
  ],
  [bytes('SQLite format 3\0'), { what: 'an SQLite database', remedy: QUERY }],
  [bytes('BZh'), { what: 'packed with bzip2', remedy: UNPACK }],
  [bytes('\xfd7zXZ\0'), { what: 'packed with xz', remedy: UNPACK }],
  [bytes('\x28\xb5\x2f\xfd'), { what: 'packed with zstd', remedy: UNPACK }],
  [bytes('7z\xbc\xaf\x27\x1c'), { what: 'a 7z archive', remedy: UNPACK }],
  [bytes('Rar!\x1a\x07'), { what: 'a RAR archive', remedy: UNPACK }],
  [bytes('ORC'), { what: 'an ORC file', remedy: 'export it as Parquet or CSV' }],
  [bytes('Obj\x01'), { what: 'an Avro file', remedy: 'export it as Parquet or CSV' }],
  [bytes('ARROW1'), { what: 'an Arrow file', remedy: 'export it as Parquet or CSV' }],
  [bytes('\x89PNG\r\n'), { what: 'a picture (PNG)', remedy: 'export the table as CSV or .xlsx' }],
  [bytes('\xff\xd8\xff'), { what: 'a picture (JPEG)', remedy: 'export the table as CSV or .xlsx' }],
];

/** Marks that text may begin with too count only with this behind them. */
const BEHIND: Readonly<Record<string, RegExp>> = {
  'packed with bzip2': /^BZh[1-9](1AY&SY|\x17rE8P\x90)/,
  'an ORC file': /^ORC[^ -~\r\n\t]/,
};

const TAR: Foreign = { what: 'a tar archive', remedy: 'unpack it and give the files in it' };

/** What a file is by bytes that no text begins with; null: it may be text. */
export function binaryKind(start: Buffer): Packed | Foreign | null {
  const packed = PACKED.find(([mark]) => begins(start, mark));
  if (packed) return packed[1];
  if (start.subarray(257, 262).equals(bytes('ustar'))) return TAR;
  const marked = MARKS.find(([mark]) => begins(start, mark))?.[1];
  if (!marked) return null;
  return BEHIND[marked.what]?.test(start.toString('latin1')) === false ? null : marked;
}

/** What a text in UTF-8 is when it is no delimited table. */
export function textKind(start: Buffer): Foreign | null {
  const text = start.toString('utf8').replace(/^[\ufeff\s]+/, '');
  if (/^<(!doctype\s+html|html|head|body|table|meta|style|div)\b/i.test(text))
    return {
      what: 'a web page (HTML), whatever its name ends in',
      remedy: `open it in a spreadsheet program, ${SAVE_AS}`,
    };
  if (/^<\?xml\b/.test(text)) return { what: 'XML', remedy: `open it in a spreadsheet program, ${SAVE_AS}` };
  if (/^(\{\s*("|\}|$)|\[\s*(["[{\]\d-]|$))/.test(text)) return { what: 'JSON', remedy: 'export it as CSV or Parquet' };
  return null;
}

function begins(start: Buffer, mark: Buffer): boolean {
  return start.subarray(0, mark.length).equals(mark);
}

const XLS: Foreign = {
  what: 'an old Excel workbook (.xls)',
  remedy: `open it in a spreadsheet program, ${SAVE_AS}`,
};
const LOCKED: Foreign = {
  what: 'a workbook or document that is protected by a password',
  remedy: 'open it with its password and save it without one, as .xlsx or CSV',
};

/** What a compound file of old Office programs holds, by the names in its directory. */
export async function compoundKind(file: Located): Promise<Foreign> {
  const names = await directoryOf(file);
  const holds = (name: string): boolean => names.includes(Buffer.from(name, 'utf16le'));
  if (holds('EncryptedPackage')) return LOCKED;
  if (holds('WordDocument')) return { what: 'an old Word document (.doc)', remedy: SAVE_AS };
  return XLS;
}

/** The beginning of its directory. It is named by a sector, which are counted from behind the header. */
async function directoryOf(file: Located): Promise<Buffer> {
  try {
    const input = await open(file.path, 'r');
    try {
      const header = Buffer.alloc(512);
      await input.read(header, 0, header.length, 0);
      const sector = 1 << (header.readUInt16LE(30) & 15);
      const directory = Buffer.alloc(4096);
      await input.read(directory, 0, directory.length, (header.readUInt32LE(48) + 1) * sector);
      return directory;
    } finally {
      await input.close();
    }
  } catch (error) {
    throw systemError('E422', file.name, error);
  }
}

const ODF = 'application/vnd.oasis.opendocument.';

/** What a zip archive is by the names in it (in lower case) and its member `mimetype`; null: an archive of files. */
export function archiveKind(names: ReadonlySet<string>, mimetype: string): 'workbook' | Foreign | null {
  if (names.has('xl/workbook.xml')) return 'workbook';
  if (names.has('xl/workbook.bin'))
    return { what: 'a binary Excel workbook (.xlsb)', remedy: `open it in a spreadsheet program, ${SAVE_AS}` };
  if (mimetype.startsWith(`${ODF}spreadsheet`))
    return { what: 'an OpenDocument spreadsheet (.ods)', remedy: `open it in a spreadsheet program, ${SAVE_AS}` };
  if (mimetype.startsWith(ODF)) return { what: 'an OpenDocument file', remedy: SAVE_AS };
  if (names.has('index/document.iwa') || names.has('index.zip'))
    return { what: 'an Apple Numbers document', remedy: 'export it from Numbers as CSV or .xlsx' };
  if (names.has('word/document.xml')) return { what: 'a Word document (.docx)', remedy: SAVE_AS };
  if (names.has('ppt/presentation.xml')) return { what: 'a PowerPoint presentation (.pptx)', remedy: SAVE_AS };
  return null;
}
