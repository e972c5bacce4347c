import { describe, expect, it } from 'vitest';
import { isoOf } from '../../../src/base/calendar.ts';
import { DateEvidence } from '../../../src/reader/dates/date-evidence.ts';
import { foldedDate } from '../../../src/reader/dates/date-fold.ts';
import { DateFormat } from '../../../src/reader/dates/dates.ts';

/** The day that a column is read to have: every text by the format that all of them show. */
function column(texts: readonly string[]): { readonly format: string; readonly days: readonly string[] } {
  const dates = new DateEvidence<string>();
  for (const text of texts) dates.see(text, () => text);
  const { result } = dates;
  if ('formats' in result) return { format: `? ${result.formats.join(' ')}`, days: [] };
  if ('serial' in result) return { format: 'serial', days: [] };
  const format = DateFormat.of(result.format)!;
  const days = texts.map((text) => format.read(text, null)).map((day) => (typeof day === 'string' ? day : isoOf(day)));
  return { format: result.format, days };
}

/** One date of the day alone. */
const alone = (text: string): string => column([text]).days[0] ?? column([text]).format;

/** Texts of 2024-01-15, whatever stands around it. */
const DAY = `
2024.01.15 | 2024.01.15. | 2024. 01. 15. | 2024. 1. 15. | 2024. 1. 15 | 15. 1. 2024 | 15. 01. 2024. | 15.01.2024. | 15.1.2024
2024年1月15日 | 2024年01月15日 | 2024年1月15日 13:20 | 2024年1月15日 下午1:20 | 2024년 1월 15일 | 2024년 01월 15일 오후 1:20
15.01.2024 г. | 15.01.2024 г., 13:20 | 15.01.2024г. | 15.01.2024 р. | 15.01.2024, 13:20 | 15.01.2024, 13:20:30
15.01.2024 13.20 | 15.01.2024 13.20.30 | 15.1.2024 klo 13.20 | 15.1.2024 klo 13.20.30 | 15.01.2024 kl. 13.20 | 15.01.2024 kl 13:20
15/01/2024 13h20 | 15/01/2024 à 13h20 | 15/01/2024 à 13:20 | 15/01/2024 às 13:20 | 15/01/2024 13 h 20 | 15/01/2024 13 h 20 min 30 s
15.01.2024 13:20 Uhr | 15.01.2024, 13:20 Uhr | 15.01.2024 um 13:20 Uhr | 15.01.2024 13.20 Uhr | 15/01/2024 13:20 hs. | 15/01/2024 13:20 hs
15/01/2024 1:20 p. m. | 15/01/2024 1:20 p.m. | 15/01/2024, 1:20 p. m. | 15/01/2024 01:20:30 p. m. | 15/01/2024 1:20 a. m.
2024-01-15 오후 1:20 | 2024-01-15 오전 9:05:00 | 2024-01-15 上午9:05 | 2024-01-15 下午1:20:30 | 2024/01/15 午後1:20 | 2024-01-15 PM 1:20
2024-01-15 1:20 م | 2024-01-15 1:20 ص | 15/01/2024 1:20 PTG | 15/01/2024 9:05 PG | 15/01/2024 1:20 μ.μ. | 15/01/2024 1:20 ÖS
13:20 15/01/2024 | 13:20:30 15/01/2024 | 13:20, 15/01/2024 | lúc 13:20 15/01/2024 | 1:20 PM 15/01/2024 | 13h20 15/01/2024
2024/01/15(月) | 2024/01/15（月） | 2024/01/15(月) 13:20 | 2024/01/15 (Mon) | 2024.01.15(월) | 2024年1月15日(月)
٢٠٢٤/٠١/١٥ | ٢٠٢٤-٠١-١٥ | ١٥‏/١‏/٢٠٢٤ | ١٥‏/١‏/٢٠٢٤، ١:٢٠ م | ۲۰۲۴/۰۱/۱۵ | ১৫/০১/২০২৪ | १५/०१/२०२४ | ၁၅/၀၁/၂၀၂၄ | ๑๕/๐๑/๒๐๒๔
２０２４/０１/１５ | ２０２４／０１／１５ | ２０２４－０１－１５ | 2024／01／15 | \u200e15/01/2024 | \u202a15/01/2024\u202c | 15\u200f/01\u200f/2024
15/01/2024\u00a013:20 | 15/01/2024\u202f13:20 | 15/01/2024\u300013:20 | 1/15/2024, 1:20\u202fPM | 15.\u00a01.\u00a02024 | 15\u2009Jan\u20092024
15 de janeiro de 2024 | 15 de janeiro de 2024 13:20 hs. | 15 de enero de 2024 | 15 de jan. de 2024 | 15 de ene de 2024 | 15 de gener del 2024
15 de enero de 2024 a las 1:20 p. m. | lunes, 15 de enero de 2024 | segunda-feira, 15 de janeiro de 2024 | 15 DE ENERO DE 2024
15 Ocak 2024 | 15 Oca 2024 13:20 | 15 Januari 2024 | 15 Jan 2024 pukul 13.20 | 15 มกราคม 2567 | 15 ม.ค. 2567 | 15 ม.ค. 2567 13:20
15 มกราคม 2567 เวลา 13:20 | 15 ม.ค. พ.ศ. 2567 | 15 янв. 2024 г. | 15 января 2024 г. | 15 января 2024 г. в 13:20 | 15 янв 2024 | 15 січ. 2024 р.
15 stycznia 2024 | 15 sty 2024 | 15 stycznia 2024 r. | 15. ledna 2024 | 15. led 2024 | 15. ledna 2024 v 13:20 | 15 januari 2024 | 15 jan. 2024 kl. 13:20
15. januar 2024 | 15. jan. 2024 kl. 13.20 | 15. tammikuuta 2024 | 15. tammikuuta 2024 klo 13.20 | 2024. január 15. | 2024. jan. 15. 13:20
15 tháng 1, 2024 | 15 thg 1, 2024 | 13:20 15 thg 1, 2024 | lúc 13:20 15 tháng 1, 2024 | 15 tháng 1 năm 2024 | 15 gennaio 2024 alle ore 13:20
15 gennaio 2024 | 15 gen 2024 | 15 januari 2024 om 13:20 | 15 janvier 2024 à 13:20 | 15 Ιανουαρίου 2024 | 15 ιαν. 2024 | 15 ianuarie 2024 la 13:20
January 15th, 2024 | 15th January 2024 | Monday, January 15, 2024 | Mon, 15 Jan 2024 | Mon 15 Jan 2024 13:20 | Mo., 15.01.2024 | Montag, 15. Januar 2024 | pon. 15.01.2024
2024 m. sausio 15 d. | 2024 m. sausio 15 d. 13:20 | 15. jaanuar 2024, kell 13:20 | 15. siječnja 2024. u 13:20 | 15 בינואר 2024 | 15 يناير 2024 | 15 ژانویه 2024
15/01/2567 | 15/1/2567 13:20 | 2567-01-15 | 25670115 | 2567/01/15 | 15-01-2567 | 15.01.2567 | 15 Jan 2567 | 15/01/2567 BE | ๑๕/๐๑/๒๕๖๗
1402/10/25 | 1402-10-25 | 25/10/1402 | 14021025 | ۱۴۰۲/۱۰/۲۵ | ۱۴۰۲/۱۰/۲۵, ۱۳:۲۰ | ۲۵ دی ۱۴۰۲ | 25 دی 1402 | 25/10/1402 AP | ٢٥/١٠/١٤٠٢
113/01/15 | 113-01-15 | 113.01.15 | 113/1/15 13:20 | 1130115 | 民國113年1月15日 | 民國113年01月15日 下午1:20 | 113年1月15日 | 中華民國113年1月15日 | 民國113/1/15
R6/1/15 | R06/01/15 | R6.1.15 | R06.01.15 | R6-1-15 | 令和6年1月15日 | 令和6年01月15日 | 令和６年１月１５日 | R6年1月15日 | Ｒ６/１/１５ | 令和6年1月15日(月)`
  .split(/\||\n/)
  .map((text) => text.trim())
  .filter((text) => text !== '');

