import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { Line } from '../../api.ts';
import { linkTo } from '../route.ts';
import { Badge, type Tone } from './badge.tsx';
import { JsonView } from './json-view.tsx';
import { Time } from './time.tsx';

const tones: Readonly<Record<string, Tone>> = { ERROR: 'bad', WARN: 'warn', INFO: 'note' };

/** A log line; its button shows the fields, and where an error was thrown. */
export function LogLine({ line }: { line: Line }): VNode {
  const [open, setOpen] = useState(false);
  const { time, level, message, correlations } = line;
  const [correlation] = correlations;
  return (
    <li class="line">
      <button
        type="button"
        class="line-toggle"
        aria-expanded={open}
        onClick={() => {
          setOpen(!open);
        }}
      >
        <Time iso={time} ms />
      </button>
      <Badge tone={tones[level] ?? 'plain'}>{level}</Badge>
      <a class="line-function" href={linkTo('functions', [line.function])}>
        {line.function}
      </a>
      <span class="line-message">{message}</span>
      {correlation !== undefined && (
        <a class="line-correlation id" href={linkTo('traces', [correlation])} title={`Trace of ${correlation}`}>
          {correlation}
        </a>
      )}
      {open && <Details line={line} />}
    </li>
  );
}

function Details({ line: { fields, stack, requestId, release, correlations } }: { line: Line }): VNode {
  return (
    <div class="line-details">
      <dl class="facts">
        {requestId !== null && <Fact name="Request" value={requestId} />}
        {release !== null && <Fact name="Release" value={release} />}
        {correlations.length > 1 && <Fact name="Correlations" value={correlations.join(', ')} />}
      </dl>
      {stack !== null && <pre class="stack">{stack}</pre>}
      {Object.keys(fields).length > 0 && <JsonView value={fields} label="Fields of the line" />}
    </div>
  );
}

/** A name and an id. */
export function Fact({ name, value }: { name: string; value: string }): VNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd class="id">{value}</dd>
    </div>
  );
}

/** Log lines, one below the other. */
export function LogLines({ lines, label }: { lines: readonly Line[]; label: string }): VNode {
  return (
    <ol class="lines" aria-label={label}>
      {lines.map((line, at) => (
        <LogLine key={at} line={line} />
      ))}
    </ol>
  );
}
