import { join } from 'node:path';
import { bootstrapStackName, type NamedStage } from '../bootstrap/plan-bootstrap.ts';
import { Failure } from '../lib/failure.ts';
import { canonical, isObject, objectAt, type Json, type JsonObject } from '../lib/json.ts';
import { asking, clientConfig, type Connection } from '../stack/connection.ts';
import { describe } from '../stack/read-stack.ts';
import { parseTemplate, readTemplate } from '../template/read-template.ts';
import { missing, notChecked, ok, type Finding } from './finding.ts';

/** A stage's bootstrap stack as the account has it. */
export type BootstrapState =
  | { readonly state: 'there'; readonly status: string; readonly template: JsonObject }
  | { readonly state: 'absent' }
  /** There are no credentials, or they may not look; `why` is a sentence. */
  | { readonly state: 'unreadable'; readonly why: string };

/** Reads a stage's bootstrap stack, with the credentials of the environment. */
export async function readBootstrapStack(connection: Connection & NamedStage): Promise<BootstrapState> {
  const { CloudFormationClient, DescribeStacksCommand, GetTemplateCommand } =
    await import('@aws-sdk/client-cloudformation');
  const client = new CloudFormationClient(clientConfig(connection));
  const StackName = bootstrapStackName(connection.app, connection.stage.name);
  const read = async (): Promise<BootstrapState> => {
    const stack = await describe(client.send(new DescribeStacksCommand({ StackName })));
    if (!stack) return { state: 'absent' };
    const command = new GetTemplateCommand({ StackName, TemplateStage: 'Original' });
    const { TemplateBody = '' } = await client.send(command);
    return { state: 'there', status: stack.StackStatus ?? 'UNKNOWN', template: parseTemplate(TemplateBody, StackName) };
  };
  try {
    return await asking(connection, read());
  } catch (error) {
    if (error instanceof Failure) return { state: 'unreadable', why: error.message };
    throw error;
  }
}

/** The template that the tree has for it. */
export function bootstrapTemplate(root: string): JsonObject {
  return readTemplate(join(root, 'infra', 'bootstrap.yaml'), 'infra/bootstrap.yaml');
}

/** Whether the stack is there, whole, and as the tree says. */
export function judgeAccount({ stage, app }: NamedStage, found: BootstrapState, wanted: JsonObject): Finding {
  const check = `Account: ${bootstrapStackName(app, stage.name)}`;
  const mend = `npm run aviary -- bootstrap --stage ${stage.name} --repository … (docs/guide/bootstrap.md)`;
  if (found.state === 'unreadable') return notChecked(check, found.why);
  if (found.state === 'absent') return missing(check, 'It is not in the account of these credentials.', mend);
  if (!/^(CREATE|UPDATE|IMPORT)_COMPLETE$/.test(found.status)) return missing(check, `It is ${found.status}.`, mend);
  if (canonical(withoutMetadata(found.template)) !== canonical(withoutMetadata(wanted)))
    return missing(check, 'It is not as infra/bootstrap.yaml says.', mend);
  return ok(check);
}

/** SAM notes in the metadata of each resource how the template calls it. */
function withoutMetadata(template: JsonObject): JsonObject {
  const bare = Object.entries(objectAt(template, 'Resources')).map(([id, block]): [string, Json] => {
    if (!isObject(block)) return [id, block];
    const { Metadata: _metadata, ...rest } = block;
    return [id, rest];
  });
  return { ...template, Resources: Object.fromEntries(bare) };
}
