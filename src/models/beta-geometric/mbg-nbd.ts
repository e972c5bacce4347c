import { betaChance } from './chances.ts';
import { stoppingAfterPurchases } from './family.ts';
import { gammaRates } from './rates.ts';

/**
 * MBG/NBD (Batislam, Denizel & Filiztekin 2007; Hoppe & Wagner 2007): as BG/NBD, but customers may stop after their first
 * purchase already.
 */
export const mbgNbd = stoppingAfterPurchases({ first: 1, phases: 1, rates: gammaRates, chance: betaChance }, false);
