import { visible } from '../../base/visible.ts';

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
