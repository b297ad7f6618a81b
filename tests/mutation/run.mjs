// `npm run mutation`: changes the planner and the composer in every small way, and asks whether a test notices.
import process from 'node:process';
import { Stryker } from '@stryker-mutator/core';

/**
 * Runs Stryker on these files, or on all that stryker.config.mjs names. Resolves to its exit code: 0 where the score is at
 * least what that file demands.
 */
export async function main(mutate) {
  const configFile = 'tests/mutation/stryker.config.mjs';
  await new Stryker({ configFile, ...(mutate.length === 0 ? {} : { mutate }) }).runMutationTest();
  // Stryker says so by the exit code of its process.
  return process.exitCode ?? 0;
}
