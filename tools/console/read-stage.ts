import { readSamples } from '../samples/read-samples.ts';
import { compareStage } from '../stack/compare-stage.ts';
import type { Connection } from '../stack/connection.ts';
import { statusOf } from '../stack/read-status.ts';
import type { FunctionView, StageView } from './api.ts';
import { triggersOf } from './triggers.ts';
import { functionNameOf } from '../template/function-name.ts';

/** What runs in the stage, and how each function is reached: by the tree, and for what it has no more by the stack. */
export async function readStageView(connection: Connection): Promise<StageView> {
  const comparison = await compareStage(connection);
  const { tree, stack } = comparison;
  const { functions, ...status } = await statusOf(connection, comparison);
  const known = new Map([...(stack?.record?.functions.values() ?? []), ...tree.functions].map((it) => [it.name, it]));
  const views = functions.map((it): FunctionView => {
    const { block = {}, references = {} } = known.get(it.name) ?? {};
    return {
      ...it,
      functionName: functionNameOf({ name: it.name, block }),
      triggers: triggersOf(block, references),
      samples: readSamples(connection.root, it.name).map(({ name }) => name),
    };
  });
  return { ...status, functions: views };
}
