import type { ComponentChildren, VNode } from 'preact';

/** What may be wider than the page: scrolled by itself, also by keyboard. */
export function Scroll({ label, children }: { label: string; children: ComponentChildren }): VNode {
  return (
    <div class="scroll" role="region" aria-label={label} tabIndex={0}>
      {children}
    </div>
  );
}
