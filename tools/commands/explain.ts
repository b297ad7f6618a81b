import { closest } from 'fastest-levenshtein';
import { parseArgs } from 'node:util';
import { Failure } from '../lib/failure.ts';
import { explain } from '../plan/explain.ts';
import { describeExplanation } from '../report/describe-explanation.ts';
import { compareStage } from '../stack/compare-stage.ts';
import { connectTo, stageOptions } from './options.ts';

export const help = `Shows why a function would be deployed: from each changed file or package the way to its handler.

Usage: npm run aviary -- explain <function> [--stage S] [--json]

Example: npm run aviary -- explain users --stage staging
`;

export async function run(args: readonly string[], root: string): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { ...stageOptions, json: { type: 'boolean', default: false } },
  });
  const [name] = positionals;
  if (name === undefined) throw new Failure('Which function?', 'Name one: npm run aviary -- explain users.');
  const { tree, plan } = await compareStage(await connectTo(root, values));
  const explanation = explain(name, tree, plan);
  if (!explanation) {
    const names = plan.items.filter(({ kind }) => kind === 'function').map((item) => item.name);
    throw new Failure(`There is no function ${name}.`, `Did you mean ${closest(name, names)}?`);
  }
  process.stdout.write(values.json ? `${JSON.stringify(explanation, null, 2)}\n` : describeExplanation(explanation));
  return 0;
}
