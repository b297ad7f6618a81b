import {
  GetDeploymentCommand,
  PutLifecycleEventHookExecutionStatusCommand,
  type CodeDeployClient,
} from '@aws-sdk/client-codedeploy';
import type { Deployments, Moving } from './dependencies.ts';
import { appSpec } from './schema.ts';

/** @throws {Error} where the revision is not one function and its version */
function readRevision(content: string | undefined): Moving {
  const [resource = {}] = appSpec.parse(JSON.parse(content ?? 'null')).Resources;
  const [one] = Object.values(resource);
  if (one === undefined) throw new Error('The revision names no function');
  return { functionName: one.Properties.Name, version: one.Properties.TargetVersion };
}

/** Deployments of CodeDeploy, whose revision is an AppSpecContent or the older String. */
export function codeDeployDeployments(client: Pick<CodeDeployClient, 'send'>): Deployments {
  return {
    moving: async (deploymentId) => {
      const { deploymentInfo } = await client.send(new GetDeploymentCommand({ deploymentId }));
      const revision = deploymentInfo?.revision;
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- It is not documented which form CloudFormation starts.
      const content = revision?.appSpecContent?.content ?? revision?.string?.content;
      try {
        return readRevision(content);
      } catch (cause) {
        throw new Error('The deployment does not say which version of which function gets traffic', { cause });
      }
    },
    tell: async (deploymentId, lifecycleEventHookExecutionId, status) => {
      await client.send(
        new PutLifecycleEventHookExecutionStatusCommand({ deploymentId, lifecycleEventHookExecutionId, status }),
      );
    },
  };
}
