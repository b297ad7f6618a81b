import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { DeadLetterMessage, Replay, ReplayedMessage } from '../../api.ts';
import { pathOf, post } from '../client.ts';
import { Badge } from '../parts/badge.tsx';
import { ConfirmButton } from '../parts/confirm-button.tsx';
import { JsonView } from '../parts/json-view.tsx';
import { Empty, ProblemNotice, Shown } from '../parts/notice.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { Time } from '../parts/time.tsx';
import { jsonOr } from '../json.ts';
import { linkTo } from '../route.ts';
import { useAction, useLoad } from '../use-load.ts';
import { ReplayResults } from './replay-results.tsx';

const list = { href: linkTo('dead-letters'), label: 'All dead-letter queues' };

/** What is in a dead-letter queue: to look at, to send again, to delete. */
export function DeadLetterQueuePage({ queue }: { queue: string }): VNode {
  const path = pathOf('dead-letters', queue);
  const messages = useLoad<readonly DeadLetterMessage[]>(path);
  const { busy, problem, start } = useAction();
  const [force, setForce] = useState(false);
  const [results, setResults] = useState<{ dryRun: boolean; rows: readonly ReplayedMessage[] }>();
  const [said, setSaid] = useState('');
  const replay = (dryRun: boolean): void => {
    const body: Replay = { dryRun, force };
    setSaid('');
    start(async () => {
      setResults({ dryRun, rows: await post<readonly ReplayedMessage[]>(`${path}/replay`, body) });
      if (!dryRun) messages.reload();
    });
  };
  const purge = (): void => {
    setResults(undefined);
    start(async () => {
      const { purged } = await post<{ purged: number }>(`${path}/purge`);
      setSaid(`${purged} deleted.`);
      messages.reload();
    });
  };
  return (
    <>
      <PageHead title={queue} above={list}>
        <button type="button" onClick={messages.reload}>
          Read again
        </button>
      </PageHead>
      <ProblemNotice problem={problem} />
      <p role="status" class="said">
        {busy ? 'Working …' : said}
      </p>
      <ReplayResults results={results} />
      <Shown loaded={messages}>
        {(all) =>
          all.length === 0 ? (
            <Empty title="This queue is empty.">
              Nothing has failed to the end. What does appears here, with its cause.
            </Empty>
          ) : (
            <>
              <div class="filters">
                <button
                  type="button"
                  onClick={() => {
                    replay(true);
                  }}
                >
                  Dry run
                </button>
                <button
                  type="button"
                  class="main"
                  aria-describedby="replay-hint"
                  disabled={results?.dryRun !== true || busy}
                  onClick={() => {
                    replay(false);
                  }}
                >
                  Replay
                </button>
                <label class="check">
                  <input
                    type="checkbox"
                    checked={force}
                    onChange={({ currentTarget }) => {
                      setForce(currentTarget.checked);
                      setResults(undefined);
                    }}
                  />
                  Also what was sent again three times
                </label>
                <ConfirmButton
                  label="Purge"
                  question={`Delete all ${all.length} messages of ${queue}?`}
                  consequence="They are gone for good, and are not sent again."
                  answer="Delete them"
                  onConfirm={purge}
                />
                <p id="replay-hint" class="hint">
                  A dry run says first what would be sent again.
                </p>
              </div>
              <ol class="items">
                {all.map((message) => (
                  <li key={message.id}>
                    <Message message={message} />
                  </li>
                ))}
              </ol>
            </>
          )
        }
      </Shown>
    </>
  );
}

function Message({ message: { id, cause, payload, sentAt, replays } }: { message: DeadLetterMessage }): VNode {
  return (
    <details open>
      <summary>
        <span class="member">
          <Time iso={sentAt} />
        </span>
        <span class="member cause">{cause}</span>
        {replays > 0 && <Badge tone="warn">sent again {replays} ×</Badge>}
        <span class="member id soft">{id}</span>
      </summary>
      <JsonView value={jsonOr(payload)} label={`Payload of ${id}`} />
    </details>
  );
}
