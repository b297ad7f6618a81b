import type { VNode } from 'preact';
import { nodeHeight, type PlacedNode } from './layout.ts';

/** Pixels that a character of the picture's type takes. */
const characterWidth = 7.3;
const kinds = { file: 'file', shared: 'shared module', function: 'function', trigger: 'trigger' };

interface NodeProps {
  readonly placed: PlacedNode;
  readonly isReached: boolean;
  readonly isChosen: boolean;
  /** Whether Tab leads to it. */
  readonly isFirst: boolean;
  readonly reachesFunctions: number;
  readonly onPoint: (id: string | undefined) => void;
  readonly onFocus: (id: string) => void;
  readonly onChoose: () => void;
}

/** A node of the picture, as a button. */
export function GraphNodeMark(props: NodeProps): VNode {
  const { placed, isReached, isChosen, isFirst, reachesFunctions, onPoint, onFocus, onChoose } = props;
  const { node, x, y, width } = placed;
  const { id, kind, label, changed } = node;
  const left = changed ? 26 : 9;
  const room = Math.max(0, width - left - 8);
  const isLong = label.length * characterWidth > room;
  const names = ['node', kind, changed && 'changed', isReached && 'reached', isChosen && 'chosen'];
  const said = [label, kinds[kind], changed ? 'changed' : undefined, reachWords(kind, reachesFunctions)];
  return (
    <g
      class={names.filter(Boolean).join(' ')}
      data-id={id}
      transform={`translate(${x} ${y})`}
      role="button"
      tabIndex={isFirst ? 0 : -1}
      aria-pressed={isChosen}
      aria-label={said.filter((it) => it !== undefined).join(', ')}
      onMouseEnter={() => {
        onPoint(id);
      }}
      onMouseLeave={() => {
        onPoint(undefined);
      }}
      onFocus={() => {
        onFocus(id);
        onPoint(id);
      }}
      onBlur={() => {
        onPoint(undefined);
      }}
      onClick={onChoose}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        onChoose();
      }}
    >
      <title>{id}</title>
      <rect width={width} height={nodeHeight} rx="4" />
      {changed && <path class="delta" d="M9 17l5-10 5 10z" />}
      {/* Of what is too long the end is seen: of a path it says most. */}
      <svg x={left} width={room} height={nodeHeight} overflow="hidden">
        <text y="16.5" {...(isLong ? { x: room, 'text-anchor': 'end' } : {})}>
          {label}
        </text>
      </svg>
    </g>
  );
}

function reachWords(kind: PlacedNode['node']['kind'], functions: number): string | undefined {
  if (kind === 'function' || kind === 'trigger') return undefined;
  return `reaches ${functions} ${functions === 1 ? 'function' : 'functions'}`;
}
