/** Rows that a sheet can hold, the headings among them. */
export const MOST_ROWS = 1_048_576;

/** Digits that a spreadsheet program keeps of a number. */
const DIGITS = 15;

/** Whether a spreadsheet program keeps all digits of a number. */
export function keepsDigits(text: string): boolean {
  return text.length <= DIGITS || text.replace(/^-?0*\.?0*|\./g, '').length <= DIGITS;
}
