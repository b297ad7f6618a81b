import type { VNode } from 'preact';
import { useId, useRef } from 'preact/hooks';

interface ConfirmButtonProps {
  readonly label: string;
  readonly question: string;
  readonly consequence: string;
  /** What the button says that does it. */
  readonly answer: string;
  readonly onConfirm: () => void;
}

/** A button for what cannot be taken back: it asks first. */
export function ConfirmButton({ label, question, consequence, answer, onConfirm }: ConfirmButtonProps): VNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();
  return (
    <>
      <button type="button" class="danger" onClick={() => dialog.current?.showModal()}>
        {label} …
      </button>
      <dialog
        ref={dialog}
        aria-labelledby={title}
        onClose={({ currentTarget }) => {
          if (currentTarget.returnValue === 'yes') onConfirm();
          currentTarget.returnValue = '';
        }}
      >
        <form method="dialog">
          <h2 id={title}>{question}</h2>
          <p>{consequence}</p>
          <div class="row end">
            <button value="">Cancel</button>
            <button class="danger" value="yes">
              {answer}
            </button>
          </div>
        </form>
      </dialog>
    </>
  );
}
