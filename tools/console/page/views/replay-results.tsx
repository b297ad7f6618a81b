import type { VNode } from 'preact';
import type { ReplayedMessage } from '../../api.ts';
import { Badge, type Tone } from '../parts/badge.tsx';

const tones: Readonly<Record<ReplayedMessage['result'], Tone>> = {
  replayed: 'good',
  'would be replayed': 'note',
  stays: 'warn',
  'no record': 'bad',
};

export interface Results {
  readonly dryRun: boolean;
  readonly rows: readonly ReplayedMessage[];
}

/** What was sent again, or what a dry run says of it. */
export function ReplayResults({ results }: { results: Results | undefined }): VNode | null {
  if (results === undefined) return null;
  return (
    <section class="panel" aria-labelledby="results">
      <h2 id="results">{results.dryRun ? 'Dry run: nothing was sent' : 'Replayed'}</h2>
      <ul class="results">
        {results.rows.map(({ id, result, replays }) => (
          <li key={id}>
            <Badge tone={tones[result]}>{result}</Badge> <span class="id">{id}</span>
            {replays > 0 && <span class="soft"> sent again {replays} × before</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
