import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unitsText } from '../../../src/base/money.ts';
import { Amounts } from '../../../src/reader/amounts/amounts.ts';
import { MarkEvidence } from '../../../src/reader/amounts/marks.ts';
import type { Backslash, Mark } from '../../../src/reader/amounts/written-amount.ts';
import { runs } from '../../runs.ts';

const read = (text: string, mark: Mark, backslash: Backslash = null): string => {
  const units = new Amounts({ mark }, backslash).read(text.trim());
  return typeof units === 'string' ? units : unitsText(units, 4).replace(/\.?0+$/, '');
};

/** A text, what it is with a decimal point, and with a decimal comma. */
const FORMS: readonly (readonly [text: string, point: string, comma: string])[] = [
  ['1234', '1234', '1234'],
  ['12.345', '12.345', '12345'],
  ['12,345', '12345', '12.345'],
  ['12.345 €', '12.345', '12345'],
  // A mark that is a letter or two stands beside the number, with a blank at most: a sign between them is not one of ours.
  ['120 R', '120', '120'],
  ['120-R', 'E201', 'E201'],
  ['120-€', '-120', '-120'],
  ['1.234,50 €', 'E206', '1234.5'],
  ['120.000 ₫', '120', '120000'],
  ['1500 ₫', '1500', '1500'],
  ['￥1,200', '1200', '1.2'],
  ['¥1,200', '1200', '1.2'],
  ['₩12,000', '12000', '12'],
  ['￦12,000', '12000', '12'],
  ['₲ 45.000', '45', '45000'],
  ['$12.990', '12.99', '12990'],
  ['NT$1,200', '1200', '1.2'],
  ['NT$-980', '-980', '-980'],
  ['JPY 1,200', '1200', '1.2'],
  ['UGX 12,000', '12000', '12'],
  ['12.345 XOF', '12.345', '12345'],
  ['1.234 ISK', '1.234', '1234'],
  ['￥1,200.00', '1200', 'E206'],
  ['¥199.00', '199', 'E206'],
  ['1,200円', '1200', '1.2'],
  ['1,200 圓', '1200', '1.2'],
  ['12,000원', '12000', '12'],
  ['199.00元', '199', 'E206'],
  ['1,234.50 บาท', '1234.5', 'E206'],
  ['฿1,234.50', '1234.5', 'E206'],
  ['123,456 تومان', '123456', '123.456'],
  ['123456 ریال', '123456', '123456'],
  ['1,234.50 ر.س', '1234.5', 'E206'],
  ['ر.س. 1,234.50', '1234.5', 'E206'],
  ['99.00 د.إ.', '99', 'E206'],
  ['ج.م. 99.00', '99', 'E206'],
  ['99.00 LE', '99', 'E206'],
  ['SR 99.00', '99', 'E206'],
  ['1.250 د.ك', '1.25', '1250'],
  ['Rp120.000', '120', '120000'],
  ['Rp 120.000', '120', '120000'],
  ['Rp\u00a01.234.000', 'E206', '1234000'],
  ['Rp. 99.500', '99.5', '99500'],
  ['-Rp 120.000', '-120', '-120000'],
  ['IDR 120.000', '120', '120000'],
  ['RM1,234.50', '1234.5', 'E206'],
  ['RM 1,234.50', '1234.5', 'E206'],
  ['Rs. 1,234.00', '1234', 'E206'],
  ['Rs.500', '500', '500'],
  ['Rs 500', '500', '500'],
  ['Rs.1,23,456.00', '123456', 'E206'],
  ['₨ 500', '500', '500'],
  ['KSh 1,200.00', '1200', 'E206'],
  ['Ksh350.50', '350.5', 'E206'],
  ['Kshs 800', '800', '800'],
  ['TSh 800', '800', '800'],
  ['USh 800', '800', '800'],
  ['R1,234.50', '1234.5', 'E206'],
  ['R 1 234,50', 'E206', '1234.5'],
  ['-R 99,00', 'E206', '-99'],
  ['R -99,00', 'E201', 'E201'],
  ['N1,200.00', '1200', 'E206'],
  ['₦1,200.00', '1200', 'E206'],
  ['P 1,200.00', '1200', 'E206'],
  ['12,50 Br', 'E206', '12.5'],
  ['Fr 12.50', '12.5', 'E206'],
  ['S/ 12.50', '12.5', 'E206'],
  ['S/. 12.50', '12.5', 'E206'],
  ['S/12.50', '12.5', 'E206'],
  ['Gs. 45.000', '45', '45000'],
  ['Bs. 1.234,50', 'E206', '1234.5'],
  ['Bs 12', '12', '12'],
  ['B/. 12.50', '12.5', 'E206'],
  ['B/.12.50', '12.5', 'E206'],
  ['$U 1.234,50', 'E206', '1234.5'],
  ['1 234,50 kr', 'E206', '1234.5'],
  ['kr 1 234,50', 'E206', '1234.5'],
  ['kr. 99,00', 'E206', '99'],
  ['99,00 kr.', 'E206', '99'],
  ['Kr 12', '12', '12'],
  ['99,00 kr SEK', 'E206', '99'],
  ['99,00 kr PLN', 'E201', 'E201'],
  ['1 234,50 zł', 'E206', '1234.5'],
  ['1 234,50 Kč', 'E206', '1234.5'],
  ['12 345 Ft', '12345', '12345'],
  ['-990 Ft', '-990', '-990'],
  ['12,50 lei', 'E206', '12.5'],
  ['12,50 Lei', 'E206', '12.5'],
  ['12,50 LEI', 'E201', 'E201'],
  ['12,50 лв.', 'E206', '12.5'],
  ['12,50 лв', 'E206', '12.5'],
  ['12,50 din.', 'E206', '12.5'],
  ['12,50 ден.', 'E206', '12.5'],
  ['12,50 kn', 'E206', '12.5'],
  ['1.234,50 TL', 'E206', '1234.5'],
  ['₺1.234,50', 'E206', '1234.5'],
  ['1 234,50 руб.', 'E206', '1234.5'],
  ['1 234,50 руб', 'E206', '1234.5'],
  ['1 234,50 р.', 'E206', '1234.5'],
  ['1 234,50 ₽', 'E206', '1234.5'],
  ['1 234,50 грн', 'E206', '1234.5'],
  ['1 234,50 грн.', 'E206', '1234.5'],
  ["12 000 so'm", '12000', '12000'],
  ['12 345 FCFA', '12345', '12345'],
  ['12 345 F CFA', '12345', '12345'],
  ['12\u202f345\u00a0F\u202fCFA', '12345', '12345'],
  ['-1 500 F CFA', '-1500', '-1500'],
  ['12 345 CFA', '12345', '12345'],
  ['12,50 DH', 'E206', '12.5'],
  ['12,50 Dhs', 'E206', '12.5'],
  ['12,500 DT', '12500', '12.5'],
  ['Fr. 12.50', '12.5', 'E206'],
  ['SFr. 12.50', '12.5', 'E206'],
  ['12,50 Euro', 'E206', '12.5'],
  ['12,50 euro', 'E206', '12.5'],
  ['€ 12,50 EUR', 'E206', '12.5'],
  ['đ120.000', '120', '120000'],
  ['120.000 VNĐ', '120', '120000'],
  ['120.000 vnđ', '120', '120000'],
  ['$1,234.50 MXN', '1234.5', 'E206'],
  ['USD$1,234.50', '1234.5', 'E206'],
  ['$1,234.50 EUR', 'E201', 'E201'],
  ['1,234.50 usd', '1234.5', 'E206'],
  ['Usd 1,234.50', '1234.5', 'E206'],
  ['US$ 12', '12', '12'],
  ['US$12 USD', '12', '12'],
  ['US$12 CAD', 'E201', 'E201'],
  ['¥12 CNY', '12', '12'],
  ['¥12 JPY', '12', '12'],
  ['¥12 KRW', 'E201', 'E201'],
  ['R$ 1.234,50', 'E206', '1234.5'],
  ['R$1.234,50 BRL', 'E206', '1234.5'],
  ['£12 GBP', '12', '12'],
  ['E£12', '12', '12'],
  ['GH₵12', '12', '12'],
  ['GH₵12 GHS', '12', '12'],
  ['12 EUR USD', 'E201', 'E201'],
  ['€12€', 'E201', 'E201'],
  ['1,23,456.00', '123456', 'E206'],
  ['₹12,34,567.50', '1234567.5', 'E206'],
  ['-12,34,567', '-1234567', 'E206'],
  ['1,00,000', '100000', 'E206'],
  ['12,34,56,789', '123456789', 'E206'],
  ['1.23.456', 'E201', 'E201'],
  ['123,45,678', 'E201', 'E201'],
  ['0,12,345', 'E201', 'E201'],
  ['1,2345', 'E206', '1.2345'],
  ['1,2345,6789', 'E201', 'E201'],
  ['\u221299,00', 'E206', '-99'],
  ['\ufe6399', '-99', '-99'],
  ['－500', '-500', '-500'],
  ['▲500', '-500', '-500'],
  ['△500', '-500', '-500'],
  ['▲ 500', '-500', '-500'],
  ['▲1,200円', '-1200', '-1.2'],
  ['▲-500', 'E201', 'E201'],
  ['500▲', 'E201', 'E201'],
  ['１２００', '1200', '1200'],
  ['１，２００．５０', '1200.5', 'E206'],
  ['１2', '12', '12'],
  ['١٢٣٤٫٥٠', '1234.5', '1234.5'],
  ['١٬٢٣٤٫٥٠ ج.م.', '1234.5', '1234.5'],
  ['\u061c-\u200f٩٩٫٠٠ ج.م.\u200f', '-99', '-99'],
  ['۱۲۳٬۴۵۶', '123456', '123456'],
  ['۱۲۳٬۴۵۶ تومان', '123456', '123456'],
  ['١٬٢٣٤', '1234', '1234'],
  ['١٢٬٣٤', 'E201', 'E201'],
  ['١٬٢٣٤,٥', 'E201', 'E201'],
  ['١٢٫٣٫٤', 'E201', 'E201'],
  ['১,২৩৪.৫০৳', '1234.5', 'E206'],
  ['१,२३४', '1234', '1.234'],
  ['๑๒.๕', '12.5', 'E206'],
  ['١٢۳', 'E201', 'E201'],
  ['1٢', 'E201', 'E201'],
  ['𝟏𝟐', '12', '12'],
  ['\u200e12.50', '12.5', 'E206'],
  ['12.50\u200f', '12.5', 'E206'],
  ['\u2066-12.50\u2069', '-12.5', 'E206'],
  ['12\u200b', 'E201', 'E201'],
  ['99,-', '99', '99'],
  ['99.-', '99', '99'],
  ['99:-', '99', '99'],
  ['99,– €', '99', '99'],
  ['CHF 99.–', '99', '99'],
  ['99,— €', '99', '99'],
  ['1.234,-', '1234', '1234'],
  ["1'234.-", '1234', '1234'],
  ['1 234:-', '1234', '1234'],
  ['-99,-', '-99', '-99'],
  ['12.50,-', 'E201', 'E201'],
  ['99-,', 'E201', 'E201'],
  ['99:', 'E201', 'E201'],
  ['12€50', 'E201', 'E201'],
  ['12$50', 'E201', 'E201'],
  ['1 234:50', 'E201', 'E201'],
  ['KWD 1.250', '1.25', '1250'],
  ["CHF-1'234.50", '-1234.5', 'E206'],
  ['€ -99,00', 'E206', '-99'],
  ['$-1.235', '-1.235', '-1235'],
  ['1.234,50-', 'E206', '-1234.5'],
  ['($1.00)', '-1', 'E206'],
  ['+¥199.00', '199', 'E206'],
  ['1’234.50', '1234.5', 'E206'],
  ['1 234,50 ₺', 'E206', '1234.5'],
  ['₪1,234.50', '1234.5', 'E206'],
  ['S$12.50', '12.5', 'E206'],
  ['`199.00', '199', 'E206'],
  ["'199.00", '199', 'E206'],
  ["'-199.00", '-199', 'E206'],
  ["'▲199", '-199', '-199'],
  ["''199", 'E201', 'E201'],
  ["'x199", 'E201', 'E201'],
  ['199.00\t', '199', 'E206'],
  ['1.00 XCG', '1', 'E206'],
  ['1.00 ZWG', '1', 'E206'],
  ['1.00 XYZ', 'E201', 'E201'],
  ['1\u3000234', '1234', '1234'],
  ['1\u2009234', '1234', '1234'],
  ['-\r\n,148', 'E201', 'E201'],
  ['12\n50', 'E201', 'E201'],
  ['1\u2028234', 'E201', 'E201'],
  ['(12', 'E201', 'E201'],
  ['12)', 'E201', 'E201'],
  ['\\1,200', 'E201', 'E201'],
  ['kr', 'E201', 'E201'],
  ['Rp', 'E201', 'E201'],
  ['€', 'E201', 'E201'],
  ['12 stk', 'E201', 'E201'],
  ['12 %', 'E201', 'E201'],
];

