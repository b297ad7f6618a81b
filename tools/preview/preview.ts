import { Failure } from '../lib/failure.ts';
import { dayOf } from '../plan/pin.ts';
import { previewName } from '../template/preview-stage.ts';

/** A preview that is there. */
export interface Preview {
  /** Such as `pr-123`, which is its stage, too. */
  readonly name: string;
  readonly stackName: string;
  /** CloudFormation's word for its state. */
  readonly state: string;
  /** The last day that it was asked for, in UTC, such as `2026-12-24`; null where its stack does not say one. */
  readonly expires: string | null;
  readonly url: string | null;
}

const dayMs = 86_400_000;
const longestDays = 30;

/** @throws Failure for what is no name of a preview: nothing else may be made or removed as one */
export function readPreviewName(name: string | undefined): string {
  if (name !== undefined && previewName.test(name)) return name;
  throw new Failure(
    name === undefined ? 'Which preview?' : `${name} is no name of a preview.`,
    'Name it after its pull request: --name pr-123.',
  );
}

/** The last day of a preview that lives so many days from now. @throws Failure for what is no number from 1 to 30 */
export function readLastDay(days: string, now: Date): string {
  const value = Number(days);
  if (/^\d{1,2}$/.test(days) && value >= 1 && value <= longestDays) {
    return dayOf(new Date(now.getTime() + value * dayMs));
  }
  throw new Failure(`--days ${days} is no number that it takes.`, `Take a whole number from 1 to ${longestDays}.`);
}

/** Those whose last day has passed. One without a last day was deployed by other means than `preview up`: it goes, too. */
export function expired(previews: readonly Preview[], now: Date): Preview[] {
  return previews.filter(({ expires }) => expires === null || expires < dayOf(now));
}
