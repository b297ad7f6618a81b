import type { ComponentChildren, VNode } from 'preact';

export type Tone = 'plain' | 'good' | 'warn' | 'bad' | 'note';

/** A word about a state, in a colour that underlines it. */
export function Badge({ tone, children, title }: { tone: Tone; children: ComponentChildren; title?: string }): VNode {
  return (
    <span class={`badge ${tone}`} {...(title === undefined ? {} : { title })}>
      {children}
    </span>
  );
}
