import type { Moment } from '../../../../benchmarks/recording/moments.ts';
import { renderText } from '../../../../benchmarks/recording/render-text.ts';

const shown = (terminal: number, kind: Moment['kind'], text: string): Moment => ({ at: 0, terminal, kind, text });

it('tells a recording in the order of time, with each prompt before what is typed behind it', () => {
  const text = renderText({
    title: 'A recording',
    description: '',
    columns: 96,
    terminals: [
      { title: 'One', rows: 8 },
      { title: 'Two', rows: 20 },
    ],
    footnotes: ['A note'],
    durationMs: 60_000,
    moments: [
      shown(0, 'prompt', '$ '),
      shown(1, 'prompt', '$ '),
      shown(0, 'typed', 'start\n'),
      shown(0, 'output', '\u001B[32mstarted\u001B[39m\n'),
      shown(1, 'typed', 'edit\n'),
      shown(1, 'prompt', '$ '),
      shown(0, 'output', 'swapped\n'),
    ],
  });

  expect(text).toBe('A recording\nA note\n\n[One]\n$ start\nstarted\n\n[Two]\n$ edit\n\n[One]\nswapped\n');
});
