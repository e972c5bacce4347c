import { expect, test } from 'vitest';
import { markdown } from '../../src/reporter/markdown.ts';
import { reportOf, sectionOf, textOf, viewOf } from './helpers.ts';

test('views as GitHub tables; bars, breaks, Markdown and HTML of data have no meaning', async () => {
  const list = sectionOf('segments', { region: 'text', clv_mean: 'money' }, [
    ['a|b\\|c\n<b>&amp;', '1234.50'],
    ['__proto__ [x](y) `z`', null],
    ['third', '3.00'],
  ]);
  const facts = { type: 'facts', title: 'Customer equity', facts: [{ label: 'equity', value: '1.00' }] } as const;
  expect(await textOf(markdown, reportOf([list], [facts, viewOf(list, { top: 2, total: 3 })]))).toBe(
    String.raw`## Customer equity

|  |  |
| --- | --- |
| equity | 1.00 |

## segments

| region | clv mean |
| --- | ---: |
| a\|b\\\|c\\u{a}&lt;b>&amp;amp; | 1,234.50 |
| \_\_proto\_\_ \[x\](y) ${'\\`z\\`'} | – |

… and 1 more
`,
  );
});
