import { axisTicks, shown } from '../../../../tools/charts/axis.ts';
import { chartStyle, lineChart, type Line } from '../../../../tools/charts/line-chart.ts';

const minute = 60_000;
const from = Date.UTC(2026, 0, 31, 12);
const chart = (lines: readonly Line[]): string =>
  lineChart({ title: 'Orders', unit: 'orders', from, to: from + 60 * minute, step: minute, lines });
const pathsIn = (svg: string): string[] => [...svg.matchAll(/class="line[^"]*" d="([^"]*)"/g)].map(([, d = '']) => d);

describe('a chart', () => {
  it('joins points that follow each other, and none over a gap', () => {
    const points = [0, 1, 5].map((at) => ({ at: from + at * minute, value: at + 1 }));

    const [path = ''] = pathsIn(chart([{ label: 'a', points }]));

    expect(path.match(/[ML]/g)).toEqual(['M', 'L', 'M']);
  });

  it('puts time to the right and more to the top', () => {
    const points = [
      { at: from, value: 0 },
      { at: from + minute, value: 10 },
    ];
    const [path = ''] = pathsIn(chart([{ label: 'a', points }]));
    const [first, last] = [...path.matchAll(/[ML]([\d.]+) ([\d.]+)/g)].map(([, x, y]) => ({
      x: Number(x),
      y: Number(y),
    }));

    expect(last?.x).toBeGreaterThan(first?.x ?? Infinity);
    expect(last?.y).toBeLessThan(first?.y ?? 0);
  });

  it('shows a lonely point, and a line that stays at nothing', () => {
    const svg = chart([{ label: 'a', points: [{ at: from, value: 0 }] }]);

    expect(svg.match(/<circle/g)).toHaveLength(1);
    expect(svg).not.toContain('NaN');
  });

  it('is drawn without a line, and says what it would show', () => {
    expect(chart([])).toContain('role="img" aria-label="Orders, in orders"');
  });

  it('tells more than eight lines apart', () => {
    const lines = Array.from({ length: 10 }, (_, at) => ({ label: String(at), points: [{ at: from, value: at }] }));
    const classes = [...chart(lines).matchAll(/class="line ([^"]*)"/g)].map(([, name]) => name);

    expect(new Set(classes).size).toBe(10);
  });

  it('takes no text for markup', () => {
    const svg = lineChart({ title: '<b>"&\'', unit: 'x', from, to: from + minute, step: minute, lines: [] });

    expect(svg).toContain('aria-label="&#60;b&#62;&#34;&#38;&#39;, in x"');
  });

  it('has colours that can be seen on both grounds, 3 to 1 and more', () => {
    const pairs = [...chartStyle.matchAll(/light-dark\((#\w{6}), (#\w{6})\)/g)];

    expect(pairs).toHaveLength(8);
    for (const [, light = '', dark = ''] of pairs) {
      // The grounds of tools/dashboards/render-page.ts.
      expect([light, contrast(light, '#f6f7f8') >= 3]).toEqual([light, true]);
      expect([dark, contrast(dark, '#1d2125') >= 3]).toEqual([dark, true]);
    }
  });
});

describe('an axis', () => {
  it.each([
    [0, [0, 1]],
    [1, [0, 0.5, 1]],
    [7, [0, 2, 4, 6, 8]],
    [100, [0, 50, 100]],
    [0.3, [0, 0.1, 0.2, 0.3]],
    [1234, [0, 500, 1000, 1500]],
  ])('of values up to %d has round numbers from 0 to that or above', (highest, ticks) => {
    expect(axisTicks(highest)).toEqual(ticks);
  });

  it('writes numbers short', () => {
    expect([0, 0.05, 35, 1234, 2_500_000].map(shown)).toEqual(['0', '0.05', '35', '1.23K', '2.5M']);
  });
});

/** WCAG 2.2, contrast ratio of two colours, as `#rrggbb`. */
function contrast(a: string, b: string): number {
  const luminance = (colour: string): number => {
    const [r = 0, g = 0, blue = 0] = [1, 3, 5]
      .map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
      .map((it) => (it <= 0.04045 ? it / 12.92 : ((it + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * blue;
  };
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}
