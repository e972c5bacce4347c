import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isoOf, parseIsoDay } from '../../../src/base/calendar.ts';
import { DateEvidence } from '../../../src/reader/dates/date-evidence.ts';

function seen(texts: readonly string[], candidates?: readonly string[]): DateEvidence<string> {
  const dates = new DateEvidence<string>(candidates);
  for (const text of texts) dates.see(text, () => text);
  return dates;
}

function found(texts: readonly string[], candidates?: readonly string[]): string {
  const { result } = seen(texts, candidates);
  if ('format' in result) return result.format;
  return 'serial' in result ? `# ${result.serial}` : `? ${result.example}: ${result.formats.join(' ')}`;
}

/** A text of every day from one to another. */
function everyDay(from: string, to: string, order: readonly [number, number, number], separator: string): string[] {
  const [first, last] = [parseIsoDay(from)!, parseIsoDay(to)!];
  return Array.from({ length: last - first + 1 }, (_, i) => {
    const parts = isoOf(first + i)
      .slice(2)
      .split('-');
    return order.map((part) => parts[part]!).join(separator);
  });
}

describe('the date format of a column', () => {
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
    [[], 'YYYY-MM-DD'],
    [[''], 'YYYY-MM-DD'],
    [['03/04/2024'], '? 03/04/2024: DD/MM/YYYY MM/DD/YYYY'],
    [['5-5-2024', '03-04-2024'], '? 03-04-2024: DD-MM-YYYY MM-DD-YYYY'],
    [['05/05/2024', '6/6/2024'], 'DD/MM/YYYY'],
    [['13/04/2024', '14/04/2024', '04/13/2024', '03/04/2024'], '? 03/04/2024: DD/MM/YYYY MM/DD/YYYY'],
    [['1/13/24', '3/5/24', '6/30/24'], 'MM/DD/YY'],
    [['05/06/24'], '? 05/06/24: DD/MM/YY MM/DD/YY YY/MM/DD'],
    [['13/1/24', '5/6/24'], 'DD/MM/YY'],
    [['13/01/24', '31/05/24'], '? 13/01/24: DD/MM/YY YY/MM/DD'],
    [['99/01/13', '24/05/31'], 'YY/MM/DD'],
    [['05-Jan-2024', '05-Mar-2024'], 'DD-MMM-YYYY'],
    [['Jan 8, 2024 02:29:17 PM'], 'MMM DD, YYYY'],
    [['Dec 1, 2017 12:38:23 AM PST'], 'MMM DD, YYYY'],
    [['Sep-30-26'], 'MMM-DD-YY'],
    [['10-Dez-25'], 'DD-MMM-YY'],
    [['10. März 2024'], 'DD. MMM YYYY'],
    [['8 janv. 2024', '1 ene 2024'], 'DD MMM YYYY'],
    [['12/1/2010 8:26', '12/13/2010 20:15'], 'MM/DD/YYYY'],
    [['45306', '45307.5'], '# 45306'],
    [['', '45306'], '# 45306'],
    [['45306', 'x'], 'YYYY-MM-DD'],
    [['45306', '2024-01-01'], 'YYYY-MM-DD'],
    [['45306', '80001'], 'YYYY-MM-DD'],
    [['45306', '2024-01-01 25:00'], 'YYYY-MM-DD'],
  ])('%j: %s', (texts, format) => {
    expect(found(texts)).toBe(format);
  });

  it.each([
    [['05/06/24'], ['MM/DD/YY'], 'MM/DD/YY'],
    [['05/06/2024'], ['MM/DD/YYYY', 'DD/MM/YYYY'], '? 05/06/2024: MM/DD/YYYY DD/MM/YYYY'],
    [['15/06/2024', '05/06/2024'], ['MM/DD/YYYY', 'DD/MM/YYYY'], 'DD/MM/YYYY'],
    [['2024-01-01'], ['MM/DD/YYYY', 'DD/MM/YYYY'], 'MM/DD/YYYY'],
    [['45306'], ['excel'], 'excel'],
  ])('%j among %j: %s', (texts, candidates, format) => {
    expect(found(texts, candidates)).toBe(format);
  });

  it('tells the day from the year by a long column of two-digit years', () => {
    expect(found(everyDay('2023-11-01', '2024-06-30', [2, 1, 0], '.'))).toBe('DD.MM.YY');
    expect(found(everyDay('2023-11-01', '2024-06-30', [0, 1, 2], '.'))).toBe('YY.MM.DD');
    expect(found(everyDay('2023-11-01', '2024-06-30', [1, 2, 0], '/'))).toBe('MM/DD/YY');
    expect(found(everyDay('2024-01-01', '2024-01-27', [2, 1, 0], '.'))).toBe('? 01.01.24: DD.MM.YY YY.MM.DD');
  });

  it('is the same in every order', () => {
    const texts = [
      '01/02/2024',
      '03/04/2024',
      '13/01/2024',
      '01/13/2024',
      '5/5/2024',
      '13/1/24',
      'x',
      '2024-01-01',
      '',
    ];
    const format = (list: readonly string[]) => {
      const { result } = seen(list);
      return 'format' in result ? result.format : 'formats' in result ? result.formats.join() : 'serial';
    };
    const rows = fc.array(fc.constantFrom(...texts), { maxLength: 12 });
    const shuffled = rows.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
    );
    fc.assert(fc.property(shuffled, ([list, other]) => format(list) === format(other)));
  });
});

