import type { VNode } from 'preact';
import type { Invocation } from '../../api.ts';
import type { Json } from '../../../lib/json.ts';
import { isObject, jsonOr } from '../json.ts';
import { Badge } from '../parts/badge.tsx';
import { JsonView } from '../parts/json-view.tsx';
import { LogLines } from '../parts/log-line.tsx';
import { duration } from '../parts/time.tsx';
import { linkTo } from '../route.ts';

interface InvocationResultProps {
  readonly result: Invocation | undefined;
  readonly busy: boolean;
}

/** What a function answered, how long it took, and what it logged. */
export function InvocationResult({ result, busy }: InvocationResultProps): VNode {
  return (
    <>
      <div role="status" class="outcome">
        {result !== undefined && <Outcome of={result} />}
        {result === undefined && (
          <p class="soft">
            {busy
              ? 'Waiting for the answer …'
              : 'Choose an event and invoke the function: its answer and log lines come here.'}
          </p>
        )}
      </div>
      {result !== undefined && (
        <>
          <JsonView value={readable(result.answer)} label="Answer of the function" />
          <h3>Log lines</h3>
          {result.lines.length === 0 ? (
            <p class="soft">It logged none.</p>
          ) : (
            <LogLines lines={result.lines} label="Log lines of the invocation" />
          )}
        </>
      )}
    </>
  );
}

function Outcome({ of: { answer, functionError, ms, correlation } }: { of: Invocation }): VNode {
  const status = isObject(answer) ? answer['statusCode'] : undefined;
  return (
    <>
      {functionError === null ? <Badge tone="good">answered</Badge> : <Badge tone="bad">failed: {functionError}</Badge>}
      {typeof status === 'number' && <Badge tone={status < 400 ? 'good' : 'warn'}>HTTP {status}</Badge>}
      <span class="number">{duration(ms)}</span>
      {correlation !== null && <a href={linkTo('traces', [correlation])}>Trace of this request</a>}
    </>
  );
}

/** An answer with its body, which is JSON as text, opened. */
function readable(answer: Json): Json {
  if (!isObject(answer) || typeof answer['body'] !== 'string') return answer;
  return { ...answer, body: jsonOr(answer['body']) };
}
