import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { DeadLetterMessage, Replay, ReplayedMessage } from '../../api.ts';
import { pathOf, post } from '../client.ts';
import { jsonOr } from '../json.ts';
import { Badge } from '../parts/badge.tsx';
import { JsonView } from '../parts/json-view.tsx';
import { Empty, ProblemNotice, Shown } from '../parts/notice.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { RefreshButton } from '../parts/refresh-button.tsx';
import { Time } from '../parts/time.tsx';
import { linkTo } from '../route.ts';
import { useAction, useLoad } from '../use-load.ts';
import { DeadLetterActions } from './dead-letter-actions.tsx';
import { ReplayResults, type Results } from './replay-results.tsx';

const list = { href: linkTo('dead-letters'), label: 'All dead-letter queues' };

/** What is in a dead-letter queue: to look at, to send again, to delete. */
export function DeadLetterQueuePage({ queue }: { queue: string }): VNode {
  const path = pathOf('dead-letters', queue);
  const messages = useLoad<readonly DeadLetterMessage[]>(path);
  const { busy, problem, start } = useAction();
  const [results, setResults] = useState<Results>();
  const [said, setSaid] = useState('');
  const replay = (body: Replay): void => {
    setSaid('');
    start(async () => {
      setResults({ dryRun: body.dryRun, rows: await post<readonly ReplayedMessage[]>(`${path}/replay`, body) });
      if (!body.dryRun) messages.reload();
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
        <RefreshButton onClick={messages.reload} />
      </PageHead>
      <ProblemNotice problem={problem} />
      <Shown loaded={messages}>
        {(all) => (
          <>
            {all.length > 0 && (
              <DeadLetterActions
                queue={queue}
                count={all.length}
                mayReplay={results?.dryRun === true && !busy}
                onReplay={replay}
                onForce={() => {
                  setResults(undefined);
                }}
                onPurge={purge}
              />
            )}
            <div role="status" class="said">
              {busy ? 'Working …' : said}
              <ReplayResults results={results} />
            </div>
            <Messages all={all} />
          </>
        )}
      </Shown>
    </>
  );
}

function Messages({ all }: { all: readonly DeadLetterMessage[] }): VNode {
  if (all.length === 0)
    return (
      <Empty title="This queue is empty.">Nothing has failed to the end. What does appears here, with its cause.</Empty>
    );
  return (
    <ol class="items" aria-label="Messages">
      {all.map((message) => (
        <li key={message.id}>
          <Message message={message} />
        </li>
      ))}
    </ol>
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
