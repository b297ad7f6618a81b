import { chartStyle, classOf, escape, lineChart, type Line } from '../charts/line-chart.ts';
import { shown } from '../charts/axis.ts';
import { dashboardNames } from './dashboard.ts';
import type { Figures } from './figures.ts';

/** Milliseconds between two looks of the page. */
const refreshMs = 10_000;

const style = `
:root { color-scheme: light dark; --ground: light-dark(#ffffff, #14171a); --card: light-dark(#f6f7f8, #1d2125);
  --text: light-dark(#1b1f23, #eceff1); --quiet: light-dark(#57606a, #a3adb6); --line: light-dark(#d0d7de, #3a4149);
  --link: light-dark(#0b5fb0, #6db3ff); }
* { box-sizing: border-box; }
body { margin: 0; padding: 16px; background: var(--ground); color: var(--text); font: 16px/1.45 system-ui, sans-serif; }
header { display: flex; flex-wrap: wrap; gap: 4px 20px; align-items: center; margin-bottom: 12px; }
h1 { font-size: 20px; margin: 0; }
nav { display: flex; flex-wrap: wrap; gap: 4px 16px; }
a { color: var(--link); } a[aria-current] { color: var(--text); font-weight: 600; text-decoration: none; }
button { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--quiet); border-radius: 6px; padding: 3px 12px; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
main { display: grid; gap: 12px; grid-template-columns: repeat(auto-fill, minmax(min(100%, 340px), 1fr)); }
figure { margin: 0; padding: 10px 12px; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
figcaption { font-weight: 600; } figcaption small, footer, figure p { color: var(--quiet); font-weight: 400; }
ul { list-style: none; margin: 4px 0 0; padding: 0; font-size: 14px; display: flex; flex-wrap: wrap; gap: 0 14px; }
li b { font-weight: 600; color: var(--text); } li { color: var(--text); }
li i { display: inline-block; width: 18px; border-top: 3px solid currentColor; margin-right: 6px; vertical-align: middle; }
li i.dashed { border-top-style: dashed; }
footer { margin-top: 12px; font-size: 14px; }
${chartStyle}`;

/** What the page runs: it asks for the figures again, unless it is told to wait or is not looked at. */
export const refreshScript = `const button = document.querySelector('button');
const status = document.querySelector('[role=status]');
let paused = false;
button.addEventListener('click', () => {
  paused = !paused;
  button.textContent = paused ? 'Go on' : 'Pause';
});
setInterval(async () => {
  if (paused || document.hidden) return;
  let problem = '';
  try {
    const answer = await fetch(location.pathname + '/figures');
    if (answer.ok) document.querySelector('main').innerHTML = await answer.text();
    else problem = await answer.text();
  } catch {
    problem = 'The page is not served any more.';
  }
  if (status.textContent !== problem) status.textContent = problem;
}, ${refreshMs});
`;

/** The page of a dashboard: one file, but for the script that refreshes it. */
export function renderPage(figures: Figures): string {
  const { dashboard, about, inAccount } = figures;
  const links = dashboardNames.map(
    (name) => `<a href="${name}"${name === dashboard ? ' aria-current="page"' : ''}>${name}</a>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${dashboard} - the local stage</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<header><h1>${escape(about)}</h1><nav aria-label="Dashboards">${links.join('')}</nav><button type="button">Pause</button>
<span role="status"></span></header>
<main>${renderWidgets(figures)}</main>
<footer>The local stage, in UTC; drawn from what functions log, and from its queues.${inAccount.length === 0 ? '' : ` In an account alone: ${escape(inAccount.join(', '))}.`}</footer>
<script src="refresh.js"></script>
</body>
</html>
`;
}

/** The charts alone, which is what changes. */
export function renderWidgets({ from, to, step, widgets }: Figures): string {
  return widgets
    .map(({ title, unit, lines }) => {
      const drawn =
        lines.length === 0
          ? '<p>Nothing in this time.</p>'
          : `${lineChart({ title, unit, from, to, step, lines })}<ul>${lines.map(legend).join('')}</ul>`;
      return `<figure><figcaption>${escape(title)} <small>${escape(unit)}</small></figcaption>${drawn}</figure>`;
    })
    .join('\n');
}

/** What the line does, in words: its last value, and the highest where that is another one. */
function legend({ label, points }: Line, at: number): string {
  const last = points.at(-1)?.value ?? 0;
  const most = Math.max(...points.map(({ value }) => value));
  const more = most === last ? '' : `, at most ${shown(most)}`;
  return `<li><i class="${classOf(at)}"></i>${escape(label)} <b>${shown(last)}</b>${more}</li>`;
}
