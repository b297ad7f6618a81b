import { objectAt, type JsonObject } from '../lib/json.ts';
import type { Pin } from '../plan/pin.ts';
import type { RecordedFunction, StackRecord } from '../plan/record.ts';

/** The deployed template with a function's pin in its record, or without the one that it had. Nothing else differs. */
export function composePin(
  { template }: StackRecord,
  { logicalId, block }: RecordedFunction,
  pin: Pin | undefined,
): JsonObject {
  const metadata = objectAt(block, 'Metadata');
  const { pin: _, ...own } = objectAt(metadata, 'Aviary');
  const pinned = pin === undefined ? own : { ...own, pin: { ...pin } };
  return {
    ...template,
    Resources: {
      ...objectAt(template, 'Resources'),
      [logicalId]: { ...block, Metadata: { ...metadata, Aviary: pinned } },
    },
  };
}
