import { type Cell, type Column, FIGURE_DIGITS, type View } from '../data/report.ts';
import type { Frequencies } from '../valuation/frequencies.ts';

/** Customers by repeat purchases: how well a model was fitted to them. */
export const FREQUENCIES: readonly Column[] = [
  { name: 'repeat_purchases', kind: 'text' },
  { name: 'actual_customers', kind: 'integer' },
  { name: 'expected_customers', kind: 'number' },
];

export function frequencyRows({ actual, expected }: Frequencies): Cell[][] {
  return Array.from(actual, (customers, x) => [
    frequencyText(x, actual.length - 1),
    String(customers),
    expected[x]!.toFixed(FIGURE_DIGITS),
  ]);
}

/** @param most which stands for it and more */
export function frequencyText(x: number, most: number): string {
  return x < most ? String(x) : `${most}+`;
}

/** The two beside each other. @param section their list, or its name */
export function frequencyPicture(title: string, section: Extract<View, { type: 'chart' }>['section']): View {
  return {
    type: 'chart',
    title,
    section,
    columns: [
      { name: 'repeat_purchases', heading: 'Repeat purchases' },
      { name: 'actual_customers', heading: 'Actual' },
      { name: 'expected_customers', heading: 'Expected' },
    ],
    chart: {
      kind: 'columns',
      along: ['repeat_purchases'],
      values: ['actual_customers', 'expected_customers'],
      title: 'Customers',
    },
  };
}
