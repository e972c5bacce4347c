import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type IdKind, NOBODY, TOTALS } from '../../../src/data/ids.ts';
import { PlainIds } from '../../../src/reader/plain/bytes.ts';

const kindsOf = (...ids: readonly string[]): readonly IdKind[] => {
  const seen = new PlainIds();
  for (const id of ids) seen.see(Buffer.from(` ${id} `), 1, 1 + Buffer.byteLength(id));
  return [...seen.kinds];
};

describe('PlainIds', () => {
  it('tells nothing of ids that bear no mark', () => {
    expect(kindsOf('C00000233', '17850', '4711-0', 'a customer with a long name')).toEqual([]);
  });

  it.each([
    ['1.23457E+11', ['exponents']],
    ['ann@example.com', ['emails', 'nobody']],
    ['17850.0', ['decimals']],
    ['J\u00fcrgen Jansen GmbH', ['unseen']],
    ['7', ['nobody']],
  ])('%s', (id, kinds) => {
    expect(new Set(kindsOf(id))).toEqual(new Set(kinds));
  });

  it.each([...NOBODY, ...TOTALS])('%s may be nobody in any case', (id) => {
    for (const one of [id, id.toUpperCase()]) expect(kindsOf(one)).toContain('nobody');
  });

  it('misses no kind of any id', () => {
    const part = fc.constantFrom('E+', '@', '.0', 'x', '1', '\u00e9', ' ');
    const id = fc.oneof(
      fc.string({ minLength: 1, unit: 'grapheme' }),
      fc.array(part, { minLength: 1 }).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(fc.array(id), (ids) => {
        const kinds = kindsOf(...ids);
        const right: Record<Exclude<IdKind, 'nobody'>, (id: string) => boolean> = {
          exponents: (one) => /e\+/i.test(one),
          emails: (one) => one.includes('@'),
          decimals: (one) => one.endsWith('.0'),
          unseen: (one) => Buffer.byteLength(one) > [...one].length,
        };
        for (const [kind, test] of Object.entries(right)) if (ids.some(test)) expect(kinds).toContain(kind);
      }),
    );
  });
});
