import { AMOUNT_SCALE, parseUnits } from '../../base/money.ts';
import { StableFile } from '../files/stable-file.ts';
import type { Tally } from '../inspect/survey.ts';
import type { Proven } from '../proven.ts';

export const NO_TALLY: Tally = { records: 0, amount: 0n };

export function addTallies(a: Tally, b: Tally): Tally {
  return { records: a.records + b.records, amount: a.amount + b.amount };
}

const LF = 0x0a;
const CR = 0x0d;
const QUOTE = 0x22;
const MINUS = 0x2d;
const READ_BYTES = 1 << 20;

/** Records below zero in the plain files, which the ledger reads by itself: no record of those is seen here. */
export async function plainNegatives(files: readonly Proven[], signal?: AbortSignal): Promise<Tally> {
  const plain = files.filter(({ proof, direct }) => proof.plain !== null && direct !== null);
  let all = NO_TALLY;
  for (const file of plain) all = addTallies(all, await negativesIn(file, signal));
  return all;
}

/** A quote in a plain file opens or closes, and no line break stands between two. */
async function negativesIn({ source, direct }: Proven, signal: AbortSignal | undefined): Promise<Tally> {
  const tally: Tally = { records: 0, amount: 0n };
  const { amount } = direct!;
  const mark = direct!.delimiter.charCodeAt(0);
  // Nothing of the header is an amount.
  let [field, quoted, negative, text] = [Number.NEGATIVE_INFINITY, false, false, ''];
  const close = (): void => {
    if (!negative) return;
    tally.records++;
    tally.amount += parseUnits(text, AMOUNT_SCALE) ?? 0n;
    [negative, text] = [false, ''];
  };
  const input = await StableFile.open(source);
  try {
    for await (const part of input.parts(READ_BYTES, signal)) {
      for (let at = 0; at < part.length; at++) {
        const byte = part[at]!;
        if (byte === QUOTE) quoted = !quoted;
        else if (byte === LF) {
          close();
          field = 0;
        } else if (byte === mark && !quoted) {
          close();
          field++;
        } else if (field === amount && (negative || byte === MINUS) && byte !== CR) {
          negative = true;
          text += String.fromCharCode(byte);
        }
      }
    }
    close();
  } finally {
    await input.close();
  }
  return tally;
}
