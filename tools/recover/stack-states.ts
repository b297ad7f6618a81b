import type { StackStatus } from '@aws-sdk/client-cloudformation';

/** What can be done about a stack in a state. */
export type Remedy =
  /** Nothing: it can be deployed to. */
  | 'none'
  /** CloudFormation works on it. */
  | 'wait'
  /** Its last update can be taken back. */
  | 'rollBack'
  /** What took back its last update can go on. */
  | 'continueRollback'
  /** It never worked as a whole: it can only be deleted, and made anew. */
  | 'delete'
  /** None that a tool could choose. */
  | 'person';

/** A state of CloudFormation. */
export interface StackState {
  readonly remedy: Remedy;
  /** What it means, to follow a colon. */
  readonly means: string;
}

/** Every state that a stack can have. (AWS CloudFormation User Guide, stack status codes.) */
export const stackStates: Readonly<Record<StackStatus, StackState>> = {
  CREATE_COMPLETE: { remedy: 'none', means: 'its first deploy has worked' },
  CREATE_FAILED: { remedy: 'delete', means: 'its first deploy failed, and nothing was taken back' },
  CREATE_IN_PROGRESS: { remedy: 'wait', means: 'it is being made' },
  DELETE_COMPLETE: { remedy: 'none', means: 'it was deleted' },
  DELETE_FAILED: { remedy: 'delete', means: 'it was to be deleted, and not all of it could be' },
  DELETE_IN_PROGRESS: { remedy: 'wait', means: 'it is being deleted' },
  IMPORT_COMPLETE: { remedy: 'none', means: 'resources were imported' },
  IMPORT_IN_PROGRESS: { remedy: 'wait', means: 'resources are being imported' },
  IMPORT_ROLLBACK_COMPLETE: { remedy: 'none', means: 'an import failed and was taken back; what ran before runs' },
  IMPORT_ROLLBACK_FAILED: { remedy: 'person', means: 'an import failed, and so did taking it back' },
  IMPORT_ROLLBACK_IN_PROGRESS: { remedy: 'wait', means: 'an import is being taken back' },
  REVIEW_IN_PROGRESS: { remedy: 'delete', means: 'its first deploy was prepared, and never begun' },
  ROLLBACK_COMPLETE: { remedy: 'delete', means: 'its first deploy failed and was taken back' },
  ROLLBACK_FAILED: { remedy: 'delete', means: 'its first deploy failed, and so did taking it back' },
  ROLLBACK_IN_PROGRESS: { remedy: 'wait', means: 'its first deploy failed and is being taken back' },
  UPDATE_COMPLETE: { remedy: 'none', means: 'its last deploy has worked' },
  UPDATE_COMPLETE_CLEANUP_IN_PROGRESS: {
    remedy: 'wait',
    means: 'its last deploy has worked, and what it replaced is being removed',
  },
  UPDATE_FAILED: { remedy: 'rollBack', means: 'its last deploy failed, and was not taken back' },
  UPDATE_IN_PROGRESS: { remedy: 'wait', means: 'it is being updated' },
  UPDATE_ROLLBACK_COMPLETE: {
    remedy: 'none',
    means: 'its last deploy failed and was taken back; what ran before runs',
  },
  UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS: {
    remedy: 'wait',
    means: 'its last deploy was taken back, and what it had made is being removed',
  },
  UPDATE_ROLLBACK_FAILED: { remedy: 'continueRollback', means: 'its last deploy failed, and so did taking it back' },
  UPDATE_ROLLBACK_IN_PROGRESS: { remedy: 'wait', means: 'its last deploy failed and is being taken back' },
};

const unknown: StackState = { remedy: 'person', means: 'a state that this version of Aviary does not know' };
const byName: ReadonlyMap<string, StackState> = new Map(Object.entries(stackStates));

/** What a state means, and what can be done about it. */
export function stackState(status: string): StackState {
  return byName.get(status) ?? unknown;
}
