import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { Replay } from '../../api.ts';
import { ConfirmButton } from '../parts/confirm-button.tsx';

interface DeadLetterActionsProps {
  readonly queue: string;
  readonly count: number;
  /** Whether a dry run has said what would be sent again. */
  readonly mayReplay: boolean;
  readonly onReplay: (body: Replay) => void;
  /** What the dry run has said is void. */
  readonly onForce: () => void;
  readonly onPurge: () => void;
}

/** What can be done with the messages of a dead-letter queue. */
export function DeadLetterActions({
  queue,
  count,
  mayReplay,
  onReplay,
  onForce,
  onPurge,
}: DeadLetterActionsProps): VNode {
  const [force, setForce] = useState(false);
  return (
    <div class="filters">
      <button
        type="button"
        onClick={() => {
          onReplay({ dryRun: true, force });
        }}
      >
        Dry run
      </button>
      <button
        type="button"
        class="main"
        aria-describedby="replay-hint"
        aria-disabled={!mayReplay}
        onClick={() => {
          if (mayReplay) onReplay({ dryRun: false, force });
        }}
      >
        Replay
      </button>
      <label class="check">
        <input
          type="checkbox"
          checked={force}
          onChange={({ currentTarget }) => {
            setForce(currentTarget.checked);
            onForce();
          }}
        />
        Also what was sent again three times
      </label>
      <ConfirmButton
        label="Purge"
        question={`Delete all ${count} messages of ${queue}?`}
        consequence="They are gone for good, and are not sent again."
        answer="Delete them"
        onConfirm={onPurge}
      />
      <p id="replay-hint" class="hint">
        A dry run says first what would be sent again.
      </p>
    </div>
  );
}
