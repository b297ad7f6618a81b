import { percent, verdict } from '../report/describe-rehearsal.ts';
import type { Minute, Rehearsal } from './rehearse.ts';

/** Lengths in pixels. */
const [left, right, top, plot, row] = [132, 12, 118, 120, 26];

const style = `
  svg { color-scheme: light dark; font: 14px system-ui, sans-serif; --ink: #1b1f24; --soft: #57606a; --page: #ffffff;
    --old: #57789c; --new: #2f7d4f; --bad: #c4314b; --line: #d0d7de }
  @media (prefers-color-scheme: dark) { svg { --ink: #e6edf3; --soft: #9aa5b1; --page: #0d1117; --old: #7d9cc0;
    --new: #56b27c; --bad: #ff7b8a; --line: #30363d } }
  text { fill: var(--ink) } .soft { fill: var(--soft) } .old { fill: var(--old) } .new { fill: var(--new) } .bad { fill: var(--bad) }`;

/**
 * A rehearsal as a picture: of each minute the requests of the old and the new version with those that failed on top of
 * each other, and below it the alarms of the gate. What colour says stands there in words, too.
 */
export function drawRehearsal(it: Rehearsal): string {
  const names = Object.keys(it.minutes[0]?.alarms ?? {});
  const base = top + plot;
  const height = base + 62 + names.length * row;
  // Wide enough for a word; with a few minutes narrow enough to be read on a phone.
  const step = Math.max(50, 280 / Math.max(1, it.minutes.length));
  const width = left + Math.max(1, it.minutes.length) * step + right;
  const [end = '', why = ''] = verdict(it).split(/(?<=:) /);
  const most = Math.max(1, ...it.minutes.map(({ before, after }) => before.requests + after.requests));
  const columns = it.minutes.map((minute, at) => column(minute, left + at * step, step, plot / most));
  const rows = names.map((name, at) => {
    const y = base + 64 + at * row;
    const states = it.minutes.map((minute, column) => {
      const isRed = minute.alarms[name] === 'ALARM';
      return text(left + (column + 0.5) * step, y, isRed ? 'ALARM' : 'ok', isRed ? 'bad' : 'soft', 'middle');
    });
    return text(12, y, short(name, it.function), '') + states.join('');
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escape(`${it.function}: ${verdict(it)}`)}">
<style>${style}
</style>
<rect width="${width}" height="${height}" fill="var(--page)"/>
${text(12, 26, `${it.function}: version ${it.before} to ${it.after}, by ${it.type}`, '')}
${text(12, 48, end, it.result === 'shifted' ? 'new' : 'bad')}
${text(12, 70, why, 'bad')}
${text(12, 92, `${it.failed} of ${it.requests} requests failed`, 'soft')}
${legend(base)}
${text(12, base + 20, 'minute', 'soft')}
${text(12, base + 38, 'new version', 'soft')}
<path d="M${left} ${base}H${width - right}" stroke="var(--line)"/>
${columns.join('\n')}
${rows.join('\n')}
</svg>
`;
}

const legend = (base: number): string =>
  [
    ['old', 'old version'],
    ['new', 'new version'],
    ['bad', 'failed'],
  ]
    .map(([kind = '', label = ''], at) => {
      const y = base - 58 + at * 22;
      return `<rect x="12" y="${y - 10}" width="11" height="11" class="${kind}"/>${text(30, y, label, '')}`;
    })
    .join('');

function column({ minute, share, before, after }: Minute, x: number, step: number, scale: number): string {
  const gap = Math.min(14, step / 5);
  let y = top + plot;
  const part = (count: number, kind: string): string => {
    y -= count * scale;
    return count === 0 ? '' : bar(x + gap / 2, y, step - gap, count * scale, kind);
  };
  const bars = [
    part(before.requests - before.failed, 'old'),
    part(before.failed, 'bad'),
    part(after.requests - after.failed, 'new'),
    part(after.failed, 'bad'),
  ].join('');
  const middle = x + step / 2;
  const below = text(middle, top + plot + 38, percent(share), 'soft', 'middle');
  return bars + text(middle, top + plot + 20, String(minute), 'soft', 'middle') + below;
}

const bar = (x: number, y: number, across: number, high: number, kind: string): string =>
  `<rect x="${x.toFixed(1)}" y="${y.toFixed(1)}" width="${across.toFixed(1)}" height="${high.toFixed(1)}" class="${kind}"/>`;

const text = (x: number, y: number, words: string, kind: string, anchor = 'start'): string =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" class="${kind}" text-anchor="${anchor}">${escape(words)}</text>`;

/** `version-errors` for `aviary-users-version-errors-production`. */
const short = (alarm: string, name: string): string =>
  alarm.replace(/-[a-z]+$/, '').replace(new RegExp(`^.*?${name}-`), '');

const escape = (words: string): string =>
  words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
