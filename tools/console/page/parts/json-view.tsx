import type { ComponentChildren, VNode } from 'preact';
import type { Json } from '../../../lib/json.ts';

/** Above this many characters the text has no colours: each word of it would be an element. */
const mostColoured = 20_000;
const tokens = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** Data as indented JSON. It can be scrolled by keyboard. */
export function JsonView({ value, label }: { value: Json; label: string }): VNode {
  const text = JSON.stringify(value, null, 2);
  return (
    <pre class="json" tabIndex={0} role="group" aria-label={label}>
      <code>{text.length > mostColoured ? text : coloured(text)}</code>
    </pre>
  );
}

function coloured(text: string): ComponentChildren[] {
  const parts: ComponentChildren[] = [];
  let at = 0;
  for (const found of text.matchAll(tokens)) {
    const [whole, quoted, colon, word] = found;
    const kind =
      quoted === undefined ? (word === undefined ? 'json-number' : 'json-word') : colon ? 'json-key' : 'json-text';
    const token = colon === undefined ? whole : (quoted ?? '');
    parts.push(text.slice(at, found.index), <span class={kind}>{token}</span>);
    at = found.index + token.length;
  }
  return [...parts, text.slice(at)];
}
