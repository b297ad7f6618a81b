import { memoryPark } from '../../../../support/runtime/memory-park.ts';
import { parkContract } from '../../../../support/runtime/park-contract.ts';

describe('a park in memory', () => {
  parkContract(() => {
    const { park, records } = memoryPark();
    return { park, parked: () => Promise.resolve(records) };
  });
});
