import { betaGeometric } from './beta-geometric.ts';

/**
 * MBG/NBD (Batislam, Denizel & Filiztekin 2007; Hoppe & Wagner 2007): as BG/NBD, but customers may stop after their first
 * purchase already.
 */
export const mbgNbd = betaGeometric('mbg-nbd', 1);