describe('amounts as the world writes them', () => {
  it.each(FORMS)('%j is %s with a point, %s with a comma', (text, point, comma) => {
    expect(read(text, '.')).toBe(point);
    expect(read(text, ',')).toBe(comma);
  });

  it.each([
    ['\\1,200', '¥', '1200'],
    ['\\980', '₩', '980'],
    ['\u2212\\500', '¥', '-500'],
    ['\\-500', '¥', '-500'],
    ['\\x', '¥', 'E201'],
    ['1\\2', '¥', 'E201'],
  ] as const)('%s where a backslash is %s: %s', (text, backslash, amount) => {
    expect(read(text, '.', backslash)).toBe(amount);
  });

  it('of two currencies are refused, and of one in several forms are not', () => {
    const codes = (...texts: string[]): string => {
      const amounts = new Amounts({ mark: '.' });
      const found = texts.map((text) => amounts.read(text)).find((units) => typeof units === 'string');
      return String(found ?? amounts.currency);
    };
    expect(codes('¥1,200', '￥980')).toBe('¥');
    expect(codes('Rp 5', 'Rp. 5', 'IDR 5')).toBe('IDR');
    expect(codes('5 €', 'EUR 5', '5 Euro')).toBe('EUR');
    expect(codes('5 kr', '5 kr')).toBe('kr');
    expect(codes('5 kr', '5 SEK')).toBe('E205');
    expect(codes('$5', '5 MXN')).toBe('E205');
    expect(codes('¥5', '₩5')).toBe('E205');
    expect(codes('F CFA 5', '5 FCFA')).toBe('XOF');
  });
});

