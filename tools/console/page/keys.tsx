import type { RefObject, VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { linkTo } from './route.ts';

/** Where `g` and a second key lead. */
const jumps: Readonly<Record<string, readonly [string, string]>> = {
  f: ['functions', 'Functions'],
  g: ['graph', 'Graph'],
  l: ['logs', 'Logs'],
  t: ['traces', 'Traces'],
  s: ['stores', 'Stores'],
  d: ['dead-letters', 'Dead letters'],
  a: ['flags', 'Flags'],
  c: ['canary', 'Canary'],
};

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null;

/** Keys that work everywhere but in a field. @returns the dialog that lists them */
export function useKeys(): RefObject<HTMLDialogElement> {
  const help = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    let isJump = false;
    const press = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (document.querySelector('dialog[open]') !== null) return;
      const jump = isJump ? jumps[event.key] : undefined;
      isJump = event.key === 'g' && jump === undefined;
      if (jump !== undefined) location.hash = linkTo(jump[0]);
      if (event.key === '?') help.current?.showModal();
      const search = event.key === '/' ? document.querySelector<HTMLElement>('[data-search]') : null;
      if (search === null) return;
      event.preventDefault();
      search.focus();
    };
    addEventListener('keydown', press);
    return () => {
      removeEventListener('keydown', press);
    };
  }, []);
  return help;
}

/** The list of keys. */
export function KeyHelp({ dialog }: { dialog: RefObject<HTMLDialogElement> }): VNode {
  return (
    <dialog ref={dialog} aria-labelledby="keys">
      <form method="dialog">
        <h2 id="keys">Keys</h2>
        <dl class="keys">
          <Key keys={['/']} does="to the search of the view" />
          <Key keys={['?']} does="this list" />
          <Key keys={['Ctrl', 'Enter']} does="in an event: invoke" />
          <Key keys={['←', '↑', '↓', '→']} does="in the graph: to the next node; Enter chooses it" />
          {Object.entries(jumps).map(([key, [, label]]) => (
            <Key key={key} keys={['g', key]} does={`to ${label}`} />
          ))}
        </dl>
        <div class="row end">
          <button>Close</button>
        </div>
      </form>
    </dialog>
  );
}

function Key({ keys, does }: { keys: readonly string[]; does: string }): VNode {
  return (
    <div>
      <dt>
        {keys.map((key) => (
          <kbd key={key}>{key}</kbd>
        ))}
      </dt>
      <dd>{does}</dd>
    </div>
  );
}
