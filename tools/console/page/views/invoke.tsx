import type { VNode } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { Invocation, Invoke, SampleEvent } from '../../api.ts';
import { pathOf, post } from '../client.ts';
import { Choice } from '../parts/choice.tsx';
import { checkJson, EventEditor } from '../parts/event-editor.tsx';
import { ProblemNotice } from '../parts/notice.tsx';
import { useAction } from '../use-load.ts';
import { InvocationResult } from './invocation-result.tsx';

const own = 'own';
const textOf = (sample: SampleEvent | undefined): string => JSON.stringify(sample?.event ?? {}, null, 2);

/** Invokes a function with a sample of its folder, or with an event of one's own. */
export function InvokeForm({ name, samples }: { name: string; samples: readonly SampleEvent[] }): VNode {
  const [chosen, setChosen] = useState(samples[0]?.name ?? own);
  const [text, setText] = useState(() => textOf(samples[0]));
  const [result, setResult] = useState<Invocation>();
  const editor = useRef<HTMLTextAreaElement>(null);
  const { busy, problem, start } = useAction();
  const checked = checkJson(text);
  const invoke = (): void => {
    if ('problem' in checked) {
      editor.current?.focus();
      return;
    }
    const body: Invoke = { function: name, event: checked.value };
    setResult(undefined);
    start(async () => {
      setResult(await post<Invocation>(pathOf('invocations'), body));
    });
  };
  return (
    <div class="columns">
      <form
        class="panel"
        aria-labelledby="invoke"
        onSubmit={(event) => {
          event.preventDefault();
          invoke();
        }}
      >
        <h2 id="invoke">Invoke</h2>
        <Choice
          label="Event"
          value={chosen}
          options={[...samples.map((it) => [it.name, sampleLabel(it)] as const), [own, 'an event of your own']]}
          onChange={(value) => {
            setChosen(value);
            const sample = samples.find((it) => it.name === value);
            if (sample !== undefined) setText(textOf(sample));
          }}
        />
        <EventEditor
          editor={editor}
          text={text}
          problem={'problem' in checked ? checked.problem : undefined}
          onChange={(next) => {
            setText(next);
            setChosen(own);
          }}
          onSend={invoke}
        />
        <div class="row">
          <button type="submit" class="main" aria-disabled={busy || 'problem' in checked}>
            {busy ? 'Invoking …' : 'Invoke'}
          </button>
          <span class="hint">
            <kbd>Ctrl</kbd> <kbd>Enter</kbd> in the event does the same.
          </span>
        </div>
      </form>
      <section class="panel" aria-labelledby="answer" aria-busy={busy}>
        <h2 id="answer">Answer</h2>
        <ProblemNotice problem={problem} />
        <InvocationResult result={result} busy={busy} />
      </section>
    </div>
  );
}

function sampleLabel({ name, isReading, isRefused }: SampleEvent): string {
  if (isRefused) return `${name} (is to be refused)`;
  return isReading ? `${name} (reads only)` : name;
}
