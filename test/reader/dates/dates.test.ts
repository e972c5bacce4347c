import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isoOf, parseIsoDay } from '../../../src/base/calendar.ts';
import { DATE_FORMATS, DateFormat } from '../../../src/reader/dates/dates.ts';
import { Zone } from '../../../src/reader/dates/zones.ts';

const read = (format: string, text: string, zone?: string): string => {
  const day = DateFormat.of(format, /^(?:0001|1880)-/.test(text) ? 'gregorian' : null)!.read(
    text,
    zone === undefined ? null : Zone.named(zone)!,
  );
  return typeof day === 'string' ? day : isoOf(day);
};

describe('dates of a format', () => {
  it.each([
    ['YYYY-MM-DD', '2024-02-29', '2024-02-29'],
    ['YYYY-MM-DD', '0001-01-01', '0001-01-01'],
    ['YYYY-MM-DD', '1899-12-31', 'E227'],
    ['YYYY-MM-DD', '1900-01-01', '1900-01-01'],
    ['YYYY-MM-DD', '2199-12-31', '2199-12-31'],
    ['YYYY-MM-DD', '2200-01-01', 'E227'],
    ['YYYY-MM-DD', '2024-03-04T10:20:30', '2024-03-04'],
    ['YYYY-MM-DD', '2024-03-04t10:20', '2024-03-04'],
    ['YYYY-MM-DD', '2024-03-04 23:59', '2024-03-04'],
    ['YYYY-MM-DD', '2024-03-04   23:59', '2024-03-04'],
    ['YYYY-MM-DD', '2024-03-04, 9:05', '2024-03-04'],
    ['YYYY-MM-DD', '2024-03-04 10:20:30.123456', '2024-03-04'],
    ['YYYY-MM-DD', '2024-03-04 10:20:30,5', '2024-03-04'],
    ['YYYY/MM/DD', '2024/3/4', '2024-03-04'],
    ['YYYYMMDD', '20240304', '2024-03-04'],
    ['YYYYMMDD', '20240304 10:00', '2024-03-04'],
    ['DD/MM/YYYY', '31/12/2024', '2024-12-31'],
    ['DD/MM/YYYY', '3/4/2024', '2024-04-03'],
    ['MM/DD/YYYY', '3/4/2024', '2024-03-04'],
    ['MM/DD/YYYY', '12/1/2010 8:26', '2010-12-01'],
    ['MM/DD/YYYY', '12/1/2010 8:26:00 PM', '2010-12-01'],
    ['MM/DD/YYYY', '7/25/2018 21:06', '2018-07-25'],
    ['DD.MM.YYYY', '4.3.2024', '2024-03-04'],
    ['DD.MM.YYYY', '15.01.2024, 13:20', '2024-01-15'],
    ['DD-MM-YYYY', '04-03-2024', '2024-03-04'],
    ['MM-DD-YYYY', '03-04-2024', '2024-03-04'],
    ['DD MM YYYY', '04 03 2024', '2024-03-04'],
    ['DD MM YYYY', '04  03 2024 9:00', '2024-03-04'],
    ['DD. MM. YYYY', '4. 3. 2024', '2024-03-04'],
    ['YYYY. MM. DD.', '2024. 3. 4.', '2024-03-04'],
    ['DDMMYYYY', '04032024', '2024-03-04'],
    ['YYYY-DD-MM', '2024-04-03', '2024-03-04'],
    ['YYYY-MM-DD', '2024-02-30', 'E212'],
    ['YYYY-MM-DD', '2023-02-29', 'E212'],
    ['YYYY-MM-DD', '0000-01-01', 'E212'],
    ['YYYY-MM-DD', '2024-02-30 10:00', 'E212'],
    ['DD/MM/YYYY', '12/31/2024', 'E212'],
    ['DD/MM/YYYY', '00/01/2024', 'E212'],
    ['YYYYMMDD', '20240230', 'E212'],
    ['YYYY-MM-DD', '', 'E211'],
    ['YYYY-MM-DD', '2024-3-4', 'E211'],
    ['YYYY-MM-DD', '24-03-04', 'E211'],
    ['YYYY-MM-DD', '2024-03-04x', 'E211'],
    ['YYYY-MM-DD', '2024-03-04 25:00', 'E211'],
    ['YYYY-MM-DD', '2024-03-04 24:00', 'E211'],
    ['YYYY-MM-DD', '2024-03-04 10:60', 'E211'],
    ['YYYY-MM-DD', '2024-03-04 10:20:60', 'E211'],
    ['YYYY-MM-DD', '2024-03-04 10:2', 'E211'],
    ['YYYY-MM-DD', '2024-03-0410:20', 'E211'],
    ['YYYY-MM-DD', '2024-03-04 10', 'E211'],
    ['YYYY-MM-DD', '10:20', 'E211'],
    ['YYYY-MM-DD', ':', 'E211'],
    ['YYYY-MM-DD', '2024-03-04T10:20+99:00', 'E211'],
    ['YYYY-MM-DD', '2024-03-04T10:20+01:75', 'E211'],
    ['YYYY-MM-DD', '2024-03-04 10:20 ABCDEF', 'E211'],
    ['YYYY-MM-DD', '２０２４-03-04', '2024-03-04'],
    ['YYYY-MM-DD', '٢٠٢٤-03-04', 'E211'],
    ['YYYY-MM-DD', `2024-03-04${' '.repeat(200)}10:20`, 'E211'],
    ['YYYYMMDD', '45306', 'E211'],
    ['YYYYMMDD', '2024030', 'E211'],
    ['DD/MM/YYYY', '03/04/24', 'E211'],
    ['DD/MM/YYYY', '03-04-2024', 'E211'],
    ['DD/MM/YYYY', '003/04/2024', 'E211'],
  ])('%s of %s: %s', (format, text, day) => {
    expect(read(format, text)).toBe(day);
    expect(read(format, text), 'read again').toBe(day);
  });

  it.each([
    ['MM/DD/YY', '1/13/24', '2024-01-13'],
    ['MM/DD/YY', '01/13/00', '2000-01-13'],
    ['MM/DD/YY', '12/31/42', '2042-12-31'],
    ['MM/DD/YY', '01/01/43', 'E227'],
    ['MM/DD/YY', '12/31/79', 'E227'],
    ['MM/DD/YY', '01/01/80', '1980-01-01'],
    ['MM/DD/YY', '01/01/99', '1999-01-01'],
    ['MM/DD/YY', '09/03/26', '2026-09-03'],
    ['MM/DD/YY', '06/20/25', '2025-06-20'],
    ['MM/DD/YY', '2/29/00', '2000-02-29'],
    ['MM/DD/YY', '2/29/23', 'E212'],
    ['MM/DD/YY', '1/15/24 1:20 PM', '2024-01-15'],
    ['MM/DD/YY', '1/13/2024', 'E211'],
    ['MM/DD/YY', '1/13/4', 'E211'],
    ['MM/DD/YY', '13/1/24', 'E212'],
    ['DD/MM/YY', '13/1/24', '2024-01-13'],
    ['DD.MM.YY', '15.01.24', '2024-01-15'],
    ['DD-MM-YY', '15-01-24', '2024-01-15'],
    ['YY-MM-DD', '24-01-15', '2024-01-15'],
    ['YY. MM. DD.', '24. 1. 2.', '2024-01-02'],
    ['YYMMDD', '240115', '2024-01-15'],
    ['DDMMYY', '150124', '2024-01-15'],
    ['MMM-DD-YY', 'Jan-08-24', '2024-01-08'],
    ['MMM-DD-YY', 'Sep-30-26', '2026-09-30'],
    ['DD-MMM-YY', '10-Dez-25', '2025-12-10'],
    ['DD-MMM-YY', '1-Apr-24', '2024-04-01'],
    ['DD MMM YY', '10 déc. 98', '1998-12-10'],
  ])('two digits for the year: %s of %s: %s', (format, text, day) => {
    expect(read(format, text)).toBe(day);
  });

  it.each([
    ['DD-MMM-YYYY', '05-Jan-2024', '2024-01-05'],
    ['DD-MMM-YYYY', '05-JAN-2024', '2024-01-05'],
    ['DD-MMM-YYYY', '5-january-2024', '2024-01-05'],
    ['DD-MMM-YYYY', '30-Jun-2024', '2024-06-30'],
    ['DD/MMM/YYYY', '05/Sept/2024', '2024-09-05'],
    ['DDMMMYYYY', '05JAN2024', '2024-01-05'],
    ['YYYY-MMM-DD', '2024-Feb-29', '2024-02-29'],
    ['MMM DD, YYYY', 'Jan 8, 2024', '2024-01-08'],
    ['MMM DD, YYYY', 'Jan 8, 2024 02:29:17 PM', '2024-01-08'],
    ['MMM DD, YYYY', 'Jan 8, 2024, 2:29 pm', '2024-01-08'],
    ['MMM DD, YYYY', 'Jan 8, 2024 1 PM', '2024-01-08'],
    ['MMM DD, YYYY', 'September 8, 2024', '2024-09-08'],
    ['MMM DD, YYYY', 'Sept. 8, 2024', '2024-09-08'],
    ['MMM DD, YYYY', 'May 8, 2024', '2024-05-08'],
    ['MMM DD YYYY', 'Dec 1 2017 12:38 AM', '2017-12-01'],
    ['MMM DD YYYY', 'Dec  1 2017', '2017-12-01'],
    ['DD. MMM YYYY', '10. März 2024', '2024-03-10'],
    ['DD. MMM YYYY', '10. Mär. 2024', '2024-03-10'],
    ['DD. MMM YYYY', '10. Mrz 2024', '2024-03-10'],
    ['DD. MMM YYYY', '10. MÄRZ 2024', '2024-03-10'],
    ['DD. MMM YYYY', '10. Ma\u0308rz 2024', '2024-03-10'],
    ['DD. MMM YYYY', '1. Jänner 2024', '2024-01-01'],
    ['DD. MMM YYYY', '1. Okt. 2024', '2024-10-01'],
    ['DD.MMM.YYYY', '10.Dez.2024', '2024-12-10'],
    ['DD.MMM.YYYY', '10.Dez..2024', '2024-12-10'],
    ['DD MMM YYYY', '8 janv. 2024', '2024-01-08'],
    ['DD MMM YYYY', '8 janvier 2024 13:20', '2024-01-08'],
    ['DD MMM YYYY', '8 févr. 2024', '2024-02-08'],
    ['DD MMM YYYY', '8 fevrier 2024', '2024-02-08'],
    ['DD MMM YYYY', '8 mars 2024', '2024-03-08'],
    ['DD MMM YYYY', '8 avr. 2024', '2024-04-08'],
    ['DD MMM YYYY', '8 juin 2024', '2024-06-08'],
    ['DD MMM YYYY', '8 juil. 2024', '2024-07-08'],
    ['DD MMM YYYY', '8 août 2024', '2024-08-08'],
    ['DD MMM YYYY', '8 AOÛT 2024', '2024-08-08'],
    ['DD MMM YYYY', '8 déc. 2024', '2024-12-08'],
    ['DD MMM YYYY', '1 ene 2024', '2024-01-01'],
    ['DD MMM YYYY', '1 enero 2024', '2024-01-01'],
    ['DD MMM YYYY', '1 abr. 2024', '2024-04-01'],
    ['DD MMM YYYY', '1 ago 2024', '2024-08-01'],
    ['DD MMM YYYY', '1 setiembre 2024', '2024-09-01'],
    ['DD MMM YYYY', '1 dic 2024', '2024-12-01'],
    ['DD MMM YYYY', '31 juin 2024', 'E212'],
    ['DD MMM YYYY', '30 Feb 2024', 'E212'],
    ['DD MMM YYYY', '1 foo 2024', 'E211'],
    ['DD MMM YYYY', '1 j 2024', 'E211'],
    ['DD MMM YYYY', '1 Janx 2024', 'E211'],
    ['DD MMM YYYY', '1 01 2024', 'E211'],
    ['DD MMM YYYY', '1 ja.n 2024', 'E211'],
    ['DD MM YYYY', '1 Jan 2024', 'E211'],
  ])('months in words: %s of %s: %s', (format, text, day) => {
    expect(read(format, text)).toBe(day);
  });

  it.each([
    ['02:29:17 PM', '2024-01-08'],
    ['2:29 pm', '2024-01-08'],
    ['2:29PM', '2024-01-08'],
    ['1:20 p.m.', '2024-01-08'],
    ['1:20 p. m.', '2024-01-08'],
    ['1:20 a.m', '2024-01-08'],
    ['1:20\u202fPM', '2024-01-08'],
    ['1 PM', '2024-01-08'],
    ['1pm', '2024-01-08'],
    ['12 a.m.', '2024-01-08'],
    ['13:00 PM', 'E211'],
    ['0:30 AM', 'E211'],
    ['13 PM', 'E211'],
    ['1:20 xm', 'E216'],
    ['1:20 p', 'E211'],
    ['1:20:3', 'E211'],
    ['1', 'E211'],
  ])('the time %s', (time, day) => {
    expect(read('YYYY-MM-DD', `2024-01-08 ${time}`)).toBe(day);
    expect(read('YYYY-MM-DD', `2024-01-08   ${time}`)).toBe(day);
  });

  it.each([
    ['excel', '45306', '2024-01-15'],
    ['excel', '45306.5', '2024-01-15'],
    ['excel', '45306,999988', '2024-01-15'],
    ['excel', '61', '1900-03-01'],
    ['excel', '25569', '1970-01-01'],
    ['excel', '2958465', '9999-12-31'],
    ['excel', '60', 'E212'],
    ['excel', '0', 'E212'],
    ['excel', '2958466', 'E212'],
    ['excel', '', 'E211'],
    ['excel', '-45306', 'E211'],
    ['excel', '4.5306E4', 'E211'],
    ['excel', '45306 10:00', 'E211'],
    ['excel', '2024-01-15', 'E211'],
    ['excel-1904', '0', '1904-01-01'],
    ['excel-1904', '43844', '2024-01-15'],
    ['excel-1904', '43844.25', '2024-01-15'],
    ['excel-1904', '2957003', '9999-12-31'],
    ['excel-1904', '2957004', 'E212'],
  ])('serial days: %s of %s: %s', (format, text, day) => {
    expect(read(format, text)).toBe(day);
  });

  it.each([
    'YYYY',
    'YYYY-MM-DD-DD',
    'YYYY-YY-DD',
    'DD/MM/YYYYY',
    'GYYYY-MM-DD',
    'DD/MM/YYYY HH:mm',
    'DD/MM/YYYY hh.mm',
    'MMM-MM-YYYY',
    'MMMM DD, YYYY',
    'YYYY-MM',
    'yyyy-mm-dd',
    '',
    '%Y-%m-%d',
    ' DD/MM/YYYY',
    'Excel',
    'as written',
  ])('%s is no format', (name) => {
    expect(DateFormat.of(name)).toBeNull();
  });

  it('says which years two digits mean', () => {
    expect(DateFormat.of('MM/DD/YY')!.described).toBe('MM/DD/YY, years 1980–2042');
    expect(DateFormat.of('MM/DD/YY', 'gregorian')!.described).toBe('MM/DD/YY, years 1980–2079');
    expect(DateFormat.of('MM/DD/YY', 'buddhist')!.described).toBe('MM/DD/YY, years 2500–2599');
    expect(DateFormat.of('MM/DD/YY', 'persian')!.described).toBe('MM/DD/YY, years 1380–1479');
    expect(DateFormat.of('MM/DD/YYYY')!.described).toBe('MM/DD/YYYY');
  });

  it.each(['en', 'de', 'fr', 'es'])('knows the months as they are written in %s', (language) => {
    for (const style of ['short', 'long'] as const) {
      const format = new Intl.DateTimeFormat(language, { month: style, day: 'numeric', timeZone: 'UTC' });
      for (let month = 1; month <= 12; month++) {
        const parts = format.formatToParts(Date.UTC(2024, month - 1, 5));
        const word = parts.find(({ type }) => type === 'month')!.value;
        expect(isoOf(Number(DateFormat.of('DD MMM YYYY')!.read(`5 ${word} 2024`, null))), word).toBe(
          `2024-${String(month).padStart(2, '0')}-05`,
        );
      }
    }
  });

  const WORDS = ['Jan', 'feb.', 'März', 'avril', 'MAY', 'juin', 'julio', 'Aug', 'sept.', 'Okt', 'noviembre', 'déc.'];
  const TIMES = ['', ' 10:20', 'T23:59:59', ', 1:05 PM', ' 12 a.m.', ' 00:00:00.000'];

  const COUNTED = DATE_FORMATS.filter((name) => !/YYY(?!Y)|GYY/.test(name.replace('YYYY', '')));

  it('every format reads what it writes', () => {
    const days = fc.integer({ min: parseIsoDay('1980-01-01')!, max: parseIsoDay('2042-12-31')! });
    const padded = fc.boolean();
    fc.assert(
      fc.property(days, fc.constantFrom(...COUNTED), fc.constantFrom(...TIMES), padded, (day, name, time, pad) => {
        const [year, month, date] = isoOf(day).split('-') as [string, string, string];
        const short = (text: string) =>
          pad || name === 'YYYY-MM-DD' || name === 'YYYYMMDD' ? text : `${Number(text)}`;
        const written = name.replace(/YYYY|YY|MMM|MM|DD/g, (word) => {
          if (word === 'MMM') return WORDS[Number(month) - 1]!;
          if (word === 'MM' || word === 'DD') return short(word === 'MM' ? month : date);
          return word === 'YY' ? year.slice(2) : year;
        });
        return DateFormat.of(name)!.read(written + time, null) === day;
      }),
    );
  });

  it('reads every year of four digits, and every serial', () => {
    const days = fc.integer({ min: parseIsoDay('0001-01-01')!, max: parseIsoDay('9999-12-31')! });
    fc.assert(
      fc.property(
        days,
        fc.constantFrom(...COUNTED.filter((name) => /^[^M]*MM?[^M]*$/.test(name) && name.includes('YYYY'))),
        (day, name) => {
          const [year, month, date] = isoOf(day).split('-');
          const text = name.replace('YYYY', year!).replace('MM', month!).replace('DD', date!);
          return DateFormat.of(name, 'gregorian')!.read(text, null) === day;
        },
      ),
    );
    const serials = fc.integer({ min: parseIsoDay('1904-01-01')!, max: parseIsoDay('9999-12-31')! });
    fc.assert(
      fc.property(serials, (day) => {
        const at = (name: string, first: string) => DateFormat.of(name)!.read(String(day - parseIsoDay(first)!), null);
        return at('excel', '1899-12-30') === day && at('excel-1904', '1904-01-01') === day;
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

  it.each([
    ['PST', '2024-01-09'],
    ['PDT', '2024-01-09'],
    ['MST', '2024-01-09'],
    ['MDT', '2024-01-09'],
    ['EST', '2024-01-09'],
    ['EDT', '2024-01-09'],
    ['est', '2024-01-09'],
    ['CDT', '2024-01-09'],
    ['UTC', '2024-01-08'],
    ['GMT', '2024-01-08'],
    ['Z', '2024-01-08'],
    ['CET', '2024-01-08'],
    ['CEST', '2024-01-08'],
    ['GMT-5', '2024-01-09'],
    ['UTC-05:00', '2024-01-09'],
    ['GMT+0100', '2024-01-08'],
    ['-0500', '2024-01-09'],
    ['-05:00', '2024-01-09'],
    ['+02', '2024-01-08'],
  ])('10 PM %s', (zone, day) => {
    const text = `Jan 8, 2024 10:00:00 PM ${zone}`;
    expect(read('MMM DD, YYYY', text, 'UTC')).toBe(day);
    expect(read('MMM DD, YYYY', text)).toBe('E214');
    expect(isoOf(Number(DateFormat.of('MMM DD, YYYY')!.read(text, 'as written')))).toBe('2024-01-08');
  });

  it.each(['CST', 'BST', 'IST', 'AST', 'XYZ'])('%s does not say the offset', (zone) => {
    const text = `2024-01-08 22:00 ${zone}`;
    expect(read('YYYY-MM-DD', text, 'UTC')).toBe('E216');
    expect(read('YYYY-MM-DD', text)).toBe('E216');
    expect(isoOf(Number(DateFormat.of('YYYY-MM-DD')!.read(text, 'as written')))).toBe('2024-01-08');
  });

  it('has no zone of a wrong name', () => {
    expect(Zone.named('Mars/Olympus')).toBeNull();
  });
});
