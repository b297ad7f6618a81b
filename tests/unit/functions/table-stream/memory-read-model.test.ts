import { memoryReadModel } from '../../../support/runtime/memory-read-model.ts';
import { readModelContract } from '../../../support/runtime/read-model-contract.ts';

describe('the read model in memory', () => {
  readModelContract(() => memoryReadModel());
});
