import { expect, it } from 'vitest';
import { minorDigits } from '../../src/base/currencies.ts';
import { AMOUNT_SCALE } from '../../src/base/money.ts';

it.each([
  [0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'],
  [2, 'EUR USD HUF IDR COP PKR RSD ALL IRR XCG ZWG SLE VED XAD'],
  [3, 'BHD IQD JOD KWD LYD OMR TND'],
  [4, 'CLF UYW'],
  [2, 'ANG BGN HRK CUC SLL ZWL DEM FRF NLG'],
  [0, 'ITL ESP'],
  [null, 'XAU XAG XDR XTS XXX'],
  [undefined, 'XYZ eur EURO $'],
])('%s digits: %s', (digits, codes) => {
  for (const code of codes.split(' ')) expect(minorDigits(code), code).toBe(digits);
});

it('knows every code that Node knows, whatever its digits there, and none with more digits than amounts have', () => {
  for (const code of Intl.supportedValuesOf('currency')) {
    expect(minorDigits(code), code).toBeDefined();
    expect(minorDigits(code) ?? 0).toBeLessThanOrEqual(AMOUNT_SCALE);
  }
});
