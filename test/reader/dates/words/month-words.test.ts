import { describe, expect, it } from 'vitest';
import { monthOf, PERSIAN_MONTHS, SEVERAL } from '../../../../src/reader/dates/words/month-words.ts';

const CODES = [...'abcdefghijklmnopqrstuvwxyz'].flatMap((a, _, all) =>
  all.flatMap((b) => [`${a}${b}`, ...all.map((c) => `${a}${b}${c}`)]),
);

/** Languages of one small region each, whose words are common ones of another month elsewhere: they are not read. */
const NOT_READ = new Set(['bas', 'dav', 'dua', 'lu', 'mas', 'mfe', 'st', 'teo']);

/** The words of every month that Intl writes in a language. */
function wordsIn(language: string): readonly (readonly [month: number, word: string])[] {
  const options = (['long', 'short'] as const).flatMap(
    (month) => [{ month }, { month, day: 'numeric', year: 'numeric' }] as const,
  );
  return options.flatMap((option) => {
    const format = new Intl.DateTimeFormat(`${language}-u-ca-gregory-nu-latn`, { ...option, timeZone: 'UTC' });
    return Array.from({ length: 12 }, (_, i) => {
      const parts = format.formatToParts(Date.UTC(2024, i, 15));
      return [i + 1, parts.find(({ type }) => type === 'month')!.value] as const;
    });
  });
}

describe('words of months', () => {
  it('are read as another month in no language that Intl knows, but for a few', () => {
    const wrong = Intl.DateTimeFormat.supportedLocalesOf(CODES).flatMap((language) =>
      wordsIn(language).flatMap(([month, word]) => {
        const read = monthOf(word);
        return read === undefined || read === SEVERAL || read === month ? [] : [{ language, month, word, read }];
      }),
    );
    expect(wrong.filter(({ language }) => !NOT_READ.has(language))).toEqual([]);
  });

  it.each('en de fr es pt it nl tr id ms th ru pl cs sk sv da nb fi hu ro hr el uk bg lt lv et'.split(' '))(
    'are known in %s, or are two months',
    (language) => {
      for (const [month, word] of wordsIn(language))
        if (!/\d/.test(word)) expect([month, SEVERAL], word).toContain(monthOf(word));
    },
  );

  it.each(['lip', 'lipca', 'lis', 'listopad', 'LISTOPADA', 'srp'])('%s in Polish, Czech and Croatian', (word) => {
    expect(monthOf(word)).toBe(word === 'lipca' ? 7 : SEVERAL);
  });

  it.each([
    ['มี.ค.', 3],
    ['ม.ค.', 1],
    ['KASIM', 11],
    ['Kasım', 11],
    ['Şubat', 2],
    ['SEPTIEMBRE', 9],
    ['март', 3],
    ['мая', 5],
    ['دی', PERSIAN_MONTHS + 10],
    ['فروردين', PERSIAN_MONTHS + 1],
    ['foo', undefined],
    ['', undefined],
    ['monday', undefined],
  ])('%s: %s', (word, month) => {
    expect(monthOf(word)).toBe(month);
  });
});
