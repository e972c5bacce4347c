import { betaGeometric } from './beta-geometric.ts';

/**
 * BG/NBD (Fader, Hardie & Lee 2005, "Counting Your Customers the Easy Way"): while alive, customers buy at rates that are
 * Gamma(r, α), α in weeks; after each repeat purchase they stop with a chance that is Beta(a, b). Who never bought again is
 * alive for sure.
 */
export const bgNbd = betaGeometric('bg-nbd', 0);
