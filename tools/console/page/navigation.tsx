import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { StageView } from '../api.ts';
import { Badge } from './parts/badge.tsx';
import { linkTo } from './route.ts';
import { ThemeSwitch } from './theme.tsx';

const views = [
  ['functions', 'Functions'],
  ['graph', 'Graph'],
  ['logs', 'Logs'],
  ['traces', 'Traces'],
  ['stores', 'Stores'],
  ['dead-letters', 'Dead letters'],
  ['flags', 'Flags'],
  ['canary', 'Canary'],
] as const;

/** Pages of the same server that are no view of this one. */
const pages = [
  ['/dashboards/', 'Dashboards'],
  ['/docs', 'OpenAPI'],
] as const;

interface NavigationProps {
  readonly view: string;
  readonly stage: StageView | undefined;
  readonly onHelp: () => void;
}

export function Navigation({ view, stage, onHelp }: NavigationProps): VNode {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    // Where the page is narrow the list is wider than it.
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [view]);
  return (
    <header class="top">
      <div class="brand">
        <svg class="mark" viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
          <path d="M3 14c0-5 4-9 9-9 1-2 3-3 5-3-1 1-1 2-1 3 3 1 5 4 5 7l-3-1c0 6-4 10-9 10-2 0-4 0-6-2 2 0 4-1 5-3-3 0-5-1-5-2z" />
        </svg>
        <span class="name">Aviary</span>
        {stage !== undefined && (
          <span class="stage">
            {stage.stage}
            <State state={stage.state} />
          </span>
        )}
      </div>
      <nav aria-label="Views">
        <ul ref={list}>
          {views.map(([name, label]) => (
            <li key={name}>
              <a href={linkTo(name)} {...(view === name ? { 'aria-current': 'page' } : {})}>
                {label}
              </a>
            </li>
          ))}
          {pages.map(([path, label]) => (
            <li key={path}>
              <a href={path}>{label}</a>
            </li>
          ))}
        </ul>
      </nav>
      <div class="tools">
        <ThemeSwitch />
        <button type="button" class="quiet" aria-keyshortcuts="?" onClick={onHelp}>
          Keys <kbd>?</kbd>
        </button>
      </div>
    </header>
  );
}

/** CloudFormation's word, where it is not the usual one. */
function State({ state }: { state: string | null }): VNode | null {
  if (state === null) return <Badge tone="warn">not deployed</Badge>;
  if (state.endsWith('_IN_PROGRESS')) return <Badge tone="note">deploying</Badge>;
  return state.includes('ROLLBACK') || state.includes('FAILED') ? <Badge tone="bad">{state}</Badge> : null;
}