/** Reads a column as a file of it is read: by its own mark, or not where that is not told. */
function column(texts: readonly string[], code = ''): readonly string[] | string {
  const marks = new MarkEvidence<string>();
  for (const text of texts) {
    marks.see(text.trim(), () => text);
    marks.seeCurrency(code);
  }
  const { result } = marks;
  if (!('mark' in result)) return 'E204';
  const amounts = new Amounts(result);
  return texts.map((text) => {
    const units = amounts.read(text.trim());
    return typeof units === 'string' ? units : unitsText(units, 4);
  });
}

const LOCALES = (
  'af-ZA am-ET ar-EG ar-SA ar-AE az-AZ be-BY bg-BG bn-BD ca-ES cs-CZ da-DK de-AT de-CH de-DE el-GR en-AU en-CA en-GB en-IN en-KE ' +
  'en-NG en-US en-ZA es-AR es-CL es-CO es-ES es-MX es-PE et-EE fa-IR fi-FI fil-PH fr-BE fr-CA fr-CH fr-FR he-IL hi-IN hr-HR hu-HU ' +
  'id-ID is-IS it-IT ja-JP ka-GE ko-KR lt-LT lv-LV ms-MY nb-NO nl-NL pl-PL pt-BR pt-PT ro-RO ru-RU sk-SK sl-SI sr-RS sv-SE sw-KE ' +
  'ta-IN te-IN th-TH tr-TR uk-UA ur-PK vi-VN zh-CN zh-TW'
).split(' ');
const WITHOUT = ['JPY', 'KRW', 'VND', 'CLP', 'XOF', 'ISK', 'PYG', 'UGX'];
const WITH = ['EUR', 'USD', 'GBP', 'INR', 'BRL', 'CHF', 'SEK', 'PLN', 'CZK', 'ILS', 'THB', 'MXN', 'TRY', 'CNY', 'KWD'];

