/** What of a terminal is known, or said by its variables. */

/** Columns of a table where nobody says how wide it may be. */
const WIDTH = 100;

/** How wide what is printed may be: by COLUMNS, else by the terminal. */
export function columnsOf({ columns }: { readonly columns?: number | undefined }): number {
  const said = process.env['COLUMNS'] ?? '';
  return (/^[1-9]\d{0,5}$/.test(said) ? Number(said) : columns) || WIDTH;
}

type Stream = { readonly isTTY?: boolean | undefined };

/** Whether a stream is read as a terminal is: it is one, or FORCE_COLOR says so; 0 and false say that it is not. */
export function isTerminal({ isTTY }: Stream): boolean {
  const forced = process.env['FORCE_COLOR'];
  if (forced === undefined || forced === '') return isTTY === true;
  return forced !== '0' && forced !== 'false';
}

/** Whether a stream may have colors: NO_COLOR takes them from a terminal, and FORCE_COLOR gives them whatever that says. */
export function hasColors(stream: Stream): boolean {
  return isTerminal(stream) && (!process.env['NO_COLOR'] || Boolean(process.env['FORCE_COLOR']));
}
