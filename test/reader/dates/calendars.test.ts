import { describe, expect, it } from 'vitest';
import { type Day, isoOf, parseIsoDay } from '../../../src/base/calendar.ts';
import { dayIn, eraOf, isInEra, japaneseYear } from '../../../src/reader/dates/calendars.ts';
import { DateFormat } from '../../../src/reader/dates/dates.ts';

const DAY = 86_400_000;
const [FIRST, LAST] = [parseIsoDay('1990-01-01')!, parseIsoDay('2060-12-31')!];

/** A day as Intl has it in a calendar: era, year, month, day. */
function partsBy(calendar: string): (day: Day) => { era: string; year: number; month: number; date: number } {
  const format = new Intl.DateTimeFormat(`en-u-ca-${calendar}-nu-latn`, {
    era: 'short',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    timeZone: 'UTC',
  });
  return (day) => {
    const parts = new Map(format.formatToParts(day * DAY).map(({ type, value }) => [type, value]));
    const number = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.get(type));
    return { era: parts.get('era')!, year: number('year'), month: number('month'), date: number('day') };
  };
}

describe.each([
  ['buddhist', 'buddhist'],
  ['persian', 'persian'],
  ['roc', 'minguo'],
] as const)('the calendar that Intl calls %s', (theirs, ours) => {
  it('has every day of 1990 to 2060 where Intl has it, and no other', () => {
    const of = partsBy(theirs);
    const found = new Set<Day>();
    for (let day = FIRST; day <= LAST; day++) {
      const { year, month, date } = of(day);
      if (dayIn(ours, year, month, date) !== day) throw new Error(`${isoOf(day)}: ${year}-${month}-${date}`);
      found.add(day);
    }
    expect(found.size).toBe(LAST - FIRST + 1);
    const [from, to] = [of(FIRST).year + 1, of(LAST).year - 1];
    for (let year = from; year <= to; year++)
      for (let month = 0; month <= 13; month++)
        for (let date = 0; date <= 32; date++) {
          const day = dayIn(ours, year, month, date);
          if (day === null) continue;
          expect(of(day), `${year}-${month}-${date}`).toMatchObject({ year, month, date });
        }
  });
});

it('reads the days of Japan where Intl has them', () => {
  const of = partsBy('japanese');
  const letters: Record<string, string> = { Reiwa: 'R', Heisei: 'H', Shōwa: 'S', Taishō: 'T', Meiji: 'M' };
  const words: Record<string, string> = { R: '令和', H: '平成', S: '昭和', T: '大正', M: '明治' };
  const [short, long] = [DateFormat.of('GYY/MM/DD')!, DateFormat.of('GYY年MM月DD日')!];
  for (let day = parseIsoDay('1900-01-01')!; day <= LAST; day++) {
    const { era, year, month, date } = of(day);
    const letter = letters[era]!;
    const word = `${words[letter]}${year === 1 ? '元' : year}年${month}月${date}日`;
    const read = [short.read(`${letter}${year}/${month}/${date}`, null), long.read(word, null)];
    if (read.some((one) => one !== day)) throw new Error(`${isoOf(day)}: ${word} ${read.join(' ')}`);
  }
});

describe('eras of Japan', () => {
  it.each([
    ['H31/04/30', '2019-04-30'],
    ['H31/05/01', 'E212'],
    ['R1/05/01', '2019-05-01'],
    ['R01/04/30', 'E212'],
    ['H1/01/08', '1989-01-08'],
    ['H1/01/07', 'E212'],
    ['S64/01/07', '1989-01-07'],
    ['S64/01/08', 'E212'],
    ['S1/12/25', '1926-12-25'],
    ['T15/12/24', '1926-12-24'],
    ['T15/12/25', 'E212'],
    ['M45/07/29', '1912-07-29'],
    ['T1/07/30', '1912-07-30'],
    ['r6/1/2', '2024-01-02'],
    ['R 6/1/2', '2024-01-02'],
    ['R6/2/30', 'E212'],
    ['X6/1/2', 'E211'],
    ['6/1/2', 'E211'],
  ])('%s is %s', (text, day) => {
    const read = DateFormat.of('GYY/MM/DD')!.read(text, null);
    expect(typeof read === 'number' ? isoOf(read) : read).toBe(day);
  });

  it('have years of their own', () => {
    expect(japaneseYear('令和元')).toBe(2019);
    expect(japaneseYear('昭和64')).toBe(1989);
    expect(isInEra('平成31', parseIsoDay('2019-04-30')!)).toBe(true);
  });
});

