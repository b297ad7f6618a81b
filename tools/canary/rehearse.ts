import { evaluateAlarm } from '../alarms/evaluate-alarm.ts';
import type { AlarmState } from '../alarms/judge-periods.ts';
import { stringAt, type JsonObject } from '../lib/json.ts';
import type { Datapoint } from '../metrics/datapoint.ts';
import { statisticOf } from '../metrics/statistic.ts';
import { chooseNew, type Shares } from './deployment-steps.ts';

/** What one version did in a minute. */
export interface Served {
  readonly requests: number;
  readonly failed: number;
  /** The 90th percentile, in milliseconds; undefined without requests. */
  readonly p90: number | undefined;
}

/** A minute of the deployment, as the clock of production has it. */
export interface Minute {
  /** From 1. */
  readonly minute: number;
  /** Of the traffic that went to the new version. */
  readonly share: number;
  readonly before: Served;
  readonly after: Served;
  /** The gate's alarms at its end, by name. */
  readonly alarms: Readonly<Record<string, AlarmState>>;
}

/** How a deployment went. */
export interface Rehearsal {
  readonly function: string;
  readonly type: string;
  readonly before: string;
  readonly after: string;
  /** `stopped` before any traffic moved, `rolledBack` by an alarm, or all traffic `shifted`. */
  readonly result: 'shifted' | 'rolledBack' | 'stopped';
  readonly reason: string;
  readonly requests: number;
  /** Requests of callers that failed. */
  readonly failed: number;
  readonly minutes: readonly Minute[];
  /** Of the sample events, how many there are, and how many the version before refuses (4xx): nothing behind those is played. */
  readonly samples: { readonly all: number; readonly refused: number };
}

/** One request, and how it went. */
export interface Sent {
  readonly isNew: boolean;
  readonly failed: boolean;
  /** Milliseconds. */
  readonly took: number;
}

/** What a rehearsal is made of. */
export interface Stageplay {
  readonly name: string;
  readonly type: string;
  readonly shares: Shares;
  /** Versions of Lambda. */
  readonly before: string;
  readonly after: string;
  /** Requests a minute. */
  readonly rate: number;
  readonly samples: Rehearsal['samples'];
  /** The gate, with the new version written in. */
  readonly alarms: readonly JsonObject[];
  /** What the hook says against the new version. */
  readonly askHook: () => Promise<string | undefined>;
  /** Sends a minute's requests, each to the old version or the new; and what the metrics have of them. */
  readonly send: (choice: readonly boolean[]) => Promise<{ sent: readonly Sent[]; datapoints: readonly Datapoint[] }>;
  readonly onMinute?: (minute: Minute) => void;
}

const minuteMs = 60_000;

/** Moves traffic as CodeDeploy does, on a clock of its own: first the hook, then minute by minute, until an alarm is red. */
export async function rehearse(play: Stageplay): Promise<Rehearsal> {
  const { name, type, before, after, shares, rate, alarms, samples } = play;
  const minutes: Minute[] = [];
  const datapoints: Datapoint[] = [];
  let failed = 0;
  const end = (result: Rehearsal['result'], reason: string): Rehearsal => {
    const requests = minutes.length * rate;
    return { function: name, type, before, after, result, reason, requests, failed, minutes, samples };
  };
  const problem = await play.askHook();
  if (problem !== undefined) return end('stopped', problem);
  for (const [at, share] of shares.entries()) {
    const { sent, datapoints: fresh } = await play.send(chooseNew(rate, share));
    datapoints.push(...fresh.map((it) => ({ ...it, at: (at + 0.5) * minuteMs })));
    failed += sent.filter((it) => it.failed).length;
    const states = alarms.map((alarm) => {
      const last = evaluateAlarm(alarm, datapoints, { from: 0, to: (at + 1) * minuteMs }).at(-1);
      return [stringAt(alarm, 'AlarmName') ?? '', last?.state ?? 'INSUFFICIENT_DATA'] as const;
    });
    const served = (isNew: boolean): Served => serve(sent.filter((it) => it.isNew === isNew));
    const minute = {
      minute: at + 1,
      share,
      before: served(false),
      after: served(true),
      alarms: Object.fromEntries(states),
    };
    minutes.push(minute);
    play.onMinute?.(minute);
    const red = states.find(([, state]) => state === 'ALARM');
    if (red) return end('rolledBack', `${red[0]} went into ALARM`);
  }
  return end('shifted', 'no alarm of its gate went into ALARM');
}

const serve = (sent: readonly Sent[]): Served => ({
  requests: sent.length,
  failed: sent.filter(({ failed }) => failed).length,
  p90: statisticOf(
    'p90',
    sent.map(({ took }) => took),
  ),
});
