import fc from 'fast-check';
import { runs } from './runs.ts';

/** Properties try the same cases on every run, so that a suite that passed passes; change the seed to look elsewhere. */
fc.configureGlobal({ seed: Number(process.env['FC_SEED'] ?? 20_240_601), numRuns: runs(100) });

/** Settings of whoever runs the tests are none of theirs, nor is a file of them in a folder above. */
process.env['CLV_CONFIG'] = 'none';

/** Nor is what they say of their terminal. */
for (const name of ['COLUMNS', 'FORCE_COLOR']) delete process.env[name];
