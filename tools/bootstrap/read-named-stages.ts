import { join } from 'node:path';
import { Failure } from '../lib/failure.ts';
import { objectAt, stringAt } from '../lib/json.ts';
import { previewBlock } from '../template/preview-stage.ts';
import { localStage, readPreviewBlock, readStage, readStages } from '../template/read-stages.ts';
import { readTemplate } from '../template/read-template.ts';
import type { NamedStage } from './plan-bootstrap.ts';

/**
 * The stages that are in an account, with the name that stands before all of their names. Previews are prepared for where
 * they are asked for: whoever may push a branch deploys what is in it.
 * @param only the one that is asked for
 * @throws Failure for the local stage, for an unknown one, and where there is no name
 */
export function readNamedStages(root: string, only: string | undefined): NamedStage[] {
  if (only === localStage) {
    throw new Failure(
      'The local stage runs on this machine, and needs no account.',
      'Name another one: --stage staging.',
    );
  }
  const stages =
    only === undefined
      ? [...readStages(root).values()].filter(({ name }) => name !== localStage)
      : [only === previewBlock ? readPreviewBlock(root) : readStage(root, only)];
  const declared = objectAt(readTemplate(join(root, 'template.yaml'), 'template.yaml'), 'Parameters');
  const fallback = stringAt(objectAt(declared, 'App'), 'Default');
  return stages.map((stage) => {
    const app = stage.parameters['App'] ?? fallback;
    if (app !== undefined) return { stage, app };
    throw new Failure('The parameter App has no value.', 'Give it a Default in template.yaml.');
  });
}
