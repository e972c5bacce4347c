/**
 * Currencies by their ISO 4217 code, with the digits of their minor unit. A table of our own: Intl's digits are those in
 * which cash is shown, differ by the version of Node (HUF, IDR, COP, PKR, RSD) and from the standard (IQD, ALL, CLF, UYW).
 *
 * The codes are those of list one (current currencies and funds, as of January 2026), and of list three (withdrawn) those
 * that data still carry: what the euro replaced, and the codes given up since 2000 by renamings and new units. The digits
 * of a withdrawn code are the last it had.
 */
const CODES_BY_DIGITS: Readonly<Record<number, string>> = {
  0: `BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF
    BEF BYR ESP GRD ITL LUF MGF PTE TRL`,
  2: `AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY COP COU
    CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES
    KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR
    NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP
    TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG
    AFA ANG ATS AZM BGL BGN CSD CUC CYP DEM EEK FIM FRF GHC HRK IEP LTL LVL MRO MTL MZM NLG ROL RUR SDD SIT SKK SLL SRG STD
    TMM USS VEB VEF ZMK ZWD ZWL ZWR`,
  3: 'BHD IQD JOD KWD LYD OMR TND',
  4: 'CLF UYW',
};

/** Codes of list one that are no money to pay with: metals, units of account, for tests, no currency. */
const WITHOUT_MINOR_UNIT = 'XAG XAU XBA XBB XBC XBD XDR XPD XPT XSU XTS XUA XXX';

function codes(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}

const DIGITS: ReadonlyMap<string, number | null> = new Map([
  ...Object.entries(CODES_BY_DIGITS).flatMap(([digits, text]) =>
    codes(text).map((code) => [code, Number(digits)] as const),
  ),
  ...codes(WITHOUT_MINOR_UNIT).map((code) => [code, null] as const),
]);

/** Digits of the minor unit of a code in capitals; null: it has no minor unit; undefined: there is no such code. */
export function minorDigits(code: string): number | null | undefined {
  return DIGITS.get(code);
}
