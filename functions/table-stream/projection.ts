import type { Generations } from '@shared/orders/projection-pointer';

/** Says which generations of the projection `orders` there are. Each change is one conditional write. */
export interface Projection {
  readonly read: () => Promise<Generations>;
  /** Begins a generation; one that is being made already is overtaken, and retired. */
  readonly begin: (generation: string) => Promise<void>;
  /**
   * Makes a generation the live one, and retires that which was.
   * @throws {ConflictError} when it is not the one that is being made
   */
  readonly swap: (generation: string) => Promise<void>;
  /** Forgets a retired generation. */
  readonly forget: (generation: string) => Promise<void>;
}

/** The generations that an event is written to: while one is being made, the live one goes on. */
export const writtenTo = ({ live, building }: Generations): string[] =>
  building === undefined ? [live] : [live, building];
