import { describe, expect, it } from 'vitest';
import { checkTableOptions } from '../../src/cli/session.ts';
import type { Settings } from '../../src/cli/settings.ts';

const settings = (read: Settings['read'], rejects?: string, leftOut?: string) =>
  ({ read, rejects, leftOut }) as Settings;

describe('a table with typed columns', () => {
  it.each([
    settings({ delimiter: ';' }),
    settings({ encoding: 'utf-16' }),
    settings({ sheet: 'Orders' }),
    settings({ dateFormat: 'DD/MM/YYYY' }),
    settings({ decimalMark: ',' }),
    settings({ maxRejects: { count: 1 } }),
    settings({}, 'rejects.csv'),
    settings({}, undefined, 'left-out.csv'),
  ])('E122: takes no options of text or of lines (%j)', (given) => {
    expect(() => checkTableOptions(given)).toThrow('E122');
  });

  it('takes its columns, a zone and a rounding', () => {
    checkTableOptions(settings({ customer: 'id', timezone: 'UTC', roundAmounts: 2 }));
  });
});
