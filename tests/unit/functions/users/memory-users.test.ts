import { memoryUsers } from '../../../support/runtime/memory-users.ts';
import { usersRepositoryContract } from '../../../support/runtime/users-repository-contract.ts';

describe('users in memory', () => {
  usersRepositoryContract(() => memoryUsers());
});
