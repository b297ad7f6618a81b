import { join } from 'node:path';
import { objectAt, stringAt } from '../lib/json.ts';
import { readTemplate } from '../template/read-template.ts';
import { resolveParameters } from '../template/resolve-parameters.ts';
import { bucketParameters } from './bucket-parameters.ts';
import type { Connection } from './connection.ts';
import { readOutputs } from './read-stack.ts';

/** The stack of the bucket that `sam deploy --resolve-s3` makes. (AWS SAM CLI, `MANAGED_STACK_NAME`.) */
const samStack = 'aws-sam-cli-managed-default';

/**
 * The bucket that deploys of the stage upload to: the one of `aviary bootstrap`, that which samconfig.toml names, or
 * SAM's own. Undefined before the first deploy of an account that has none.
 * @throws Failure as {@link bucketParameters}
 */
export async function artifactBucket(connection: Connection): Promise<string | undefined> {
  const { root, stage } = connection;
  const template = readTemplate(join(root, 'template.yaml'), 'template.yaml');
  const parameters = resolveParameters(objectAt(template, 'Parameters'), stage.parameters);
  const made = await bucketParameters(connection, parameters);
  const named = objectAt(objectAt(stage.config, 'deploy'), 'parameters');
  return (
    stringAt({ ...named, ...made }, 's3_bucket') ??
    (await readOutputs(connection, samStack))['SourceBucket'] ??
    undefined
  );
}
