import type { RefObject, VNode } from 'preact';
import type { Json } from '../../../lib/json.ts';
import { parse } from '../json.ts';

/** Text as JSON, or what is wrong with it. */
export function checkJson(text: string): { readonly value: Json } | { readonly problem: string } {
  try {
    return { value: parse<Json>(text) };
  } catch (error) {
    return { problem: `Not JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
}

interface EventEditorProps {
  readonly editor: RefObject<HTMLTextAreaElement>;
  readonly text: string;
  readonly problem: string | undefined;
  readonly onChange: (text: string) => void;
  readonly onSend: () => void;
}

/** A text area for an event, with what is wrong with its JSON below. */
export function EventEditor({ editor, text, problem, onChange, onSend }: EventEditorProps): VNode {
  return (
    <div class="field">
      <label for="event">Event, as JSON</label>
      <textarea
        id="event"
        ref={editor}
        rows={Math.min(26, Math.max(12, text.split('\n').length))}
        spellcheck={false}
        autocomplete="off"
        value={text}
        aria-invalid={problem !== undefined}
        aria-describedby="event-problem"
        onInput={({ currentTarget }) => {
          onChange(currentTarget.value);
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          onSend();
        }}
      />
      <p id="event-problem" class="field-problem" aria-live="polite">
        {problem}
      </p>
    </div>
  );
}
