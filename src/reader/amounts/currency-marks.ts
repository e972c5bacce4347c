import { minorDigits } from '../../base/currencies.ts';

/**
 * The marks that amounts carry: signs, abbreviations and words, case as written, and what each may stand for. One that stands
 * for several currencies names none, but is one mark: beside another it is another currency.
 */
export interface CurrencyMark {
  /** What two marks are compared by: the code that is meant, else the mark itself. */
  readonly key: string;
  /** Codes that may stand beside it in one cell. */
  readonly codes: readonly string[];
  /** Read only directly beside the digits, alone. */
  readonly tight: boolean;
}

/** How many digits stand behind the decimal mark, where that tells whether a mark groups. */
export type MinorUnits = 'none' | 'three' | 'usual';

const DOLLARS =
  'USD ARS AUD BBD BMD BND BSD BZD CAD CLP COP CUP CVE DOP FJD GYD HKD JMD KYD LRD MXN NAD NIO NZD SBD SGD SRD TTD TWD UYU XCD ZWG';
const DIRHAMS = 'MAD AED';

/** Marks : the code that is meant (or the mark, or a unit without one) : other codes that may stand beside. */
const TABLE = `
  € Euro euro : EUR
  $ : $ : ${DOLLARS}
  US$ U$S $US $_US щ.д. : USD
  A$ AU$ $AU $_AU : AUD
  C$ CA$ $CA $_CA : CAD
  NZ$ $NZ $_NZ : NZD
  HK$ $HK $_HK : HKD
  S$ SG$ $SG $_SG : SGD
  NT$ : TWD
  MX$ Mex$ $MX : MXN
  R$ : BRL
  CL$ $CL : CLP
  CO$ COL$ $CO : COP
  AR$ $AR : ARS
  RD$ : DOP
  J$ : JMD
  TT$ : TTD
  N$ : NAD
  $U $UY : UYU
  $b : BOB
  £ £GB : GBP : EGP FKP GIP LBP SHP SSP SYP
  E£ ج.م ج.م. LE : EGP
  ¥ : ¥ : JPY CNY
  円 圓 JP¥ : JPY
  元 CN¥ ¥CN : CNY
  ₩ 원 : KRW
  ₫ đ Đ VNĐ vnđ : VND
  ₹ : INR
  Rs Rs. ₨ : Rs : INR PKR LKR NPR MUR SCR
  ৳ : BDT
  Rp Rp. : IDR
  RM : MYR
  ฿ บาท : THB
  ₭ : LAK
  ៛ : KHR
  ₮ : MNT
  ₱ P : PHP
  تومان : toman
  ریال ر.إ ر.إ. : IRR
  ﷼ : ﷼ : IRR SAR OMR QAR YER
  ر.س ر.س. SR : SAR
  د.إ د.إ. : AED
  د.ك د.ك. : KWD
  د.ب د.ب. : BHD
  د.ع د.ع. : IQD
  د.أ د.أ. : JOD
  د.ل د.ل. : LYD
  ر.ع ر.ع. : OMR
  ر.ق ر.ق. : QAR
  د.ت د.ت. DT : TND
  د.ج د.ج. : DZD
  د.م د.م. : MAD
  ل.ل ل.ل. : LBP
  ؋ : AFN
  DH Dhs : MAD : ${DIRHAMS}
  ₪ NIS : ILS
  ₺ TL : TRY
  zł : PLN
  Kč : CZK
  Ft : HUF
  lei Lei : RON : MDL
  лв лв. : BGN
  din din. : RSD
  ден ден. : MKD
  kn : HRK
  ₽ руб руб. р. : RUB : BYN
  ₴ грн грн. : UAH
  Br : BYN
  ₸ : KZT
  ₾ : GEL
  ֏ : AMD
  ₼ : AZN
  so'm so’m so‘m soʻm : UZS
  Nkr : NOK
  Dkr : DKK
  Ikr : ISK
  kr kr. Kr Kr. : kr : SEK NOK DKK ISK
  Fr Fr. SFr. : CHF
  R : ZAR
  N ₦ : NGN
  KSh Ksh Kshs : KES
  TSh : TZS
  USh : UGX
  ₵ GH₵ : GHS
  FCFA F_CFA CFA فرانک_CFA : XOF : XAF
  S/ S/. : PEN
  Bs Bs. : BOB : VES
  Bs.S : VES
  රු. : LKR
  नेरू : NPR
  ₲ Gs Gs. : PYG
  B/. : PAB
  ₡ : CRC`;

const TIGHT = new Set(['N', 'R', 'P', 'Br', 'Fr', 'DH']);

const MARKS: ReadonlyMap<string, CurrencyMark> = new Map(
  TABLE.trim()
    .split('\n')
    .flatMap((line) => {
      const [texts, key, others = ''] = line.split(' : ').map((part) => part.trim());
      const codes = [...(minorDigits(key!) === undefined ? [] : [key!]), ...others.split(' ').filter(Boolean)];
      return texts!
        .split(' ')
        .map((text) => [text.replaceAll('_', ' '), { key: key!, codes, tight: TIGHT.has(text) }] as const);
    }),
);

/** A sign that the table does not have stands for itself, with up to two letters before it. */
const SIGN = /[A-Z]{0,2}\p{Sc}/uy;
const CODE = /[A-Za-z]{3}(?![A-Za-z])/y;
const LONGEST_FIRST = [...MARKS.keys()].sort((a, b) => b.length - a.length);
/** A mark that ends with a letter ends a word: "$USD" is a sign and a code. */
const LISTED = new RegExp(
  LONGEST_FIRST.map((text) => text.replace(/[.$/]/g, '\\$&') + (/[a-z]$/i.test(text) ? '(?![A-Za-z])' : '')).join('|'),
  'uy',
);

/** A mark or a code in a cell. */
export interface FoundMark extends CurrencyMark {
  readonly text: string;
  readonly isCode: boolean;
}

function at(pattern: RegExp, text: string, from: number): string {
  pattern.lastIndex = from;
  return pattern.exec(text)?.[0] ?? '';
}

/** The longest mark or code at a place of a text. */
export function markAt(text: string, from: number): FoundMark | null {
  const code = at(CODE, text, from);
  const capitals = code.toUpperCase();
  const listed = at(LISTED, text, from);
  const sign = at(SIGN, text, from);
  const mark = sign.length > listed.length ? sign : listed;
  if (code.length > mark.length && minorDigits(capitals) !== undefined)
    return { text: code, key: capitals, codes: [capitals], tight: false, isCode: true };
  if (mark === '') return null;
  return { ...(MARKS.get(mark) ?? { key: mark, codes: [], tight: false }), text: mark, isCode: false };
}

/** The one currency of a sign and a code; null where they are of two. */
export function together(mark: CurrencyMark, code: string): string | null {
  return mark.key === code || mark.codes.includes(code) ? code : null;
}

/** Currencies with digits in the standard that are written without. */
const WRITTEN_WITHOUT = new Set(['IDR', 'HUF', 'TWD', 'IRR', 'toman', '¥']);

/** What a currency, by the key of its mark, tells of a mark with three digits behind it. */
export function minorUnitsOf(key: string): MinorUnits {
  const digits = minorDigits(key);
  if (digits === 0 || WRITTEN_WITHOUT.has(key)) return 'none';
  return digits === 3 ? 'three' : 'usual';
}

/** The currency of a column whose amounts carry a mark, and that stands beside a column of a code; null where they are of two. */
export function keyBeside(key: string, code: string): string | null {
  if (key === code) return key;
  const mark = [...MARKS.values()].find((one) => one.key === key);
  return mark ? together(mark, code) : null;
}
