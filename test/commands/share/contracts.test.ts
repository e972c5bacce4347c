import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from '../../command.ts';

/** `clv share --contract` beside `clv compute --contract` of the same words. */
const PLANS = join(import.meta.dirname, '../../../fixtures/cases/contract-plan-lengths/plans.csv');
const CASES = [
  '$FIXTURES/subscriptions.csv --contract 1m --margin 70% --horizon 3y',
  '$FIXTURES/subscriptions.csv --contract 1m --margin 70% --fit-by plan --by plan --model bdw --value-at last --grace 5d',
  '$FIXTURES/subscriptions.csv --contract 1m --margin 70% --timing mid-period --growth 3% --retention-cost 2',
  `${PLANS} --contract annual=1y,monthly=1m --one-off setup --retention annual=80%,monthly=30% --as-of 2025-06-12`,
];

describe('our brand', () => {
  it.each(CASES)('has the customer equity and the customers of clv compute %s', async (words) => {
    const json = async (command: string) => JSON.parse((await run(`${command} --format json -qq`, tmpdir())).out);
    const shared = await json(`clv share ${words} --market-equity 1000`);
    const computed = await json(`clv compute ${words}`);
    const us = shared.brands.find(({ name }: { name: string }) => name === 'us');
    expect(us.customer_equity).toBe(computed.summary.customer_equity);
    expect(us.revenue).toBe(computed.summary.revenue);
    const running = computed.customers.filter(
      (one: Record<string, number>) => one['expected_margin_per_purchase']! > 0,
    );
    expect(us.customers).toBe(running.length);
    expect(us.equity_share).toBeCloseTo(us.customer_equity / (us.customer_equity + 1000), 5);
  });
});
