import { deployStage, type DeployOptions, type DeployResult } from '../stack/deploy-stage.ts';
import type { Connection } from '../stack/connection.ts';
import { deployTemplate } from '../stack/deploy-template.ts';
import { readStack, type DeployedStack } from '../stack/read-stack.ts';
import { withStageLock } from '../stack/stage-lock.ts';
import { previewStage } from '../template/preview-stage.ts';
import { removePreview } from './remove-preview.ts';

export interface PreviewRequest {
  readonly name: string;
  /** The last day that it is asked for, in UTC, such as `2026-12-24`. */
  readonly expires: string;
}

/**
 * Makes a preview, or brings it to what the tree has, and sets its last day anew. One that was never made whole is made
 * again from nothing, as nobody has data there.
 * @param base connection to the block that previews are made from
 * @throws Failure as {@link deployStage}
 */
export async function putUp(
  base: Connection,
  { name, expires }: PreviewRequest,
  options: DeployOptions,
): Promise<DeployResult> {
  const stage = previewStage(base.stage, name, [`expires=${expires}`]);
  const connection = { ...base, stage };
  const stack = await readStack(connection);
  if (wasNeverWhole(stack))
    await options.step(`Removing what failed of ${stage.stackName}`, () => removePreview(connection));
  const result = await deployStage(connection, options);
  if (!result.deployed) {
    await options.step(`Keeping it until ${expires}`, () => renew(connection, options));
  }
  return result;
}

function wasNeverWhole(stack: DeployedStack | undefined): boolean {
  if (!stack || stack.status === 'REVIEW_IN_PROGRESS') return false;
  return stack.record === undefined || stack.status === 'DELETE_FAILED';
}

/** Deploys what runs once more: only the tags of the stack are other ones. */
async function renew(connection: Connection, options: DeployOptions): Promise<void> {
  await withStageLock(connection, async (lock) => {
    const record = (await readStack(connection))?.record;
    if (record) await deployTemplate(connection, lock, record, record.template, options);
  });
}
