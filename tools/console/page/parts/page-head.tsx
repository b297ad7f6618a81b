import type { ComponentChildren, VNode } from 'preact';
import { useEffect } from 'preact/hooks';

interface PageHeadProps {
  readonly title: string;
  /** What the view shows, in a sentence. */
  readonly intro?: ComponentChildren;
  /** The way back. */
  readonly above?: { readonly href: string; readonly label: string };
  /** Buttons of the whole view. */
  readonly children?: ComponentChildren;
}

/** The heading of a view, which is the tab's title as well. */
export function PageHead({ title, intro, above, children }: PageHeadProps): VNode {
  useEffect(() => {
    document.title = `${title} · Aviary`;
  }, [title]);
  return (
    <header class="page-head">
      <div>
        {above && (
          <a class="above" href={above.href}>
            <span aria-hidden="true">←</span> {above.label}
          </a>
        )}
        <h1 id="heading" tabIndex={-1}>
          {title}
        </h1>
        {intro !== undefined && <p class="intro">{intro}</p>}
      </div>
      {children !== undefined && <div class="page-actions">{children}</div>}
    </header>
  );
}