describe('what a year of four digits tells', () => {
  it.each([
    [1299, 'unknown'],
    [1300, 'persian'],
    [1419, 'persian'],
    [1420, 'hijri'],
    [1499, 'hijri'],
    [1500, 'unknown'],
    [1899, 'unknown'],
    [1900, 'gregorian'],
    [2199, 'gregorian'],
    [2200, 'unknown'],
    [2399, 'unknown'],
    [2400, 'buddhist'],
    [2699, 'buddhist'],
    [2700, 'unknown'],
  ])('%d: %s', (year, era) => {
    expect(eraOf(year)).toBe(era);
  });
});

describe('a calendar that is asked for', () => {
  it.each([
    ['buddhist', 'DD/MM/YYYY', '29/02/2567', '2024-02-29'],
    ['buddhist', 'DD/MM/YYYY', '29/02/2566', 'E212'],
    ['buddhist', 'DD/MM/YYYY', '15/03/2024', 'E227'],
    ['buddhist', 'DD/MM/YY', '15/01/67', '2024-01-15'],
    ['persian', 'YYYY/MM/DD', '1403/02/31', '2024-05-20'],
    ['persian', 'YYYY/MM/DD', '1403/07/31', 'E212'],
    ['persian', 'YYYY/MM/DD', '1403/12/30', '2025-03-20'],
    ['persian', 'YYYY/MM/DD', '1402/12/30', 'E212'],
    ['persian', 'YYYY/MM/DD', '1420/01/01', '2041-03-20'],
    ['persian', 'YY/MM/DD', '03/05/26', '2024-08-16'],
    ['persian', 'YYYY/MM/DD', '2024/01/15', 'E227'],
    ['persian', 'YY/MM/DD', '99/12/30', '2021-03-20'],
    ['minguo', 'YYY/MM/DD', '113/01/15', '2024-01-15'],
    ['minguo', 'YY/MM/DD', '99/12/31', '2010-12-31'],
    ['minguo', 'YYY/MM/DD', '99/12/31', '2010-12-31'],
    ['minguo', 'YYYY-MM-DD', '0113-01-15', '2024-01-15'],
    ['minguo', 'YYYY-MM-DD', '2024-01-15', 'E227'],
    ['gregorian', 'YYYY-MM-DD', '2567-02-28', '2567-02-28'],
    ['gregorian', 'YYYY-MM-DD', '1403-02-31', 'E212'],
    ['gregorian', 'DD/MM/YY', '15/01/67', '2067-01-15'],
    ['japanese', 'GYY/MM/DD', 'R6/1/15', '2024-01-15'],
  ] as const)('%s %s %s: %s', (calendar, name, text, day) => {
    const read = DateFormat.of(name, calendar)!.read(text, null);
    expect(typeof read === 'number' ? isoOf(read) : read).toBe(day);
  });

  it.each([
    ['japanese', 'YYYY/MM/DD'],
    ['gregorian', 'GYY/MM/DD'],
    ['buddhist', 'YYY/MM/DD'],
    ['persian', 'excel'],
  ] as const)('%s has no years of %s', (calendar, name) => {
    expect(DateFormat.of(name, calendar)).toBeNull();
    expect(DateFormat.of(name)).not.toBeNull();
  });

  it('is the era of every date, without which each year tells its own', () => {
    const eras = (name: string, texts: readonly string[]): string => {
      const format = DateFormat.of(name)!;
      for (const text of texts) format.read(text, null);
      return [...format.eras].join(' ');
    };
    expect(eras('DD/MM/YYYY', ['15/01/2567', '15/01/2024', '99/99/1403', '01/01/2222'])).toBe('buddhist gregorian');
    expect(eras('YYYY-MM-DD', ['2024-01-15', '1445-07-03'])).toBe('gregorian hijri');
    expect(eras('YYY/MM/DD', ['113/01/15', '089/01/15'])).toBe('minguo');
  });
});
