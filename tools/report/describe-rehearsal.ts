import type { Minute, Rehearsal, Served } from '../canary/rehearse.ts';
import { table } from './table.ts';

/** The timeline of a rehearsal, a line a minute, and how it ended. */
export function describeRehearsal(it: Rehearsal): string {
  const rows = it.minutes.map((minute) => [
    String(minute.minute),
    percent(minute.share),
    ...cells(minute.before),
    ...cells(minute.after),
    redOf(minute),
  ]);
  const head = ['minute', 'new', 'old: requests', 'failed', 'p90', 'new: requests', 'failed', 'p90', 'alarms'];
  return [
    `${it.function}: version ${it.before} to ${it.after}, by ${it.type}`,
    `hook: ${it.result === 'stopped' ? it.reason : 'its checks passed'}`,
    ...(rows.length > 0 ? table(head, rows) : []),
    `${verdict(it)}; ${it.failed} of ${it.requests} requests failed.`,
    ...(it.samples.refused > 0
      ? [
          `${it.samples.refused} of ${it.samples.all} sample events are refused (4xx) with what the stage holds: what lies behind them was not played.`,
        ]
      : []),
    '',
  ].join('\n');
}

/** How it ended, in words. */
export function verdict({ result, reason, minutes }: Rehearsal): string {
  if (result === 'stopped') return 'Stopped by the hook before any traffic moved';
  if (result === 'shifted') return 'All traffic shifted to the new version';
  return `Rolled back in minute ${minutes.length}: ${reason}`;
}

export const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** The alarms that are red at the end of a minute. */
const redOf = ({ alarms }: Minute): string =>
  Object.entries(alarms)
    .filter(([, state]) => state === 'ALARM')
    .map(([name]) => name)
    .join(', ') || 'none';

const cells = ({ requests, failed, p90 }: Served): string[] => [
  String(requests),
  String(failed),
  p90 === undefined ? '-' : `${Math.round(p90)} ms`,
];
