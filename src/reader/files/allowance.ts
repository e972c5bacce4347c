import { Transform } from 'node:stream';
import { ClvError } from '../../base/errors.ts';

/** An export shrinks to a tenth, hardly ever to a hundredth; what unpacks to more than this is meant to fill a disk. */
const EXPANSION = 200;
/** So much is allowed to the smallest file. */
const ALWAYS = 64 << 20;

/** What a file may unpack to, all that is packed in it together, however often it is packed. */
export class Allowance {
  readonly #file: string;
  #left: number;

  /** @param packed its size as given, in bytes */
  constructor(file: string, packed: number) {
    this.#file = file;
    this.#left = Math.max(ALWAYS, EXPANSION * packed);
  }

  /** So many bytes are about to be written. E245. */
  take(bytes: number): void {
    this.#left -= bytes;
    if (this.#left < 0) throw new ClvError('E245', { limit: EXPANSION }, { file: this.#file });
  }

  /** Passes on no more than is allowed. */
  bounded(): Transform {
    return new Transform({
      transform: (part: Buffer, _, done) => {
        try {
          this.take(part.length);
          done(null, part);
        } catch (error) {
          done(error as ClvError);
        }
      },
    });
  }
}
