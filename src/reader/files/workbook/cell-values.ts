import { dayOf, isoOf } from '../../../base/calendar.ts';

/** What stands in cells, as text: numbers as a spreadsheet program shows them, days and times as ISO writes them. */

/** Digits that a spreadsheet program keeps of a number. */
const DIGITS = 15;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/**
 * A stored number without exponent and without the dust of binary fractions: `19.990000000000002` is 19.99. Whole numbers keep
 * every digit they are stored with, since they may be ids. One of three decimals gets a fourth: its point groups no thousands.
 * Null: no number.
 */
export function numberText(stored: string): string | null {
  if (!NUMBER.test(stored)) return null;
  if (/^\d{1,15}$/.test(stored) && !stored.startsWith('0')) return stored;
  if (/^[+-]?\d+$/.test(stored)) return BigInt(stored.replace('+', '')).toString();
  const value = Number(stored);
  if (!Number.isFinite(value)) return null;
  if (Number.isSafeInteger(value)) return String(value === 0 ? 0 : value);
  const text = withoutExponent(value.toPrecision(DIGITS));
  return /\.\d{3}$/.test(text) ? `${text}0` : text;
}

/** Decimal digits of a number that is written with or without an exponent, without idle zeros. */
function withoutExponent(text: string): string {
  const [, sign, whole, fraction = '', exponent = '0'] = /^(-?)(\d+)(?:\.(\d+))?(?:e(.+))?$/.exec(text)!;
  const point = whole!.length + Number(exponent);
  const digits = `${'0'.repeat(Math.max(0, 1 - point))}${whole}${fraction}`.padEnd(point, '0');
  const at = Math.max(point, 1);
  const decimals = digits.slice(at).replace(/0+$/, '');
  return `${sign}${digits.slice(0, at)}${decimals === '' ? '' : `.${decimals}`}`;
}

const DAY = 86_400_000;
/** 29 February 1900, which there was not: 1900 counts it as a day, so days before it are one less from their origin. */
const NO_DAY = 60;
const LAST = dayOf(9999, 12, 31);

/**
 * A stored number that is shown as a date: the ISO day, with the time of day unless that is midnight; the time alone where
 * there is no day. Days are counted from 1900, or from 1904. Null: no day that there is.
 */
export function dateText(stored: string, from1904: boolean): string | null {
  if (!NUMBER.test(stored)) return null;
  const milliseconds = Math.round(Number(stored) * DAY);
  const serial = Math.floor(milliseconds / DAY);
  const time = timeText(milliseconds - serial * DAY);
  if (!from1904 && serial === 0) return time;
  if (!from1904 && (serial < 0 || serial === NO_DAY)) return null;
  const origin = from1904 ? dayOf(1904, 1, 1) : dayOf(1899, 12, serial < NO_DAY ? 31 : 30);
  const day = origin + serial;
  if (day > LAST || day < dayOf(1, 1, 1)) return null;
  return time === MIDNIGHT ? isoOf(day) : `${isoOf(day)} ${time}`;
}

const MIDNIGHT = '00:00:00';

function timeText(milliseconds: number): string {
  return milliseconds === 0 ? MIDNIGHT : new Date(milliseconds).toISOString().slice(11, 19);
}

/** A character that XML cannot hold stands as `_x000D_`, and what looks like that with its underscore written so. */
export function unescaped(text: string): string {
  return text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text;
}

/** The name of a cell, as A1; both count from 1. */
export function cellName(column: number, row: number): string {
  let letters = '';
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26))
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  return `${letters}${row}`;
}

/** The column that a cell's name begins with, from 1; null where it is no name. */
export function columnOf(name: string): number | null {
  const letters = /^\$?([A-Za-z]{1,3})\$?\d+$/.exec(name)?.[1]?.toUpperCase();
  return letters === undefined ? null : [...letters].reduce((sum, letter) => 26 * sum + letter.charCodeAt(0) - 64, 0);
}
