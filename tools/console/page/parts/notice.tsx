import type { ComponentChildren, VNode } from 'preact';
import type { Problem } from '../../api.ts';
import type { Loaded } from '../use-load.ts';

/** A refusal or failure, with the next step. */
export function ProblemNotice({ problem }: { problem: Problem | undefined }): VNode | null {
  if (problem === undefined) return null;
  return (
    <div class="notice bad" role="alert">
      <strong>{problem.problem}</strong> {problem.next}
    </div>
  );
}

/** Stands where nothing is to be seen yet, and says what to do. */
export function Empty({ title, children }: { title: string; children: ComponentChildren }): VNode {
  return (
    <div class="empty">
      <p class="empty-title">{title}</p>
      <p>{children}</p>
    </div>
  );
}

interface ShownProps<T> {
  readonly loaded: Loaded<T>;
  readonly children: (data: T) => ComponentChildren;
}

/** What was read, once it is there; beside it why the last reading failed. */
export function Shown<T>({ loaded: { data, problem }, children }: ShownProps<T>): VNode {
  return (
    <>
      <ProblemNotice problem={problem} />
      {data === undefined ? problem === undefined && <p class="waiting">Reading …</p> : children(data)}
    </>
  );
}
