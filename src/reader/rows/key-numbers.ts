/**
 * Numbers different texts in the order in which they come. A hash of each stands beside its number, so that a text is compared
 * only with one that is almost certainly the same: a Map of millions of texts looks at several for each.
 */
export class KeyNumbers {
  readonly #keys: string[] = [];
  #hashes = new Int32Array(1 << 12);
  /** Numbers from 1; 0: nothing. At most half of them are used. */
  #slots = new Int32Array(1 << 13);

  /** The number of a text, from 0. */
  of(key: string): number {
    const hash = hashOf(key);
    const mask = this.#slots.length - 1;
    let slot = mixed(hash) & mask;
    for (;;) {
      const number = this.#slots[slot]! - 1;
      if (number < 0) break;
      if (this.#hashes[number] === hash && this.#keys[number] === key) return number;
      slot = (slot + 1) & mask;
    }
    const number = this.#keys.push(key) - 1;
    this.#hashes[number] = hash;
    this.#slots[slot] = number + 1;
    if (number + 1 === this.#hashes.length) this.#grow();
    return number;
  }

  #grow(): void {
    const hashes = new Int32Array(2 * this.#hashes.length);
    hashes.set(this.#hashes);
    this.#hashes = hashes;
    const slots = new Int32Array(2 * this.#slots.length);
    const mask = slots.length - 1;
    for (let number = 0; number < this.#keys.length; number++) {
      let slot = mixed(hashes[number]!) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = number + 1;
    }
    this.#slots = slots;
  }
}

function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash | 0;
}

/** Spreads the bits of a hash, so that its lowest are as good as any. */
function mixed(hash: number): number {
  const high = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return high ^ (high >>> 13);
}