describe('formats that fit every text', () => {
  it.each([
    [['01/13/2024', '02/14/2024'], ['MM/DD/YYYY']],
    [['01/02/2024'], ['DD/MM/YYYY', 'MM/DD/YYYY']],
    [['2024.01.15 10:00', '2024.12.31'], ['YYYY.MM.DD']],
    [['2024. 1. 2.', '2024. 12. 31.'], ['YYYY. MM. DD']],
    [['am 2. Januar 2024', 'am 5. Mai 2024'], ['am DD. MMM YYYY']],
    [['2024 X 1 X 13', '2024 X 2 X 3'], ['YYYY X MM X DD']],
    [['13_01_24', '14_01_99'], ['DD_MM_YY']],
    [['10, Jan. 2024', '11, März 2024'], ['DD, MMM YYYY']],
    [
      ['45306', '45307'],
      ['excel', 'excel-1904'],
    ],
    [['01/13/2024', '13/01/2024'], []],
    [['01/13/2024', 'x'], []],
    [['01/13/2024', '01/13/2024 25:00'], []],
    [['x'], []],
    [[], []],
  ])('%j: %j', (texts, formats) => {
    expect(seen(texts).fitting).toEqual(formats);
  });

  it('are not known when there were too many dates to keep', () => {
    const texts = Array.from({ length: 11_000 }, (_, i) => isoOf(i));
    expect(seen(texts.slice(0, 9_000)).fitting).toEqual(['YYYY-MM-DD']);
    expect(seen(texts).fitting).toEqual([]);
  });
});

describe('a zone that the offsets bear out', () => {
  it.each([
    [['2024-01-08 10:00 -0500', '2024-07-08 10:00 -0400'], 'America/New_York'],
    [['2024-01-08 10:00 -0800', '2024-07-08 10:00 PDT'], 'America/Los_Angeles'],
    [['2024-01-08T10:00+01:00', '2024-07-08T10:00+02:00'], 'Europe/Berlin'],
    [['2024-01-08T10:00+00:00', '2024-07-08T10:00+01:00'], 'Europe/London'],
    [['2024-07-08T10:00+05:30'], 'Asia/Kolkata'],
    [['2024-01-08T10:00Z'], 'UTC'],
    [['2024-01-08 10:00 -0500', '2024-01-09 10:00 -0400'], undefined],
    [['2024-01-08 10:00 -0500', '2024-01-09T10:00Z'], undefined],
    [['2024-01-08 10:00 CST'], undefined],
    [['2024-01-08 10:00'], undefined],
    [['2024-03-10 01:59 -0500', '2024-03-10 03:01 -0400'], 'America/New_York'],
  ])('%j: %s', (texts, zone) => {
    expect(seen(texts).offsets.zone).toBe(zone);
  });
});
