import { appendFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Failure } from '../lib/failure.ts';
import { warn } from '../lib/log.ts';
import { makePlan, type Plan } from '../plan/plan.ts';
import { readRecord, type StackRecord } from '../plan/record.ts';
import { select } from '../plan/select.ts';
import { readTree } from '../tree/read-tree.ts';
import type { Tree } from '../tree/tree.ts';
import { describePlan } from '../report/describe-plan.ts';
import { placedStacks } from '../stacks/join-templates.ts';
import { misplaced } from '../stacks/misplaced.ts';
import { compareStage, type DeployRequest } from '../stack/compare-stage.ts';
import { readStage } from '../template/read-stages.ts';
import { readTemplate } from '../template/read-template.ts';
import { connectTo, planOptions, readRequest } from './options.ts';

export const help = `Shows what a deploy would change, and why. Changes nothing.

Usage: npm run plan -- [--stage S] [--json] [--only a,b] [--uniform] [--rebuild] [--artifacts FOLDER] [--check FILE] [--github-output FILE] [--deployed FILE]

  --stage S           local (default), staging, production
  --json              the plan as data on stdout, as deploy --plan takes it; its form is in docs/plan.md
  --only a,b          what a deploy would be asked to move
  --uniform           count every function that is not on the newest layers
  --rebuild           build what --only names also where it is unchanged
  --artifacts FOLDER  with the layers that another stage runs (aviary collect)
  --check FILE        a plan that was made before: exit code 2 where it does not hold any more
  --github-output F   append moves=true or moves=false: whether a deploy of this plan would move anything
  --deployed FILE     compare with a template from aws cloudformation get-template, without asking the cloud

Example: npm run plan -- --stage staging
`;

export async function run(args: readonly string[], root: string): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...planOptions,
      json: { type: 'boolean', default: false },
      check: { type: 'string' },
      'github-output': { type: 'string' },
      deployed: { type: 'string' },
    },
  });
  const { tree, record, plan } = await compare(root, values, await readRequest({ ...values, plan: values.check }));
  for (const sentence of misplaced(tree, record)) warn(sentence);
  const output = values['github-output'];
  if (output !== undefined) appendFileSync(output, `moves=${String(select(tree, record, plan).size > 0)}\n`);
  process.stdout.write(values.json ? `${JSON.stringify(plan, null, 2)}\n` : describePlan(plan));
  return 0;
}

interface Values {
  readonly stage: string;
  readonly env?: string | undefined;
  readonly deployed?: string | undefined;
}

interface Compared {
  readonly tree: Tree;
  readonly record: StackRecord | undefined;
  readonly plan: Plan;
}

async function compare(root: string, values: Values, request: DeployRequest): Promise<Compared> {
  if (values.deployed === undefined) {
    const { tree, plan, stack } = await compareStage(await connectTo(root, values), request);
    if (stack?.status.endsWith('_IN_PROGRESS') === true) warn(`the stack is being changed now (${stack.status})`);
    return { tree, record: stack?.record, plan };
  }
  const stage = readStage(root, values.env ?? values.stage);
  const template = readTemplate(values.deployed);
  if (placedStacks(template).size > 0) {
    throw new Failure(
      `A part of ${stage.stackName} is in nested stacks, and ${values.deployed} is the template of one stack.`,
      'Leave --deployed out: the plan then reads all of them.',
    );
  }
  const record = readRecord(template, stage.stackName);
  const tree = await readTree(root, stage);
  return { tree, record, plan: makePlan(tree, record, request) };
}