/** What is no date, or one that is not told alone. */
const OTHERS: readonly (readonly [text: string, found: string])[] = [
  ['15/01/67', 'E227'],
  ['29/02/67', 'E227'],
  ['30/02/67', 'E212'],
  ['15 ม.ค. 67', 'E227'],
  ['089/01/15', 'E227'],
  ['1850-01-15', 'E227'],
  ['9999-12-31', 'E227'],
  ['1445/07/03', 'E229'],
  ['23/07/1445 هـ', 'E229'],
  ['1445-12-30', 'E229'],
  ['15 lis 2024', 'E230'],
  ['15. listopada 2024', 'E230'],
  ['15 srp 2024', 'E230'],
  ['31/04/2567', 'E212'],
  ['29/02/2566', 'E212'],
  ['29/02/2567', '2024-02-29'],
  ['1403/02/31', '2024-05-20'],
  ['1403/12/30', '2025-03-20'],
  ['1403/07/31', 'E212'],
  ['1402/12/30', 'E212'],
  ['H31/05/01', 'E212'],
  ['平成31年4月30日', '2019-04-30'],
  ['令和元年5月1日', '2019-05-01'],
  ['民國99年12月31日', '2010-12-31'],
  ['113/02/30', 'E212'],
  ['15 Jan 1403', 'E212'],
  ['25 دی 2024', 'E212'],
  ['2024/01/15 BE', 'E211'],
  ['15/01/2024 AP', 'E211'],
  ['٢٠٢٤/01/15', 'E211'],
  ['٢٠٢٤/०१/15', 'E211'],
  ['15.01.24 16.01.24', 'E211'],
  ['15.01.2024 25.20', 'E211'],
  ['15.01.2024 13.60', 'E211'],
  ['오후 1:20 PM', 'E211'],
  ['2024-01-15 오후 1:20 PM', 'E211'],
  ['2024-01-15 오후 13:20', 'E211'],
  ['15 13:20 01/2024', 'E211'],
  ['13:20', 'E211'],
  ['13.20', 'E211'],
  ['15 tháng 13, 2024', 'E211'],
  ['2024/01/15(祝)', 'E211'],
  ['Foo, 15.01.2024', 'E211'],
  ['mar 15/01/2024', 'E211'],
  ['05/06/2024', '? DD/MM/YYYY MM/DD/YYYY'],
  ['05/06/2567', '? DD/MM/YYYY MM/DD/YYYY'],
  ['٠٥/٠٦/٢٠٢٤', '? DD/MM/YYYY MM/DD/YYYY'],
  ['05/06/24, 1:20 p. m.', '? DD/MM/YY MM/DD/YY YY/MM/DD'],
  ['24. 1. 2.', '2024-01-02'],
  ['24. 01. 02.', '? YY. MM. DD DD. MM. YY'],
  ['2024 X 1 X 15', 'E211'],
];

