import { betaChance } from './chances.ts';
import { stoppingAfterPurchases } from './family.ts';
import { gammaRates } from './rates.ts';

/**
 * BG/NBD (Fader, Hardie & Lee 2005, "Counting Your Customers the Easy Way"): while alive, customers buy at rates that are
 * Gamma(r, α), α in weeks; after each repeat purchase they stop with a chance that is Beta(a, b). Who never bought again is
 * alive for sure.
 */
export const bgNbd = stoppingAfterPurchases({ first: 0, phases: 1, rates: gammaRates, chance: betaChance }, false);
