import type { VNode } from 'preact';

/** Asks anew for what a view shows. */
export function RefreshButton({ onClick }: { onClick: () => void }): VNode {
  return (
    <button type="button" onClick={onClick}>
      Refresh
    </button>
  );
}