describe('dates as the world writes them', () => {
  it('are many', () => {
    expect(new Set(DAY).size + OTHERS.length).toBeGreaterThan(230);
  });

  it.each(DAY)('%s', (text) => {
    expect(alone(text)).toBe('2024-01-15');
  });

  it.each(OTHERS)('%s: %s', (text, found) => {
    expect(alone(text)).toBe(found);
  });

  it('are read alike by the format that is printed for them', () => {
    for (const text of DAY) {
      const { format } = column([text]);
      expect(isoOf(Number(DateFormat.of(format)!.read(text, null))), `${text} as ${format}`).toBe('2024-01-15');
    }
  });

  it.each([
    [['15/01/2024 13:20', '13:20 15/01/2024'], 'DD/MM/YYYY'],
    [['2024-01-15', '２０２４-01-15', '2024-01-15 오후 1:20'], 'YYYY-MM-DD'],
    [['15.01.2024', '15.01.2024 г.', '15.01.2024.', '15.01.2024 13.20'], 'DD.MM.YYYY'],
    [['15 Jan 2024', '15 de enero de 2024', '15 янв. 2024 г.', '15 tháng 1 2024'], 'DD MMM YYYY'],
    [['15/01/2024', '١٥/٠١/٢٠٢٤'], 'DD/MM/YYYY'],
  ])('%j are one column', (texts, format) => {
    expect(column(texts)).toEqual({ format, days: texts.map(() => '2024-01-15') });
  });

  it.each([
    ['2024年1月2日', 'YYYY年MM月DD日', '2024-01-02'],
    ['02 de 01 de 2024', 'DD de MM de YYYY', '2024-01-02'],
    ['02 DE 01 DE 2024', 'DD de MM de YYYY', '2024-01-02'],
    ['am 2. Januar 2024', 'am DD. MMM YYYY', '2024-01-02'],
    ['2024-W01-02', 'YYYY-WMM-DD', '2024-01-02'],
    ['2024年1月2', 'YYYY年MM月DD日', 'E211'],
    ['2024-1-2', 'YYYY年MM月DD日', 'E211'],
  ])('%s by literals of %s: %s', (text, name, day) => {
    const read = DateFormat.of(name)!.read(text, null);
    expect(typeof read === 'string' ? read : isoOf(read)).toBe(day);
  });

  it('leaves plain texts as they are', () => {
    for (const text of ['2024-01-15', '15/01/2024', 'Jan 15, 2024', 'x', '', '15.01.2024', 'x'.repeat(200)])
      expect(foldedDate(text)).toBe(text);
  });
});
