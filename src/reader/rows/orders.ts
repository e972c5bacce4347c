import { KeyNumbers } from './key-numbers.ts';

/**
 * Keys that were seen, with what stood beside each: 'first' it is new; 'completes' what was seen of it so far said nothing of
 * its own; 'next' the same content again beside the one before, in the same file; 'again' the same content elsewhere; 'differs'
 * another content.
 */
export type Sight = 'first' | 'completes' | 'next' | 'again' | 'differs';

/** In place of the hash of a content: there is none yet. */
const NOTHING = -1;

/** Remembered in lists by the number of the key: there may be millions. */
export class Orders {
  readonly #numbers = new KeyNumbers();
  readonly #contents: number[] = [];
  readonly #files: number[] = [];
  #last = '';
  #lastNumber = -1;
  #lastFile = -1;

  /** @param content '' for a line that says nothing of its own */
  see(key: string, content: string, file: number): Sight {
    const beside = this.#lastNumber >= 0 && this.#last === key;
    const known = this.#contents.length;
    const number = beside ? this.#lastNumber : this.#numbers.of(key);
    const next = beside && this.#lastFile === file;
    this.#last = key;
    this.#lastNumber = number;
    this.#lastFile = file;
    if (number === known) {
      this.#contents.push(content === '' ? NOTHING : hashOf(content));
      this.#files.push(file);
      return 'first';
    }
    if (content !== '') {
      const hash = hashOf(content);
      if (this.#contents[number] === NOTHING) {
        this.#contents[number] = hash;
        this.#files[number] = file;
        return 'completes';
      }
      if (this.#contents[number] !== hash) return 'differs';
    }
    return next || (content === '' && this.#files[number] === file) ? 'next' : 'again';
  }
}

/** 53 bits of a text: two different contents of one key are taken for equal once in 10^15. */
function hashOf(text: string): number {
  let [a, b] = [0x811c9dc5, 0x9e3779b9];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul((b ^ code) + ((b << 5) | (b >>> 27)), 0x85ebca6b);
  }
  return (a >>> 0) * 2 ** 21 + ((b >>> 0) & 0x1fffff);
}
