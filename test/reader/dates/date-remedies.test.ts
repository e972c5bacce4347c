import { describe, expect, it } from 'vitest';
import { dateRemedies, dateValues, fittingOf, isOfDates } from '../../../src/reader/dates/date-remedies.ts';
import type { DayReader } from '../../../src/reader/dates/dates.ts';

const format = (name: string, years?: string) => ({ name, years }) as unknown as DayReader;

describe('what is told of a date that cannot be read', () => {
  const remedies = dateRemedies(null, null);

  it.each([
    ['DD/MM/YY', '1980–2042, and may be Buddhist', ', or --calendar buddhist'],
    ['DD/MM/YYYY', '1900–2100', ''],
    ['GYY-MM-DD', '1900–2100', ''],
  ])('%s: the years it takes, and the calendar that two digits may be of', (name, years, buddhist) => {
    const told = dateValues('31/02/24', format(name, '1900–2100'), remedies);
    expect(told).toMatchObject({ text: '31/02/24', format: name, years, buddhist });
  });

  it('has no years where the format tells none', () =>
    expect(dateValues('x', format('DD MMM YYYY'), remedies).years).toBe(''));

  it('names the formats that fit, or the bare option', () => {
    expect(fittingOf([])).toEqual({ formats: [], fitting: '--date-format', instead: '' });
    const { formats, fitting, instead } = fittingOf(['DD/MM/YYYY', 'MM/DD/YYYY']);
    expect(formats).toHaveLength(2);
    expect(fitting).toMatch(/DD\/MM\/YYYY.* or .*MM\/DD\/YYYY/);
    expect(instead).toBe(`, or give ${fitting}`);
  });

  it('names no zone without evidence of one, and the format that was given as it is written', () => {
    expect(remedies).toMatchObject({ zones: [], example: '', fitting: '--date-format' });
    expect(JSON.stringify(remedies.written)).toContain('as written');
    expect(JSON.stringify(dateRemedies(null, format('DD/MM/YYYY')).written)).toContain('DD/MM/YYYY as written');
  });

  it('has remedies by the column for what depends on it', () => {
    expect((['E211', 'E212', 'E214', 'E216'] as const).every(isOfDates)).toBe(true);
    expect((['E201', 'E213'] as const).some(isOfDates)).toBe(false);
  });
});
