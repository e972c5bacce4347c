import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { listOf } from '../../../src/data/lists.ts';
import type { Chart, Report, View } from '../../../src/data/report.ts';
import { program } from '../../../src/program.ts';
import { html } from '../../../src/reporter/html/html.ts';
import { TITLES } from '../../../src/reporter/html/page.ts';
import { chartsOf, HARD_TO_DRAW } from '../../charts.ts';
import { reportOf, sectionOf, textOf, viewOf } from '../helpers.ts';

/** Elements, attributes and texts of a page that is well formed but for what HTML leaves open. */
function parsed(page: string) {
  const found = { names: new Map<string, number>(), attributes: new Set<string>(), text: '' };
  const parser = new SaxesParser();
  parser.on('opentag', ({ name, attributes }) => {
    found.names.set(name, (found.names.get(name) ?? 0) + 1);
    for (const attribute of Object.keys(attributes)) found.attributes.add(attribute);
  });
  parser.on('text', (text) => {
    found.text += text;
  });
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(page.replace('<!doctype html>\n', '').replace(/<(meta|br)([^>]*)>/g, '<$1$2/>')).close();
  return found;
}

const HOSTILE = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '</style></title><svg onload=alert(1)>',
  '&lt;b&gt; ]]> --> <!--',
  'javascript:alert(1)',
  '\u202edrow',
];

const chart = (kind: Chart['kind'], values = ['a', 'b']): Chart => ({ kind, along: ['name'], values, title: 'money' });

function drawn(chart: Chart, rows: readonly (string | null)[][], title = 'A list'): View {
  const section = listOf(
    'list',
    [
      { name: 'name', kind: 'text' },
      { name: 'a', kind: 'money' },
      { name: 'b', kind: 'money' },
    ],
    rows,
  );
  return { ...viewOf(section), type: 'section', section, chart, title } as View;
}

function hostile(): Report {
  const rows = HOSTILE.map((text) => [text, '1.00', '2.00']);
  const kinds = ['bars', 'columns', 'waterfall', 'tornado'] as const;
  return {
    command: 'compute',
    document: [
      ['methodology', { as_of: '2024-01-01', [HOSTILE[0]!]: HOSTILE[1]! }],
      ['input', { files: [{ name: HOSTILE[3]!, sha256: 'ab' }] }],
      ['warnings', [{ code: 'W1', message: HOSTILE[1]! }]],
    ],
    main: 'list',
    views: [
      { type: 'facts', title: HOSTILE[0]!, facts: [{ label: HOSTILE[1]!, value: HOSTILE[2]! }] },
      { type: 'lines', title: HOSTILE[3]!, lines: HOSTILE },
      ...kinds.map((kind) => drawn(chart(kind), rows, HOSTILE[3]!)),
      drawn({ ...chart('heat'), along: ['name'], values: ['b', 'a'], title: HOSTILE[0]! }, rows),
    ],
    answer: async () => HOSTILE,
  };
}

const run = { version: '1.2.3', stated: [['--by', HOSTILE[0]!]] } as const;

