import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { cell } from '../../../../benchmarks/recording/looks.ts';
import type { Moment } from '../../../../benchmarks/recording/moments.ts';
import { renderSvg } from '../../../../benchmarks/recording/render-svg.ts';
import { programsFolder } from '../../../../tools/lib/python-tools.ts';
import { repository } from '../../../support/engine/a-folder.ts';

const lines = (...texts: readonly string[]): Moment[] =>
  texts.map((text, at) => ({ at: at * 1_000, terminal: 0, kind: 'output', text: `${text}\n` }));

const drawn = (moments: readonly Moment[], columns = 20): string =>
  renderSvg({
    title: 'Title & more',
    description: 'What is seen',
    columns,
    terminals: [{ title: 'One', rows: 28 }],
    footnotes: ['A note'],
    durationMs: 60_000,
    moments,
  });

/** Texts of the rows in the terminal, from the top. */
function rowsOf(svg: string): string[] {
  const [, inside = ''] = /<g class="scroll0">(.*)<g class="cursor0">/s.exec(svg) ?? [];
  return [...inside.matchAll(/<text[^>]*>(.*)<\/text>/g)].map(([, row = '']) => row);
}

/** Where an animation has moved its group to at a time in milliseconds, as columns and rows. */
function placeAt(svg: string, name: 'scroll0' | 'cursor0', ms: number): { column: number; row: number } {
  const [, frames = ''] = new RegExp(`@keyframes ${name}\\{((?:[^{}]*\\{[^}]*\\})*)\\}`).exec(svg) ?? [];
  const steps = [...frames.matchAll(/([\d.]+)%\{transform:translate\((-?[\d.]+)px,(-?[\d.]+)px\)\}/g)];
  const step = steps.filter(([, percent]) => Number(percent) * 600 <= ms + 3).at(-1);
  return { column: Math.round(Number(step?.[2]) / cell.width), row: Math.round(Number(step?.[3]) / cell.height) };
}

/** @throws {Error} when it is no well-formed XML, by Python's parser: Node.js has none */
function parseXml(xml: string): void {
  const python = join(programsFolder(repository, 'sam'), process.platform === 'win32' ? 'python.exe' : 'python');
  const parse = 'import sys, xml.dom.minidom; xml.dom.minidom.parse(sys.stdin.buffer)';
  execFileSync(python, ['-c', parse], { input: xml, stdio: ['pipe', 'pipe', 'pipe'] });
}

describe('the picture of a recording', () => {
  it('is well-formed XML, and shows what XML has signs for as it was', () => {
    const svg = drawn(lines('<a href="b">&amp;</a>'), 40);

    expect(() => {
      parseXml(svg);
    }).not.toThrow();
    expect(rowsOf(svg)).toEqual(['&#60;a href=&#34;b&#34;&#62;&#38;amp;&#60;/a&#62;']);
  });

  it('leaves out control characters, which XML cannot tell of', () => {
    const svg = drawn(lines('a\u0007b\u0000c'));

    expect(() => {
      parseXml(svg);
    }).not.toThrow();
    expect(rowsOf(svg)).toEqual(['abc']);
  });

  it('uncovers a line at its time', () => {
    const svg = drawn(lines('zero', 'one', 'two'));

    expect([0, 990, 1_000, 2_000].map((ms) => placeAt(svg, 'cursor0', ms).row)).toEqual([1, 1, 2, 3]);
  });

  it('uncovers what is typed key by key', () => {
    const svg = drawn(Array.from('abc', (text, at) => ({ at: 1_000 + at * 60, terminal: 0, kind: 'typed', text })));

    expect([0, 1_000, 1_060, 1_120].map((ms) => placeAt(svg, 'cursor0', ms).column)).toEqual([0, 1, 2, 3]);
    expect(rowsOf(svg)).toEqual(['<tspan class="typed">abc</tspan>']);
  });

  it('scrolls by as many rows as there is no room for', () => {
    const svg = drawn(lines(...Array.from({ length: 30 }, (_, at) => `line ${at}`)));

    // The cursor stands in the row below the last line.
    expect([26, 27, 29].map((second) => placeAt(svg, 'scroll0', second * 1_000).row + 0)).toEqual([0, -1, -3]);
  });

  it('goes on in the next row where a line is longer than a row', () => {
    const svg = drawn(lines('x'.repeat(25)));

    expect(rowsOf(svg)).toEqual(['x'.repeat(20), 'x'.repeat(5)]);
    expect(placeAt(svg, 'cursor0', 0)).toEqual({ column: 0, row: 2 });
  });

  it('has the colours of the output', () => {
    const svg = drawn(lines('\u001B[32m✓\u001B[39m done \u001B[2m(1.0 s)\u001B[22m'));

    expect(rowsOf(svg)).toEqual(['<tspan class="green">✓</tspan> done <tspan class="dim">(1.0 s)</tspan>']);
  });

  it('shows a terminal nothing of another one', () => {
    const svg = drawn([...lines('mine'), { at: 5_000, terminal: 1, kind: 'output', text: 'other\n' }]);

    expect(rowsOf(svg)).toEqual(['mine']);
  });

  it('stands as it ends for who asks for less motion, and runs no script', () => {
    const svg = drawn(lines('zero', 'one'));

    expect(svg).toMatch(new RegExp(`\\.cursor0\\{transform:translate\\(0px,${2 * cell.height}px\\);animation:`));
    expect(svg).toContain('(prefers-reduced-motion:reduce){g{animation:none!important}}');
    expect(svg).not.toContain('<script');
  });
});
