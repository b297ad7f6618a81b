import { bootstrapStackName } from '../bootstrap/plan-bootstrap.ts';
import { Failure } from '../lib/failure.ts';
import { textOf, type JsonObject } from '../lib/json.ts';
import type { Connection } from './connection.ts';
import { readOutputs } from './read-stack.ts';

/**
 * What `aviary bootstrap` made for the stage, as `[<stage>.deploy.parameters]` of samconfig: bucket and service role.
 * Empty where it was not run; then the stage's own block of samconfig.toml holds.
 * @throws Failure where the template's parameter `Bootstrapped` says otherwise than the account
 */
export async function bootstrapParameters(connection: Connection, parameters: JsonObject): Promise<JsonObject> {
  const { block: name } = connection.stage;
  const stackName = bootstrapStackName(textOf(parameters['App'] ?? 'aviary'), name);
  const outputs = await readOutputs(connection, stackName);
  const { ArtifactBucket: bucket, ServiceRoleArn: role } = outputs;
  const says = parameters['Bootstrapped'];
  if (bucket === undefined || role === undefined) {
    if (says !== 'true') return {};
    throw new Failure(
      `samconfig.toml says that ${name} is bootstrapped, and the account has no stack ${stackName}.`,
      `Run \`npm run aviary -- bootstrap --stage ${name}\`, or take Bootstrapped=true out of its parameter_overrides.`,
    );
  }
  if (says === 'false') {
    throw new Failure(
      `The account is bootstrapped for ${name}, and samconfig.toml does not say so: new roles would be refused.`,
      `Add "Bootstrapped=true" to parameter_overrides of ${name} in samconfig.toml.`,
    );
  }
  return { s3_bucket: bucket, resolve_s3: false, role_arn: role };
}

/** ARN of the topic that tells of deployments; undefined where the stage was not bootstrapped. */
export async function deploymentTopic(connection: Connection, parameters: JsonObject): Promise<string | undefined> {
  const stackName = bootstrapStackName(textOf(parameters['App'] ?? 'aviary'), connection.stage.block);
  return (await readOutputs(connection, stackName))['DeploymentTopicArn'];
}
