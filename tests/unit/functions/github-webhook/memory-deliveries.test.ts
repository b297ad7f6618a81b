import { deliveriesContract } from '../../../support/runtime/deliveries-contract.ts';
import { memoryDeliveries } from '../../../support/runtime/memory-deliveries.ts';

describe('deliveries in memory', () => {
  deliveriesContract(memoryDeliveries);
});
