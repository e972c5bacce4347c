import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isoOf } from '../../../src/base/calendar.ts';
import type { SubscriptionAsOf, Term } from '../../../src/data/subscriptions/terms.ts';
import { runs } from '../../runs.ts';
import { day, daysAfter, linesOf, type Row, rules, SERVICE, subscriptionsAt, toldOf } from './payments.ts';

const PLANS = 'basic=1m,plus=1m,annual=1y';
const LINES = rules(PLANS, { grace: 10, service: SERVICE });

const told = (asOf: string, ...lines: readonly string[]): Promise<string> => toldOf(linesOf(...lines), asOf, LINES);

/** Terms of the one subscription of some lines: `2024-01-01 2024-02-01 10 1m`, with what each brings. */
async function termsOf(asOf: string, ...lines: readonly string[]): Promise<string[]> {
  const [one] = await subscriptionsAt(linesOf(...lines), LINES, day(asOf));
  return one!.terms.runs.flatMap(({ terms }) => terms.map(text));
}

const text = ({ from, until, margin, length }: Term): string =>
  `${isoOf(from)} ${isoOf(until)} ${Number(margin / 10n ** 8n) / 100} ${length.text}`;

describe('terms of invoice lines', () => {
  it('are what lines pay for, one after the other; a renewal is decided when its grace is over', async () => {
    const lines = ['2024-01-15 2024-02-15 10 basic', '2024-02-15 2024-03-15 10 basic'];
    expect(await told('2024-02-20', ...lines)).toBe('active 2 2024-03-15; 0 kept 1');
    expect(await told('2024-02-26', ...lines)).toBe('active 2 2024-03-15; 1 kept 0');
    expect(await told('2024-03-25', ...lines)).toBe('late 2 2024-03-15; 1 kept 0');
    expect(await told('2024-03-26', ...lines)).toBe('ended 2 2024-03-15; 1 lost 0');
  });

  it('bridge a gap within the grace, and begin anew after it', async () => {
    const first = '2024-01-01 2024-02-01 10 basic';
    expect(await told('2024-03-01', first, '2024-02-11 2024-03-11 10 basic')).toBe('active 2 2024-03-11; 1 kept 0');
    expect(await told('2024-03-01', first, '2024-02-12 2024-03-12 10 basic')).toBe('active 1 2024-03-12; 0 kept 0');
  });

  it('take seats, stubs within a term and partial credits as money of it', async () => {
    const lines = [
      '2024-04-01 2024-05-01 30 basic',
      '2024-04-16 2024-05-01 -15 basic',
      '2024-04-16 2024-05-01 45 plus',
      '2024-05-01 2024-06-01 90 plus',
      '2024-05-01 2024-06-01 10 basic',
    ];
    expect(await termsOf('2024-05-20', ...lines)).toEqual([
      '2024-04-01 2024-05-01 60 1m',
      '2024-05-01 2024-06-01 100 1m',
    ]);
  });

  it('count a first stub as a paid term', async () => {
    const lines = ['2024-01-16 2024-02-01 15.48 basic', '2024-02-01 2024-03-01 30 basic'];
    expect(await told('2024-02-20', ...lines)).toBe('active 2 2024-03-01; 1 kept 0');
  });

  it('end at once by a credit for the rest, and are no paid period where all is given back', async () => {
    const paid = '2024-04-01 2024-05-01 30 basic';
    expect(await told('2024-04-20', paid, '2024-04-16 2024-05-01 -15 basic')).toBe('ended 1 2024-05-01; 0 kept 0');
    expect(await told('2024-05-12', paid, '2024-04-16 2024-05-01 -15 basic')).toBe('ended 1 2024-05-01; 0 lost 0');
    expect(await told('2024-04-20', paid, '2024-04-01 2024-05-01 -30 basic')).toBe('ended 0 -; 0 kept 0');
  });

  it('have the length that a line pays for, whatever the plan has: a change of it begins at once', async () => {
    const quarter = ['2024-01-31 2024-04-30 30 basic', '2024-04-30 2024-07-31 30 basic'];
    expect(await termsOf('2024-05-01', ...quarter)).toEqual([
      '2024-01-31 2024-04-30 30 1q',
      '2024-04-30 2024-07-31 30 1q',
    ]);
    const annual = [
      '2024-04-01 2024-05-01 30 basic',
      '2024-04-16 2024-05-01 -15 basic',
      '2024-04-16 2025-04-16 600 annual',
    ];
    expect(await termsOf('2024-05-20', ...annual)).toEqual([
      '2024-04-01 2024-05-01 30 1m',
      '2024-04-16 2025-04-16 585 1y',
    ]);
    expect(await told('2024-05-20', ...annual)).toBe('active 2 2025-04-16; 1 kept 0');
  });

  it('that overlap by a day are renewals all the same', async () => {
    const lines = [
      '2024-01-01 2024-02-02 30 basic',
      '2024-02-01 2024-03-02 30 basic',
      '2024-03-01 2024-04-02 30 basic',
    ];
    expect(await told('2024-03-20', ...lines)).toBe('active 3 2024-04-02; 2 kept 0');
  });

  it('of annual lines with monthly seats go by the year', async () => {
    const lines = [
      '2024-01-01 2025-01-01 1200 annual',
      '2024-01-01 2024-02-01 10 basic',
      '2024-02-01 2024-03-01 10 basic',
    ];
    const renewed = ['2024-05-01 2024-06-01 10 basic', '2025-01-01 2026-01-01 1200 annual'];
    expect(await told('2024-03-20', ...lines)).toBe('active 1 2025-01-01; 0 kept 0');
    expect(await told('2025-01-05', ...lines, ...renewed)).toBe('active 2 2026-01-01; 0 kept 1');
  });

  it('of 0.00 are nothing before the first paid day, and put the renewal off later', async () => {
    const free = ['2024-01-01 2024-02-01 0 basic', '2024-02-01 2024-03-01 10 basic', '2024-03-01 2024-04-01 0 basic'];
    expect(await told('2024-03-20', ...free)).toBe('active 1 2024-04-01; 0 kept 0');
  });

  it('that begin after the as-of date are left out, a renewal is not', async () => {
    const lines = linesOf('2024-01-01 2024-02-01 10 basic', '2024-02-01 2024-03-01 10 basic').map((one) => ({
      ...one,
      day: day('2023-12-20'),
    }));
    const [before] = await subscriptionsAt(lines, LINES, day('2023-12-25'));
    expect(before!.terms).toMatchObject({ runs: [], ahead: 1 });
    expect(await toldOf(lines, '2024-01-10', LINES)).toBe('active 2 2024-03-01; 0 kept 1');
  });

  it('of a credit alone, worth less than is rounded, end the run when what was paid ends, and stay money of it', async () => {
    const lines = ['2024-01-01 2024-02-01 10 basic', '2024-01-15 2024-02-15 -0.01 basic'];
    expect(await termsOf('2024-01-20', ...lines)).toEqual(['2024-01-01 2024-02-01 9.99 1m']);
    expect(await told('2024-02-20', ...lines)).toBe('ended 1 2024-02-01; 0 lost 0');
  });

  it('that begin no term after the end of a run are money of its last term', async () => {
    const lines = [
      '2024-01-01 2024-02-01 10 basic',
      '2024-02-01 2024-03-01 10 basic',
      '2024-02-11 2024-03-01 -6.55 basic',
      '2024-03-20 2024-04-20 -0.01 basic',
    ];
    expect(await termsOf('2024-03-25', ...lines)).toEqual([
      '2024-01-01 2024-02-01 10 1m',
      '2024-02-01 2024-03-01 3.44 1m',
    ]);
  });

  it('whose credits take away more than is charged are refused: E324', async () => {
    await expect(
      told('2024-04-20', '2024-04-01 2024-05-01 30 basic', '2024-04-16 2024-05-01 -30 basic'),
    ).rejects.toThrow(expect.objectContaining({ code: 'E324' }));
  });

  it('are those of payments for the same terms, at any day', async () => {
    const PAYMENTS = rules(PLANS, { grace: 10 });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: day('2023-12-20'), max: day('2024-03-05') }),
        fc.array(fc.oneof(fc.constantFrom(28, 29, 30, 31), fc.integer({ min: 20, max: 60 })), { maxLength: 9 }),
        fc.constantFrom('basic', 'annual'),
        fc.integer({ min: 0, max: 400 }),
        async (first, gaps, plan, later) => {
          const scale = plan === 'annual' ? 12 : 1;
          const days = daysAfter(
            first,
            gaps.map((gap) => gap * scale),
          );
          const asOf = days[0]! + later * scale;
          const payments: Row[] = days.map((one, i) => ({ day: one, amount: BigInt(100_000 + i), plan }));
          const [told] = await subscriptionsAt(payments, PAYMENTS, Number.MAX_SAFE_INTEGER);
          if (told!.terms.extra.payments > 0) return;
          const lines = told!.terms.runs.flatMap(({ terms }) => terms.map(lineOf));
          const [paid] = await subscriptionsAt(payments, PAYMENTS, asOf);
          const [billed] = await subscriptionsAt(lines, LINES, asOf);
          expect(known(billed!)).toEqual(known(paid!));
        },
      ),
      { numRuns: runs(500) },
    );
  });
});

/** The line that pays for a term: billed on the day of its payment. */
function lineOf({ paid, from, until, amount, plan }: Term): Row {
  return { day: paid, amount, plan, service: { start: isoOf(from), end: isoOf(until) } };
}

/** What values a subscription. */
function known({ terms, standing, decisions }: SubscriptionAsOf) {
  const { state, paidPeriods, paidUntil, earlierRuns, runStart } = standing;
  const margins = terms.runs.map((run) =>
    run.terms.map(({ from, until, margin, grace }) => [from, until, margin, grace]),
  );
  return { state, paidPeriods, paidUntil, earlierRuns, runStart, decisions, margins };
}
