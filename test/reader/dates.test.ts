import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isoOf, parseIsoDay } from '../../src/base/calendar.ts';
import { DateEvidence } from '../../src/reader/date-evidence.ts';
import { DATE_FORMATS, DateFormat } from '../../src/reader/dates.ts';
import { Zone } from '../../src/reader/zones.ts';

const read = (format: string, text: string, zone?: string): string => {
  const day = DateFormat.of(format)!.read(text, zone === undefined ? null : Zone.named(zone)!);
  return typeof day === 'string' ? day : isoOf(day);
};

describe('dates of a format', () => {
  it.each([
    ['YYYY-MM-DD', '2024-02-29', '2024-02-29'],
    ['YYYY-MM-DD', '0001-01-01', '0001-01-01'],
    ['YYYY-MM-DD', '2024-03-04T10:20:30', '2024-03-04'],
    ['YYYY-MM-DD', '2024-03-04 23:59', '2024-03-04'],
    ['YYYY-MM-DD', '2024-03-04 10:20:30.123456', '2024-03-04'],
    ['YYYY/MM/DD', '2024/3/4', '2024-03-04'],
    ['YYYYMMDD', '20240304', '2024-03-04'],
    ['DD/MM/YYYY', '31/12/2024', '2024-12-31'],
    ['DD/MM/YYYY', '3/4/2024', '2024-04-03'],
    ['MM/DD/YYYY', '3/4/2024', '2024-03-04'],
    ['MM/DD/YYYY', '12/1/2010 8:26', '2010-12-01'],
    ['MM/DD/YYYY', '12/1/2010 8:26:00 PM', '2010-12-01'],
    ['DD.MM.YYYY', '4.3.2024', '2024-03-04'],
    ['DD-MM-YYYY', '04-03-2024', '2024-03-04'],
    ['MM-DD-YYYY', '03-04-2024', '2024-03-04'],
    ['DD MM YYYY', '04 03 2024', '2024-03-04'],
    ['DDMMYYYY', '04032024', '2024-03-04'],
    ['YYYY-MM-DD', '2024-02-30', 'E212'],
    ['YYYY-MM-DD', '2023-02-29', 'E212'],
    ['YYYY-MM-DD', '0000-01-01', 'E212'],
    ['DD/MM/YYYY', '12/31/2024', 'E212'],
    ['YYYY-MM-DD', '', 'E211'],
    ['YYYY-MM-DD', '2024-3-4', 'E211'],
    ['YYYY-MM-DD', '24-03-04', 'E211'],
    ['YYYY-MM-DD', '2024-03-04x', 'E211'],
    ['YYYY-MM-DD', '2024-03-04 25:00', 'E211'],
    ['YYYY-MM-DD', '2024-03-04 10:60', 'E211'],
    ['YYYY-MM-DD', '2024-03-04 13:00 PM', 'E211'],
    ['YYYY-MM-DD', '2024-03-04T10:20+99:00', 'E211'],
    ['YYYY-MM-DD', '２０２４-03-04', 'E211'],
    ['DD/MM/YYYY', '03/04/24', 'E211'],
    ['YYYY-MM-DD', '2024-03-04T10:20:30Z', 'E214'],
    ['YYYY-MM-DD', '2024-03-04T10:20:30+01:00', 'E214'],
  ])('%s of %s: %s', (format, text, day) => {
    expect(read(format, text)).toBe(day);
  });

  it.each(['YYYY', 'YY-MM-DD', 'YYYY-MM-DD-DD', 'DD/MM/YY', 'YYYY-MM', 'yyyy-mm-dd', 'YYYYxMMxDD', '', '%Y-%m-%d'])(
    '%s is no format',
    (name) => {
      expect(DateFormat.of(name)).toBeNull();
    },
  );

  it('every format reads what it writes', () => {
    const days = fc.integer({ min: parseIsoDay('0001-01-01')!, max: parseIsoDay('9999-12-31')! });
    fc.assert(
      fc.property(days, fc.constantFrom(...DATE_FORMATS), (day, name) => {
        const [year, month, date] = isoOf(day).split('-');
        const text = name.replace('YYYY', year!).replace('MM', month!).replace('DD', date!);
        return DateFormat.of(name)!.read(text, null) === day;
      }),
    );
  });
});

