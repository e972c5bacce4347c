import { describe, expect, it } from 'vitest';
import { distributionOf } from '../../../../src/ledger/clickhouse/into/shape.ts';

const of = (definition: string) => distributionOf({ engine: 'Distributed', definition, columns: '' });
const local = { database: 'shop', table: 'clv_local' };

describe('what a Distributed table stands for', () => {
  it.each([
    ["Distributed('main', 'shop', 'clv_local')", { cluster: 'main', local, keyed: false, rest: ')' }],
    ['Distributed(main, shop, clv_local, rand())', { cluster: 'main', local, keyed: true, rest: ', rand())' }],
    [
      "Distributed('a b', 'shop', 'lo`c, \"al\")', cityHash64(id, '\\')'), 'default') SETTINGS fsync_after_insert = 0",
      {
        cluster: 'a b',
        local: { database: 'shop', table: 'lo`c, "al")' },
        keyed: true,
        rest: ", cityHash64(id, '\\')'), 'default') SETTINGS fsync_after_insert = 0",
      },
    ],
  ])('%s', (definition, expected) => {
    expect(of(definition)).toEqual(expected);
  });

  it.each([
    "Distributed('main', '', 'clv_local', rand())",
    "Distributed('main', currentDatabase(), 'clv_local', rand())",
    "Distributed('main', shop.clv_local, rand())",
    "Distributed('main', 'shop', 'it\\'s', rand())",
    "Distributed('main', 'shop')",
    'Distributed(named_collection)',
    'MergeTree ORDER BY id',
  ])('is not guessed: %s', (definition) => {
    expect(of(definition)).toBeNull();
  });
});
