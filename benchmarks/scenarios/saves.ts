import type { Json } from '../../tools/lib/json.ts';

/** A change of a file, and how the processor shows that it runs it. */
export interface Save {
  readonly kind: 'rule' | 'shared';
  readonly path: string;
  readonly from: RegExp;
  readonly to: string;
  readonly event: Json;
  /** Is in the answer of the new code and of no earlier one. */
  readonly wanted: string;
}

const activity = { userId: 'bench', action: 'look', timestamp: '2025-06-01T12:00:00Z' };

/** The files that are saved in turns. */
export const kinds: readonly ((round: number) => Save)[] = [
  // What becomes of an activity: the processor's own code.
  (round: number): Save => ({
    kind: 'rule',
    path: 'functions/processor/process-event.ts',
    from: /\(\{ id: (?:userId|`\$\{userId\}\.\d+\.`), status: 'updated' \}\)/,
    to: `({ id: \`\${userId}.${round}.\`, status: 'updated' })`,
    event: activity,
    wanted: `bench.${round}.`,
  }),
  // What is said of an unknown field: shared by all that parse.
  (round: number): Save => ({
    kind: 'shared',
    path: 'layers/shared/src/validation/parse.ts',
    from: /'is not a known field[^']*'/,
    to: `'is not a known field (${round})'`,
    event: { ...activity, unknown: true },
    wanted: `is not a known field (${round})`,
  }),
];