describe('offsets', () => {
  it.each([
    ['2024-03-04T23:30:00Z', 'Europe/Berlin', '2024-03-05'],
    ['2024-03-04 23:30:00 UTC', 'Europe/Berlin', '2024-03-05'],
    ['2024-03-04T22:59:59Z', 'Europe/Berlin', '2024-03-04'],
    ['2024-07-04T22:00:00Z', 'Europe/Berlin', '2024-07-05'],
    ['2024-03-04T00:30:00+01:00', 'UTC', '2024-03-03'],
    ['2024-03-04T00:30:00+0100', 'UTC', '2024-03-03'],
    ['2024-03-04T00:30+01', 'UTC', '2024-03-03'],
    ['2024-03-04T23:30:00-05:00', 'America/New_York', '2024-03-04'],
    ['2024-03-04T18:29:59Z', 'Asia/Kolkata', '2024-03-04'],
    ['2024-03-04T18:30:00Z', 'Asia/Kolkata', '2024-03-05'],
    ['2011-12-30T09:59:59Z', 'Pacific/Apia', '2011-12-29'],
    ['2011-12-30T10:00:00Z', 'Pacific/Apia', '2011-12-31'],
    ['1880-01-01T23:06:31Z', 'Europe/Berlin', '1880-01-01'],
    ['1880-01-01T23:06:32Z', 'Europe/Berlin', '1880-01-02'],
    ['0001-01-01T12:00:00Z', 'UTC', '0001-01-01'],
  ])('%s in %s is %s', (text, zone, day) => {
    expect(read('YYYY-MM-DD', text, zone)).toBe(day);
    expect(read('YYYY-MM-DD', text, zone)).toBe(day);
  });

  it('has no zone of a wrong name', () => {
    expect(Zone.named('Mars/Olympus')).toBeNull();
  });
});

describe('the date format of a column', () => {
  const found = (...texts: string[]): string => {
    const dates = new DateEvidence<string>();
    for (const text of texts) dates.see(text, () => text);
    const { result } = dates;
    return 'format' in result ? result.format : `? ${result.example}: ${result.formats.join(' ')}`;
  };

  it.each([
    [['2024-03-04'], 'YYYY-MM-DD'],
    [['2024-03-04T10:00:00Z', 'x'], 'YYYY-MM-DD'],
    [['20240304'], 'YYYYMMDD'],
    [['03/04/2024', '13/04/2024'], 'DD/MM/YYYY'],
    [['03/04/2024', '04/13/2024'], 'MM/DD/YYYY'],
    [['03-04-2024', '30-04-2024'], 'DD-MM-YYYY'],
    [['03.04.2024'], 'DD.MM.YYYY'],
    [['2024-03-04', '2024-03-05', '13/04/2024'], 'YYYY-MM-DD'],
    [['13/04/2024', 'oops', '2024-02-30'], 'DD/MM/YYYY'],
    [['2024-02-30'], 'YYYY-MM-DD'],
    [['31/02/2024', 'oops'], 'DD/MM/YYYY'],
    [['oops'], 'YYYY-MM-DD'],
    [['03/04/2024'], '? 03/04/2024: DD/MM/YYYY MM/DD/YYYY'],
    [['03-04-2024', '5-5-2024'], '? 03-04-2024: DD-MM-YYYY MM-DD-YYYY'],
    [['13/04/2024', '14/04/2024', '04/13/2024', '03/04/2024'], '? 03/04/2024: DD/MM/YYYY MM/DD/YYYY'],
  ])('%j: %s', (texts, format) => {
    expect(found(...texts)).toBe(format);
  });
});
