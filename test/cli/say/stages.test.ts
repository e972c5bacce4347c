import { expect, test } from 'vitest';
import { Stages } from '../../../src/cli/say/stages.ts';

test('each stage is told with its time when it ends, one that goes on only once, and all of them at the end', () => {
  const clock = { now: 1000 };
  const lines: string[] = [];
  const stages = new Stages(
    'opening',
    (text) => lines.push(text),
    () => clock.now,
  );
  const after = (time: number, what: () => void) => {
    clock.now += time;
    what();
  };
  after(250, () => stages.begin('reading'));
  after(1000, () => stages.begin('reading'));
  after(500, () => stages.begin('fitting the models'));
  after(12000, () => stages.end());
  expect(lines).toEqual([
    'clv:   0.250 s  opening\n',
    'clv:   1.500 s  reading\n',
    'clv:  12.000 s  fitting the models\n',
    'clv:  13.750 s  in all\n',
  ]);
});
