import type { VNode } from 'preact';
import type { DeadLetterQueue } from '../../api.ts';
import { Badge } from '../parts/badge.tsx';
import { Empty, Shown } from '../parts/notice.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { RefreshButton } from '../parts/refresh-button.tsx';
import { Scroll } from '../parts/scroll.tsx';
import { linkTo } from '../route.ts';
import { useLoad } from '../use-load.ts';

/** The dead-letter queues, and how much is in them. */
export function DeadLetters(): VNode {
  const queues = useLoad<readonly DeadLetterQueue[]>('/console/dead-letters');
  return (
    <>
      <PageHead title="Dead letters" intro="What a function has failed on to the end.">
        <RefreshButton onClick={queues.reload} />
      </PageHead>
      <Shown loaded={queues}>
        {(all) =>
          all.length === 0 ? (
            <Empty title="No function has a dead-letter queue.">Give one a DeadLetterQueue in template.yaml.</Empty>
          ) : (
            <Scroll label="Dead-letter queues">
              <table>
                <thead>
                  <tr>
                    <th scope="col">Queue</th>
                    <th scope="col">Function</th>
                    <th scope="col" class="end">
                      Messages
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {all.map(({ queue, function: name, messages }) => (
                    <tr key={queue}>
                      <th scope="row" class="id">
                        <a href={linkTo('dead-letters', [queue])}>{queue}</a>
                      </th>
                      <td>
                        <a href={linkTo('functions', [name])}>{name}</a>
                      </td>
                      <td class="end number">{messages === 0 ? 0 : <Badge tone="bad">{messages}</Badge>}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </Scroll>
          )
        }
      </Shown>
    </>
  );
}
