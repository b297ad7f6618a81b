import type { VNode } from 'preact';
import type { FunctionView } from '../../api.ts';
import { Badge, type Tone } from './badge.tsx';

type Word = readonly [Tone, string];

const words: Readonly<Record<FunctionView['tree'], Word>> = {
  unchanged: ['good', 'same'],
  changed: ['warn', 'differs'],
  new: ['note', 'not deployed'],
  removed: ['warn', 'not in the tree'],
  held: ['warn', 'rolled back'],
};

/** How what runs compares with the tree. */
export function TreeState({ of }: { of: FunctionView }): VNode {
  const [tone, word] = words[of.tree];
  return (
    <span class="badges">
      {of.pin ? (
        <Badge tone="note" title={of.pin.reason}>
          pinned until {of.pin.until}
        </Badge>
      ) : (
        <Badge tone={tone}>{word}</Badge>
      )}
      {of.swapped !== null && (
        <Badge tone="note" title={`Runs ${of.swapped} until the next deploy`}>
          swapped
        </Badge>
      )}
      {!of.agrees && of.release !== null && <Badge tone="bad">live was moved by hand</Badge>}
    </span>
  );
}
