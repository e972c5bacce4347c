/**
 * Keys that were seen, with what stood beside each: 'first' it is new; 'next' the same content again beside the one before, in
 * the same file; 'again' the same content elsewhere; 'differs' another content.
 */
export type Sight = 'first' | 'next' | 'again' | 'differs';

interface Seen {
  readonly content: number;
  readonly file: number;
}

export class Orders {
  readonly #seen = new Map<string, Seen>();
  #last = '';
  #lastFile = -1;

  /** @param content '' for a line that says nothing of its own */
  see(key: string, content: string, file: number): Sight {
    const before = this.#seen.get(key);
    const next = this.#last === key && this.#lastFile === file;
    this.#last = key;
    this.#lastFile = file;
    if (before === undefined) {
      this.#seen.set(key, { content: hashOf(content), file });
      return 'first';
    }
    if (content !== '' && before.content !== hashOf(content)) return 'differs';
    return next || (content === '' && before.file === file) ? 'next' : 'again';
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
