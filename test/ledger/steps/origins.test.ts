import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isoOf } from '../../../src/base/calendar.ts';
import { readHoldout } from '../../../src/ledger/steps/holdout.ts';
import { readOrigins } from '../../../src/ledger/steps/origins.ts';
import { runs } from '../../runs.ts';
import { day, type Line, PLAIN, withLedger } from '../helpers.ts';

const FIRST = day('2024-01-01');

const lines = fc.array(
  fc
    .tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.nat(120), fc.constantFrom('10', '-3', '0', '2.5'))
    .map(([customer, after, amount]): Line => [customer, isoOf(FIRST + after), amount]),
  { minLength: 1, maxLength: 25 },
);

it('has the states that a roll-up of the same day has, and the purchases of its holdout', async () => {
  await fc.assert(
    fc.asyncProperty(lines, async (rows) => {
      await withLedger(rows, async (ledger) => {
        await ledger.load(PLAIN);
        const asked = [FIRST + 70, FIRST + 40];
        const origins = await readOrigins(ledger.loaded, asked, 30);
        for (const [i, asOf] of asked.entries()) {
          await ledger.rollUp({ asOf, spendFrom: 'repeat', fillMeans: false });
          const { states } = await ledger.states();
          const { daily } = await readHoldout(ledger.loaded, asOf, asOf + 30);
          const origin = origins[i]!;
          expect(origin).toMatchObject({ asOf, days: 30, bought: daily.reduce((sum, count) => sum + count, 0) });
          for (const name of ['x', 'recency', 'age', 'count'] as const)
            expect([...origin.states[name]]).toEqual([...states[name]]);
        }
      });
    }),
    { numRuns: runs(40) },
  );
});
