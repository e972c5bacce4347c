import { bombs } from './trials/bombs.mjs';
import { cluster } from './trials/cluster.mjs';
import { conservation } from './trials/conservation.mjs';
import { determinism } from './trials/determinism.mjs';
import { faults } from './trials/faults.mjs';
import { laws } from './trials/laws.mjs';
import { layouts } from './trials/layouts.mjs';
import { load } from './trials/load.mjs';
import { models } from './trials/models.mjs';

/**
 * Every family of trials: a file each in `trials/` and a line here. A trial is given random numbers and an empty folder (with
 * `tmp`, the TMPDIR of what runs in this process) and the kind that was asked for, if one was, and returns its kind and how many
 * figures it held against something else; what is wrong it throws. `share` is its part of the time; `told`, lines of figures of all its trials; a
 * family `byHand` is tried only where it is asked for.
 */
export const TRIALS = [conservation, layouts, laws, faults, determinism, load, models, bombs, cluster];
