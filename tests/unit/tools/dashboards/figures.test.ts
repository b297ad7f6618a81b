import type { Dashboard, Series } from '../../../../tools/dashboards/dashboard.ts';
import { figuresOf, type Figures } from '../../../../tools/dashboards/figures.ts';
import { renderPage, renderWidgets } from '../../../../tools/dashboards/render-page.ts';
import type { Datapoint } from '../../../../tools/metrics/datapoint.ts';

const minute = 60_000;
const from = Date.UTC(2026, 0, 31, 12);
const aSeries = (parts: Partial<Series> = {}): Series => ({
  label: 'orders',
  namespace: '${App}',
  metric: 'OrdersCreated',
  dimensions: { service: 'orders', stage: '${Stage}' },
  statistic: 'Sum',
  ...parts,
});
const aPoint = (parts: Partial<Datapoint> = {}): Datapoint => ({
  namespace: 'aviary',
  name: 'OrdersCreated',
  dimensions: { service: 'orders', stage: 'local' },
  at: from,
  value: 1,
  unit: 'Count',
  ...parts,
});
const figures = (series: Series, datapoints: readonly Datapoint[]): Figures => {
  const dashboard: Dashboard = {
    name: 'business',
    about: 'What is it used for?',
    widgets: [{ title: 'Orders & more', unit: 'orders', series: [series] }],
  };
  const names = { App: 'aviary', Stage: 'local' };
  return figuresOf(dashboard, datapoints, { names, from, to: from + 60 * minute, step: minute });
};
const linesOf = (...given: Parameters<typeof figures>): unknown => figures(...given).widgets[0]?.lines;

describe('the figures of a dashboard', () => {
  it('are what a metric comes to, minute by minute', () => {
    const points = [aPoint(), aPoint({ at: from + 59_999, value: 2 }), aPoint({ at: from + 3 * minute })];

    expect(linesOf(aSeries(), points)).toEqual([
      {
        label: 'orders',
        points: [
          { at: from, value: 3 },
          { at: from + 3 * minute, value: 1 },
        ],
      },
    ]);
  });

  it.each([
    ['another name', { name: 'UsersCreated' }],
    ['another namespace', { namespace: 'other' }],
    ['another service', { dimensions: { service: 'users', stage: 'local' } }],
    ['one dimension more, which makes another metric', { dimensions: { service: 'orders', stage: 'local', x: 'y' } }],
    ['a time before', { at: from - 1 }],
    ['a time after', { at: from + 60 * minute }],
  ])('leave out what has %s', (_what, parts) => {
    expect(linesOf(aSeries(), [aPoint(parts)])).toEqual([]);
  });

  it('are a line for each value of a dimension that is asked for', () => {
    const flag = (name: string, value: number): Datapoint =>
      aPoint({ dimensions: { stage: 'local', flag: name, service: 'orders' }, value });
    const series = aSeries({ dimensions: { stage: '${Stage}' }, by: ['flag', 'service'] });

    expect(linesOf(series, [flag('a', 1), flag('b', 2), flag('a', 3)])).toEqual([
      { label: 'a, orders', points: [{ at: from, value: 4 }] },
      { label: 'b, orders', points: [{ at: from, value: 2 }] },
    ]);
  });

  it('are of the statistic that is asked for', () => {
    const points = [10, 20, 30, 40].map((value) => aPoint({ value }));

    expect(linesOf(aSeries({ statistic: 'p50' }), points)).toEqual([
      { label: 'orders', points: [{ at: from, value: 20 }] },
    ]);
  });
});

describe('the page of a dashboard', () => {
  it('says in words what each line does, and takes no text for markup', () => {
    const html = renderWidgets(
      figures(aSeries({ label: '<b>' }), [aPoint({ value: 5 }), aPoint({ at: from + minute })]),
    );

    expect(html).toContain('&#60;b&#62; <b>1</b>, at most 5');
    expect(html).toContain('Orders &#38; more');
  });

  it('says so where nothing was counted', () => {
    expect(renderWidgets(figures(aSeries(), []))).toContain('Nothing in this time.');
  });

  it('marks which of the dashboards it is, and asks nothing of another machine', () => {
    const html = renderPage(figures(aSeries(), []));

    expect(/aria-current="page">(\w+)/.exec(html)?.[1]).toBe('business');
    expect(html).not.toMatch(/https?:\/\//);
  });
});
