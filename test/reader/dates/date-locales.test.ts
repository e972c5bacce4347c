import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Day, isoOf, parseIsoDay } from '../../../src/base/calendar.ts';
import { DateEvidence } from '../../../src/reader/dates/date-evidence.ts';
import { DateFormat } from '../../../src/reader/dates/dates.ts';
import { runs } from '../../runs.ts';

/** Locales with the calendars and digits that are their default, and some of other calendars. */
const LOCALES = (
  'en-US en-GB en-CA en-AU en-IN en-ZA de-DE de-AT de-CH fr-FR fr-CA fr-CH es-ES es-MX es-AR es-CO es-CL pt-BR pt-PT it-IT it-CH ' +
  'nl-NL nl-BE tr-TR id-ID ms-MY th-TH ru-RU uk-UA bg-BG pl-PL cs-CZ sk-SK sv-SE da-DK nb-NO fi-FI hu-HU ro-RO el-GR hr-HR ' +
  'sl-SI sr-RS sr-Latn-RS lt-LT lv-LV et-EE ca-ES gl-ES ar-EG ar-SA ar-AE ar-MA he-IL fa-IR hi-IN bn-BD ta-IN ur-PK ko-KR ' +
  'ja-JP zh-CN zh-TW zh-HK vi-VN fil-PH sw-KE af-ZA is-IS ka-GE mn-MN kk-KZ az-AZ uz-UZ sq-AL am-ET ne-NP my-MM ' +
  'ja-JP-u-ca-japanese zh-TW-u-ca-roc en-u-ca-buddhist en-u-ca-persian fa-IR-u-nu-latn th-TH-u-nu-thai ' +
  'ar-SA-u-ca-islamic-umalqura en-u-ca-islamic-umalqura en-u-ca-hebrew en-u-ca-ethiopic en-u-ca-indian'
).split(' ');
/** Every text of these is read, whatever the style. */
const READ =
  'en-US en-GB de-DE de-AT fr-FR es-ES es-MX es-AR pt-BR pt-PT it-IT nl-NL tr-TR id-ID ms-MY ru-RU uk-UA bg-BG cs-CZ sk-SK sv-SE da-DK nb-NO fi-FI hu-HU ro-RO el-GR ar-EG ar-AE he-IL fa-IR ko-KR ja-JP zh-CN zh-TW vi-VN fil-PH ja-JP-u-ca-japanese zh-TW-u-ca-roc'.split(
    ' ',
  );
const DATES = ['short', 'medium', 'long'] as const;
const TIMES = [undefined, 'short', 'medium'] as const;

/** Days that are read from what Intl writes of them; null where the column or a text is refused. */
function readBack(
  locale: string,
  dateStyle: (typeof DATES)[number],
  timeStyle: (typeof TIMES)[number],
  days: readonly Day[],
) {
  const format = new Intl.DateTimeFormat(locale, { dateStyle, ...(timeStyle && { timeStyle }), timeZone: 'UTC' });
  const texts = days.map((day, i) => format.format((day * 24 + ((i * 5 + 13) % 24)) * 3_600_000 + 1_200_000).trim());
  const dates = new DateEvidence<string>();
  for (const text of texts) dates.see(text, () => text);
  const { result } = dates;
  const reader = 'format' in result ? DateFormat.of(result.format)! : null;
  return texts.map((text) => {
    const day = reader?.read(text, null);
    return { text, day: typeof day === 'number' ? day : null };
  });
}

/** Each month and its edges in five quarters. */
const COLUMN = Array.from({ length: 64 }, (_, i) => parseIsoDay('2023-10-28')! + i * 7);

describe('dates as Intl writes them', () => {
  it.each(LOCALES)('of %s are read as they were, or refused', (locale) => {
    for (const date of DATES)
      for (const time of TIMES)
        for (const [i, { text, day }] of readBack(locale, date, time, COLUMN).entries())
          if (day !== null) expect(isoOf(day), text).toBe(isoOf(COLUMN[i]!));
  });

  it.each(READ)('of %s are read', (locale) => {
    for (const date of DATES)
      for (const time of TIMES) {
        const refused = readBack(locale, date, time, COLUMN).filter(({ day }) => day === null);
        expect(refused.map(({ text }) => text)).toEqual([]);
      }
  });

  it('are never read as another day, whatever days stand in a column', () => {
    const days = fc.array(fc.integer({ min: parseIsoDay('2000-01-01')!, max: parseIsoDay('2035-12-31')! }), {
      minLength: 1,
      maxLength: 8,
    });
    const style = fc.tuple(fc.constantFrom(...LOCALES), fc.constantFrom(...DATES), fc.constantFrom(...TIMES));
    fc.assert(
      fc.property(style, days, ([locale, date, time], column) =>
        readBack(locale, date, time, column).every(({ day }, i) => day === null || day === column[i]),
      ),
      { numRuns: runs(400) },
    );
  });
});
