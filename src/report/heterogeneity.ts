import { sharesOf } from '../aggregator/shares.ts';
import { grouped } from '../base/money.ts';
import { listOf } from '../data/lists.ts';
import type { Cell, Column, Section, View } from '../data/report.ts';
import type { Differences, TraitSpread } from '../valuation/heterogeneity.ts';

/** How customers differ by the fitted model: a list and a picture a trait. */
const COLUMNS: readonly Column[] = [
  { name: 'trait', kind: 'text' },
  { name: 'above', kind: 'number' },
  { name: 'up_to', kind: 'number' },
  { name: 'bin', kind: 'text' },
  { name: 'customer_share', kind: 'share' },
];

/** Names of the lists, and what the picture of each is called. */
const LISTS = {
  buying: {
    section: 'buying_rates',
    title: 'How differently customers buy: their rates when they begin, by the fitted model',
  },
  stopping: {
    section: 'stopping_chances',
    title: 'How differently they stop: their chances when they begin, by the fitted model',
  },
} as const;

const TRAITS = ['buying', 'stopping'] as const;

export function heterogeneitySections(differences: Differences): readonly Section[] {
  return TRAITS.map((trait) => listOf(LISTS[trait].section, COLUMNS, traitRows(differences[trait])));
}

/** Parts of a whole that is 10^12, so that nothing of six decimals is lost. */
const WHOLE = 1e12;

function traitRows({ name, chance, bins }: TraitSpread): Cell[][] {
  const shares = sharesOf(bins.map(({ share }) => BigInt(Math.round(WHOLE * Math.max(0, share)))));
  return bins.map(({ above, upTo }, i) => [
    name,
    String(above),
    upTo === null ? null : String(upTo),
    binText(chance, above, upTo),
    shares[i]!,
  ]);
}

function binText(chance: boolean, above: number, upTo: number | null): string {
  if (chance) return `${Math.round(100 * above)}–${Math.round(100 * upTo!)}%`;
  return upTo === null ? `over ${grouped(String(above))}` : `to ${grouped(String(upTo))}`;
}

/** A picture a trait. */
export function heterogeneityViews(differences: Differences): readonly View[] {
  return TRAITS.map((trait) => ({
    type: 'chart',
    title: LISTS[trait].title,
    section: LISTS[trait].section,
    columns: [
      { name: 'bin', heading: differences[trait].name },
      { name: 'customer_share', heading: 'Share of customers' },
    ],
    chart: { kind: 'columns', along: ['bin'], values: ['customer_share'], title: 'Share of customers' },
  }));
}
