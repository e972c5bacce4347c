import { describe, expect, it } from 'vitest';
import { checkListed } from '../../../src/cli/output/writing.ts';
import { formatNamed } from '../../../src/reporter/registry.ts';

const written = (...names: string[]) => ({
  outputs: names.map((name) => ({ file: `list.${name}`, format: formatNamed(name)! })),
});

describe('a list that is counted', () => {
  it('E464: does not fit into a workbook, its headings with it', () => {
    expect(() => checkListed(written('csv', 'xlsx'), 'customers', 1_048_576)).toThrow(
      expect.objectContaining({ code: 'E464', values: { list: 'customers', limit: 1_048_576 } }),
    );
    expect(() => checkListed(written('csv', 'xlsx'), 'customers', 1_048_575)).not.toThrow();
  });

  it('fits where there is no workbook', () => {
    expect(() => checkListed(written('csv', 'json', 'html', 'parquet'), 'customers', 5_000_000)).not.toThrow();
  });
});
