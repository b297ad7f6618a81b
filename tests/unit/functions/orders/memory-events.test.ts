import { eventStoreContract, snapshotsContract } from '../../../support/runtime/event-store-contract.ts';
import { memoryEvents, memorySnapshots } from '../../../support/runtime/memory-events.ts';

describe('events in memory', () => {
  eventStoreContract(() => memoryEvents());
});

describe('snapshots in memory', () => {
  snapshotsContract(() => memorySnapshots());
});
