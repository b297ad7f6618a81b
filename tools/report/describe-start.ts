import { shortRelease } from '../plan/recorded-block.ts';
import type { Console } from '../console/console-server.ts';
import type { LocalFunction } from '../local/list-functions.ts';
import { table } from './table.ts';

/** What runs, where, and what to try. */
export function describeStart(
  functions: readonly LocalFunction[],
  api: string | undefined,
  console: Pick<Console, 'url' | 'docs'>,
): string {
  const rows = functions.flatMap(({ name, release, urls, invokeUrl }) => {
    const ways = urls.length > 0 ? urls : [{ method: 'POST', url: invokeUrl }];
    return ways.map(({ method, url }, at) =>
      at === 0 ? [name, release.slice(0, shortRelease), method, url] : ['', '', method, url],
    );
  });
  const creates = functions.flatMap(({ urls }) => urls).find(({ method }) => method === 'POST');
  const example = creates
    ? [
        'TOKEN=$(npm run -s aviary -- token)',
        `curl -X POST ${creates.url} -H "authorization: Bearer $TOKEN" -H 'content-type: application/json' -d '{"email":"ada@example.com","name":"Ada Lovelace"}'`,
      ]
    : [`curl ${api ?? ''}/health`];
  return (
    [
      '',
      ...table(['function', 'release', '', ''], rows),
      '',
      `Console: ${console.url}`,
      ...(console.docs === undefined ? [] : [`Documentation of the API: ${console.docs}`]),
      '',
      'Try:',
      ...example.map((line) => `  ${line}`),
      '',
    ].join('\n') + '\n'
  );
}
