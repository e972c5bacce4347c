import { visible } from '../../base/visible.ts';
import { type Part, tag } from './markup.ts';

/** Words that are written in capitals, and words for names that say too little. */
const NAMES: Readonly<Record<string, string>> = {
  sha256: 'SHA-256',
  as_of: 'As of',
  discount_rate_annual: 'Discount rate a year',
  log_likelihood: 'Log-likelihood',
  amount_total: 'Amount',
  tau: 'Error, one standard deviation',
};

/** A name of the output contract in words: standard_errors → Standard errors. */
export function inWords(name: string): string {
  const words = NAMES[name] ?? name.replaceAll('_', ' ');
  return visible(words.charAt(0).toUpperCase() + words.slice(1));
}

/** A sentence as it is read; a day in it stands on one line. */
export function said(sentence: string): Part {
  return visible(sentence)
    .split(/(\b\d{4}-\d\d-\d\d\b)/)
    .map((part, i) => (i % 2 === 1 ? tag('span', { class: 'day' }, part) : part));
}
