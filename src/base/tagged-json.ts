/** Values that JSON has no word for, under a name that no object of ours has. */
const TAGS = { bigint: '$integer', map: '$map', set: '$set' } as const;

/** A value as JSON, with whole numbers of any size, maps and sets. */
export function taggedJson(value: object): string {
  return JSON.stringify(value, (_, one: unknown) => {
    if (typeof one === 'bigint') return { [TAGS.bigint]: String(one) };
    if (one instanceof Map) return { [TAGS.map]: [...one] };
    if (one instanceof Set) return { [TAGS.set]: [...one] };
    return one;
  });
}

/** The value of a text that `taggedJson` wrote. */
export function untagged(text: string): unknown {
  return JSON.parse(text, (_, one: unknown) => {
    if (typeof one !== 'object' || one === null) return one;
    const [[tag, value] = [], ...others] = Object.entries(one) as [string, never][];
    if (others.length > 0) return one;
    if (tag === TAGS.bigint) return BigInt(value!);
    if (tag === TAGS.map) return new Map(value);
    if (tag === TAGS.set) return new Set(value);
    return one;
  });
}