describe('a page', () => {
  it('shows hostile texts as text, everywhere', async () => {
    const page = await textOf(html, hostile(), { run });
    const { names, attributes, text } = parsed(page);
    for (const bad of ['script', 'img', 'iframe', 'link', 'object']) expect(names.has(bad)).toBe(false);
    expect([...attributes].filter((name) => name.startsWith('on') || ['src', 'href', 'style'].includes(name))).toEqual(
      [],
    );
    expect(text).toContain('<script>alert(1)</script>');
    expect(text).toContain('\\u{202e}drow');
    expect(page).not.toContain('\u202e');
  });

  it('loads nothing: a policy that forbids it, and no address but the namespace of drawings', async () => {
    const page = await textOf(html, hostile(), { run });
    expect(page).toMatch(/content="default-src &#39;none&#39;; style-src &#39;sha256-[\w+/]{43}=&#39;;/);
    expect(page.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|url\(|@import/);
  });

  it('has a hash of exactly the style it holds', async () => {
    const page = await textOf(html, hostile());
    const style = /<style>(.*)<\/style>/s.exec(page)![1]!;
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(style));
    expect(page).toContain(`sha256-${Buffer.from(digest).toString('base64')}`);
  });

  it('is the same bytes for the same report', async () => {
    expect(await textOf(html, hostile(), { run })).toBe(await textOf(html, hostile(), { run }));
  });

  it('says what each drawing is, and names rows and columns', async () => {
    const page = await textOf(html, hostile(), { run });
    const { names, attributes } = parsed(page);
    expect(names.get('svg')).toBe(5);
    expect(page.match(/<svg [^>]*role="img" aria-labelledby="(part-\d+)-title \1-words"/g)).toHaveLength(5);
    expect(names.get('desc')).toBe(5);
    expect(attributes.has('scope')).toBe(true);
    expect(names.get('h1')).toBe(1);
  });

  it('ends with definitions, what was read, warnings, options and lines to sign', async () => {
    const { text } = parsed(await textOf(html, hostile(), { run }));
    for (const words of ['How this was worked out', 'Sign-off', 'What was read', '1.2.3', '--by', 'Approved by'])
      expect(text).toContain(words);
  });

  it('shows chances in percent, and purchases in hundredths', async () => {
    const section = sectionOf('customers', { customer_id: 'text', p_alive: 'number', dert: 'number' }, [
      ['007', '0.997760', '61.191455'],
      ['008', null, null],
    ]);
    const { text } = parsed(await textOf(html, reportOf([section], [viewOf(section)])));
    for (const words of ['99.8%', '61.19', '007', '–']) expect(text).toContain(words);
    expect(text).not.toContain('0.997760');
  });

  it('draws the largest of many segments and the others together, and lists all', async () => {
    const rows = Array.from({ length: 300 }, (_, i) => [`Segment ${i}`, i === 222 ? '9.00' : '2.00', '1.00']);
    const page = await textOf(html, { ...reportOf([]), views: [drawn(chart('bars'), rows)] });
    const [, svg, table] = /(<svg.*<\/svg>)(.*)/s.exec(page)!;
    expect(svg).toContain('286 others');
    expect(svg).toMatch(/>Segment 222<.*>Segment 0<.*>Segment 12<.*>286 others</s);
    expect(svg).not.toContain('Segment 13<');
    expect(table).toContain('Segment 299');
  });

  it('says how many rows of how many a list has', async () => {
    const section = sectionOf('customers', { id: 'text' }, [['a'], ['b'], ['c']]);
    const page = await textOf(html, reportOf([section], [viewOf(section, { top: 1, total: 3000 })]));
    expect(page).toContain('1 of 3,000');
  });

  it.each(Object.keys(HARD_TO_DRAW))('draws %s without a place that is no number', async (name) => {
    const rows = HARD_TO_DRAW[name]!;
    const page = await textOf(html, { ...reportOf([]), views: chartsOf(rows) });
    const { names } = parsed(page);
    expect(names.get('svg') ?? 0).toBe(rows.some((row) => row[1] !== null) ? (rows[0]![2] === null ? 10 : 12) : 0);
    expect(page).not.toMatch(/NaN|Infinity|undefined/);
    expect(page).not.toMatch(/(?:width|height|r)="-/);
    for (const bad of ['script', 'img']) expect(names.has(bad)).toBe(false);
  });

  it('stays within its width, and is no larger for more segments', async () => {
    for (const rows of Object.values(HARD_TO_DRAW)) {
      const page = await textOf(html, { ...reportOf([]), views: chartsOf(rows) });
      for (const [, x, width] of page.matchAll(/<rect [^>]*x="([-\d.]+)" y="[-\d.]+" width="([\d.]+)"/g)) {
        expect(Number(x)).toBeGreaterThanOrEqual(-0.01);
        expect(Number(x) + Number(width)).toBeLessThanOrEqual(721);
      }
    }
    const heightOf = async (count: number): Promise<number> => {
      const rows = HARD_TO_DRAW['300 segments']!.slice(0, count);
      const page = await textOf(html, { ...reportOf([]), views: [drawn(chart('bars'), [...rows])] });
      return Number(/viewBox="0 0 720 (\d+)"/.exec(page)![1]);
    };
    expect(await heightOf(300)).toBe(await heightOf(15));
    expect(await heightOf(1)).toBeLessThan(120);
  });

  it('tells what many others are together where their bar would leave no room for the largest', async () => {
    const rows = Array.from({ length: 300 }, (_, i) => [`Segment ${i}`, '0.003333', null]);
    const section = listOf(
      'list',
      [
        { name: 'name', kind: 'text' },
        { name: 'a', kind: 'share' },
        { name: 'b', kind: 'share' },
      ],
      rows,
    );
    const page = await textOf(html, {
      ...reportOf([]),
      views: [{ ...viewOf(section), type: 'section', section, chart: chart('bars') } as View],
    });
    const svg = /<svg.*<\/svg>/s.exec(page)![0];
    expect(svg).toMatch(/>286 others<.*>95\.3%<.*>–</s);
    const widths = [...svg.matchAll(/class="f0" x="[\d.]+" y="[\d.]+" width="([\d.]+)"/g)].map(([, width]) =>
      Number(width),
    );
    // Fourteen segments as long as each other, and what is not drawn.
    expect(widths.slice(0, 14).every((width) => width > 100)).toBe(true);
    expect(widths[14]).toBe(1);
  });

  it('a waterfall begins and ends whole, and ends where its steps lead', async () => {
    const rows = [
      ['Opening', '100.00', null],
      ['Gain', '30.00', null],
      ['Loss', '-50.00', null],
      ['Nothing', '0.00', null],
      ['Closing', '80.00', null],
    ];
    const page = await textOf(html, { ...reportOf([]), views: [drawn(chart('waterfall', ['a']), rows)] });
    const svg = /<svg.*<\/svg>/s.exec(page)![0];
    expect(svg).not.toContain('Nothing');
    const bars = [...svg.matchAll(/class="(sum|up|down)" x="([\d.]+)" y="[\d.]+" width="([\d.]+)"/g)].map(
      ([, look, x, width]) => ({ look, from: Number(x), to: Number(x) + Number(width) }),
    );
    expect(bars.map(({ look }) => look)).toEqual(['sum', 'up', 'down', 'sum']);
    const [opening, gain, loss, closing] = bars as [
      (typeof bars)[0],
      (typeof bars)[0],
      (typeof bars)[0],
      (typeof bars)[0],
    ];
    expect(gain.from).toBeCloseTo(opening.to, 1);
    expect(loss.to).toBeCloseTo(gain.to, 1);
    expect(closing.to).toBeCloseTo(loss.from, 1);
    expect((closing.to - closing.from) / (opening.to - opening.from)).toBeCloseTo(0.8, 2);
  });
});

it('has a title in words for the report of every command', () => {
  const reporting = program(() => {}).commands.filter((command) =>
    [command, ...command.commands].some(({ options }) => options.some(({ long }) => long === '--format')),
  );
  expect(Object.keys(TITLES).sort()).toEqual(reporting.map((command) => command.name()).sort());
});
