import { ID_KINDS, type IdKind, LONGEST_DIGITS, LONGEST_NOBODY } from '../../data/ids.ts';

const POINT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;

const bitOf = (kind: IdKind): number => 1 << ID_KINDS.indexOf(kind);
const [NOBODY, DECIMALS] = [bitOf('nobody'), bitOf('decimals')];
/** The kinds that a byte tells wherever it stands. */
const OF_BYTE = new Uint8Array(256).fill(bitOf('unseen'), 0x80);
OF_BYTE[0x2b] = bitOf('exponents');
OF_BYTE[0x40] = bitOf('emails');

/** Which kinds of ids there may be in a file, by the bytes of all of them: none is missed, and some may be of no such id. */
export class PlainIds {
  #seen = 0;

  /** An id that is not blank, in [from, to). */
  see(bytes: Buffer, from: number, to: number): void {
    let seen = this.#seen;
    for (let at = from; at < to; at++) seen |= OF_BYTE[bytes[at]!]!;
    const last = bytes[to - 1]!;
    const length = to - from;
    if (last === ZERO && bytes[to - 2] === POINT) seen |= DECIMALS;
    if (length <= LONGEST_DIGITS || (length <= LONGEST_NOBODY && (last < ZERO || last > NINE))) seen |= NOBODY;
    this.#seen = seen;
  }

  get kinds(): ReadonlySet<IdKind> {
    return new Set(ID_KINDS.filter((kind) => (this.#seen & bitOf(kind)) !== 0));
  }
}
