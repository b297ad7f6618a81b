import type { VNode } from 'preact';
import type { Minute, Rehearsal, Served } from '../../../canary/rehearse.ts';
import { Badge, type Tone } from '../parts/badge.tsx';
import { Scroll } from '../parts/scroll.tsx';
import { duration } from '../parts/time.tsx';

const verdicts: Readonly<Record<Rehearsal['result'], readonly [Tone, string]>> = {
  shifted: ['good', 'All traffic shifted'],
  rolledBack: ['bad', 'Rolled back'],
  stopped: ['bad', 'Stopped by the hook'],
};

/** How a rehearsal ended. */
export function RehearsalVerdict({ of }: { of: Rehearsal }): VNode {
  const [tone, word] = verdicts[of.result];
  return (
    <div class="outcome">
      <Badge tone={tone}>{word}</Badge>
      <span>
        {of.function}: version {of.before} to {of.after}, by {of.type}; {of.reason}.
      </span>
      <span class="number">
        {of.failed} of {of.requests} requests failed.
      </span>
    </div>
  );
}

/** A row for each minute, as it ends. */
export function RehearsalTimeline({ minutes }: { minutes: readonly Minute[] }): VNode {
  return (
    <Scroll label="Timeline">
      <table class="timeline">
        <thead>
          <tr>
            <th scope="col" class="end">
              Minute
            </th>
            <th scope="col">New version gets</th>
            <th scope="col" class="end">
              Old: failed
            </th>
            <th scope="col" class="end">
              p90
            </th>
            <th scope="col" class="end">
              New: failed
            </th>
            <th scope="col" class="end">
              p90
            </th>
            <th scope="col">Alarms</th>
          </tr>
        </thead>
        <tbody>
          {minutes.map((minute) => (
            <Row key={minute.minute} minute={minute} />
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Row({ minute: { minute, share, before, after, alarms } }: { minute: Minute }): VNode {
  const red = Object.entries(alarms).filter(([, state]) => state === 'ALARM');
  return (
    <tr>
      <th scope="row" class="end number">
        {minute}
      </th>
      <td>
        <span class="share">
          <svg class="bar" width="90" height="14" aria-hidden="true">
            <rect x="0" y="1" width="90" height="12" rx="2" class="bar-ground" />
            <rect x="0" y="1" width={share * 90} height="12" rx="2" />
          </svg>
          <span class="number">{Math.round(share * 100)} %</span>
        </span>
      </td>
      <Cells of={before} />
      <Cells of={after} />
      <td>
        {red.length === 0 && <span class="soft">none</span>}
        {red.map(([name]) => (
          <Badge tone="bad" key={name}>
            {name}
          </Badge>
        ))}
      </td>
    </tr>
  );
}

function Cells({ of: { requests, failed, p90 } }: { of: Served }): VNode {
  return (
    <>
      <td class="end number">{requests === 0 ? '—' : `${failed} of ${requests}`}</td>
      <td class="end number">{p90 === undefined ? '—' : duration(p90)}</td>
    </>
  );
}
