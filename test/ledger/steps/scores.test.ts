import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readScores } from '../../../src/ledger/steps/chosen/scores.ts';
import { customersSection } from '../../../src/report/customers.ts';
import { runs } from '../../runs.ts';
import { day, factors, type Line, PLAIN, withLedger } from '../helpers.ts';

const AS_OF = day('2024-06-30');

/** The score of a value among all: who lies beyond the last of an equal part is in the next. @param order the lowest score first */
function scoreOf(own: number, all: readonly number[], parts: number, order: 1 | -1): number {
  const sorted = [...all].sort((a, b) => order * (a - b));
  const cuts = Array.from({ length: parts - 1 }, (_, k) => sorted[Math.ceil((sorted.length * (k + 1)) / parts) - 1]!);
  return 1 + cuts.filter((cut) => order * (own - cut) > 0).length;
}

it('scores are those of cut points that can be counted by hand, and equal customers have equal ones', async () => {
  const line = fc.record({
    who: fc.integer({ min: 1, max: 9 }),
    month: fc.integer({ min: 1, max: 6 }),
    cents: fc.integer({ min: 1, max: 4 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 30 }), fc.constantFrom(2, 3, 5), async (rows, parts) => {
      const lines = rows.map(({ who, month, cents }): Line => [`c${who}`, `2024-0${month}-10`, `0.${cents}`]);
      await withLedger(lines, async (ledger) => {
        await ledger.load(PLAIN);
        await ledger.rollUp({ asOf: AS_OF, spendFrom: 'all', fillMeans: false });
        const { states } = await ledger.states();
        await ledger.value(factors(states, 1, 2), 2);
        const scores = await readScores(ledger.loaded, AS_OF, parts, 2);
        const { columns, blocks } = customersSection({ blocks: ledger.customers({ scores }) }, [], 1, 2, { scores });
        const found: Record<string, string>[] = [];
        for await (const { length, cells } of blocks)
          for (let row = 0; row < length; row++)
            found.push(Object.fromEntries(columns.map(({ name }, i) => [name, cells[i]![row]!])));
        const since = (one: Record<string, string>): number => AS_OF - day(one['last_purchase']!);
        const of = (name: string) => (one: Record<string, string>) => Number(one[name]);
        for (const [name, measure, order, many] of [
          ['r', since, -1, parts],
          ['f', of('purchases'), 1, parts],
          ['m', of('revenue'), 1, parts],
          ['clv_decile', of('clv'), -1, 10],
        ] as const) {
          const all = found.map(measure);
          for (const one of found) expect(Number(one[name])).toBe(scoreOf(measure(one), all, many, order));
        }
      });
    }),
    { numRuns: runs(30) },
  );
});
