import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Published research data, not part of the project: tests that use it are skipped where it is missing. */
export const DATA = join(import.meta.dirname, '../../shared/data');
export const hasData = existsSync(join(DATA, 'cdnow_sample_log.csv'));