describe('what Intl.NumberFormat writes', () => {
  const money = fc.tuple(fc.constantFrom(...LOCALES), fc.constantFrom(...WITHOUT, ...WITH), fc.boolean());
  const amounts = fc.array(fc.integer({ min: -99_999_999, max: 99_999_999 }), { minLength: 1, maxLength: 6 });

  it('is read to the same figures, or is ambiguous, in every order', () => {
    fc.assert(
      fc.property(money, amounts, fc.boolean(), ([locale, currency, sign], hundredths, display) => {
        const style = sign ? 'currency' : 'decimal';
        const options = sign ? { currency, currencyDisplay: display ? 'symbol' : 'code' } : {};
        const whole = WITHOUT.includes(currency);
        const digits = whole ? 0 : currency === 'KWD' ? 3 : 2;
        const format = new Intl.NumberFormat(locale, {
          style,
          ...(options as Intl.NumberFormatOptions),
          minimumFractionDigits: digits,
          maximumFractionDigits: digits,
        });
        const values = hundredths.map((value) => (whole ? value : value / 10 ** digits));
        const texts = values.map((value) => format.format(value));
        const wanted = hundredths.map((value) => unitsText(BigInt(value) * 10n ** BigInt(4 - digits), 4));
        const found = column(texts, sign ? '' : currency);
        const back = column([...texts].reverse(), sign ? '' : currency);
        if (found === 'E204') return back === 'E204';
        expect([locale, texts, found]).toEqual([locale, texts, wanted]);
        expect([...(back as readonly string[])].reverse()).toEqual(wanted);
        return true;
      }),
      { numRuns: runs(4000) },
    );
  });

  it('of whole amounts alone is never a thousandth', () => {
    fc.assert(
      fc.property(fc.constantFrom(...LOCALES), amounts, (locale, values) => {
        const format = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
        const found = column(values.map((value) => format.format(value)));
        if (found !== 'E204') expect(found).toEqual(values.map((value) => unitsText(BigInt(value) * 10_000n, 4)));
      }),
      { numRuns: runs(1000) },
    );
  });
});
