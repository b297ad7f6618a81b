import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Failure } from '../lib/failure.ts';
import { info } from '../lib/log.ts';
import { deploymentMessage, type Deployment } from '../notify/deployment-message.ts';
import { publish } from '../notify/publish.ts';
import { deploymentTopic } from '../stack/read-bootstrap.ts';
import { readTemplate } from '../template/read-template.ts';
import { resolveTemplate } from '../template/resolve-template.ts';
import { connectTo, readPlan, stageOptions } from './options.ts';

export const help = `Tells people how a deploy ended: by the topic that aviary bootstrap made, and in Markdown on stdout.

Usage: npm run aviary -- notify --stage S --result success|failure|cancelled [--plan FILE] [--reason TEXT] [--run URL]

A stage without that topic is told of on stdout alone.

Example: npm run aviary -- notify --stage production --result success
`;

export async function run(args: readonly string[], root: string): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...stageOptions,
      result: { type: 'string' },
      plan: { type: 'string' },
      reason: { type: 'string' },
      run: { type: 'string' },
    },
  });
  const connection = await connectTo(root, values);
  const { stage } = connection;
  const { plan: file, reason, run: address } = values;
  // A deploy that failed early has left no plan.
  const plan = file !== undefined && existsSync(file) ? await readPlan(file) : undefined;
  const message = deploymentMessage({ stage: stage.name, result: resultOf(values.result), plan, reason, run: address });
  process.stdout.write(message.body);
  const { parameters } = resolveTemplate(readTemplate(join(root, 'template.yaml')), stage.parameters);
  const topic = await deploymentTopic(connection, parameters);
  if (topic === undefined) info(`${stage.name} has no topic for deployments; npm run aviary -- bootstrap makes it.`);
  else await publish(connection, topic, message);
  return 0;
}

function resultOf(result: string | undefined): Deployment['result'] {
  if (result === 'success' || result === 'failure' || result === 'cancelled') return result;
  const problem = result === undefined ? '--result is missing.' : `--result ${result} is no result.`;
  throw new Failure(problem, 'It is success, failure or cancelled.');
}
