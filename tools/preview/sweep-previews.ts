import { Failure } from '../lib/failure.ts';
import type { Connection } from '../stack/connection.ts';
import { previewStage } from '../template/preview-stage.ts';
import type { Preview } from './preview.ts';
import { removePreview } from './remove-preview.ts';

/** What became of a preview that was to go. */
export interface Swept {
  readonly name: string;
  /** Why it is still there; null where it is gone. */
  readonly problem: string | null;
}

/** Removes previews, one after the other. One that cannot be removed keeps no other from going. */
export async function sweepPreviews(base: Connection, previews: readonly Preview[]): Promise<Swept[]> {
  const swept: Swept[] = [];
  for (const { name } of previews) {
    try {
      await removePreview({ ...base, stage: previewStage(base.stage, name) });
      swept.push({ name, problem: null });
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      swept.push({ name, problem: error.problem });
    }
  }
  return swept;
}
