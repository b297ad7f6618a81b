import type { HangingDeployment, MovedAlias, Situation } from './situation.ts';
import { stackState } from './stack-states.ts';

/** One thing to do, and the sentence that says so before it is done. */
export type Step = { readonly say: string } & (
  | { readonly act: 'wait' }
  | { readonly act: 'rollBack' }
  | { readonly act: 'continueRollback'; readonly skip: readonly string[] }
  | { readonly act: 'deleteStack'; readonly retain: readonly string[] }
  | { readonly act: 'deleteChangeSet'; readonly name: string }
  | { readonly act: 'stopDeployment'; readonly deployment: HangingDeployment }
  | { readonly act: 'moveAlias'; readonly alias: MovedAlias }
  /** Done by whoever takes the lock of the stage. */
  | { readonly act: 'takeLock' }
  /** Nothing that this could do; the sentence says what a person can. */
  | { readonly act: 'person' }
);

/** What a person has decided. */
export interface Wishes {
  /** Resources that are left as they are when a rollback goes on. */
  readonly skip: readonly string[];
  /** Resources that are left in the account when a stack is deleted that could not be. */
  readonly retain: readonly string[];
}

/**
 * What is to be done next, in order; nothing where the stage is as its stack says. A stack comes first: what is behind it
 * is looked at when it is whole, since a step changes what is there.
 */
export function decideRecovery(situation: Situation, { skip, retain }: Wishes): Step[] {
  const { stackName, status, failed, changeSets, deployments, aliases } = situation;
  if (status === undefined) return [];
  switch (stackState(status).remedy) {
    case 'wait':
      return [{ act: 'wait', say: `Wait until CloudFormation is done with ${stackName}.` }];
    case 'rollBack':
      return [{ act: 'rollBack', say: `Take the last update of ${stackName} back.` }];
    case 'continueRollback': {
      const left = skip.length === 0 ? '' : `, leaving ${skip.join(', ')} as it is, which the stack then says wrongly`;
      return [{ act: 'continueRollback', skip, say: `Go on taking back the last update of ${stackName}${left}.` }];
    }
    case 'delete': {
      // CloudFormation takes the list for a stack alone that it could not delete.
      const kept = status === 'DELETE_FAILED' ? retain : [];
      const left = kept.length === 0 ? '' : `, leaving ${kept.join(', ')} in the account`;
      return [{ act: 'deleteStack', retain: kept, say: `Delete ${stackName}${left}; a deploy then makes it anew.` }];
    }
    case 'person':
      return [{ act: 'person', say: `Mend ${stackName} in the CloudFormation console${because(failed)}.` }];
    case 'none':
  }
  if (deployments.length > 0) return deployments.map(stop);
  return [
    ...changeSets.map((name): Step => ({
      act: 'deleteChangeSet',
      name,
      say: `Delete the change set ${name}, which a run that stopped has left.`,
    })),
    ...aliases.map(move),
  ];
}

const because = (failed: Situation['failed']): string =>
  failed.length === 0 ? '' : `: ${failed.map(({ id, reason }) => `${id} (${reason})`).join('; ')}`;

function stop(deployment: HangingDeployment): Step {
  const { id, group } = deployment;
  return {
    act: 'stopDeployment',
    deployment,
    say: `Stop the deployment ${id} of ${group}, which nobody waits for, and have CodeDeploy give the traffic back.`,
  };
}

function move(alias: MovedAlias): Step {
  const { name, runs, should, runsRelease, shouldRelease, beside } = alias;
  const shared = beside.length === 0 ? '' : `, beside version ${beside.join(', ')}`;
  return {
    act: 'moveAlias',
    alias,
    say: `Move live of ${name} to version ${should} (${shouldRelease}), which the stack says; it runs version ${runs} (${runsRelease ?? 'of no release'})${shared}.`,
  };
}
