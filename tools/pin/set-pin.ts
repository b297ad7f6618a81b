import { Failure } from '../lib/failure.ts';
import type { WaitOptions } from '../lock/take-lock.ts';
import type { Pin } from '../plan/pin.ts';
import { runningFunction } from '../rollback/running-function.ts';
import type { Connection } from '../stack/connection.ts';
import { deployTemplate } from '../stack/deploy-template.ts';
import { assertDeployable, readStack } from '../stack/read-stack.ts';
import type { RunSamOptions } from '../stack/run-sam.ts';
import { withStageLock } from '../stack/stage-lock.ts';
import { composeLayerPin, composePin } from './compose-pin.ts';

/** What was done to a pin. */
export interface PinResult {
  readonly stage: string;
  readonly name: string;
  /** The release that runs, and stays. */
  readonly release: string;
  readonly pin: Pin | null;
  /** The pin that was there before, also one that has expired. */
  readonly before: Pin | null;
}

/**
 * Writes a pin of a function or layer into the stack's record, or takes it out. Nothing is built, published or moved.
 * @param pin undefined to take it out
 * @throws Failure for an unknown name, for what has no pin to take out, and where the stack cannot be updated now
 */
export async function setPin(
  connection: Connection,
  name: string,
  pin: Pin | undefined,
  options: RunSamOptions & WaitOptions,
): Promise<PinResult> {
  const { stage } = connection;
  return await withStageLock(
    connection,
    async (lock) => {
      const stack = await readStack(connection);
      const record = stack?.record;
      if (!record)
        throw new Failure(`Nothing runs in ${stage.name}.`, `Deploy: npm run deploy -- --stage ${stage.name}.`);
      const layer = [...record.layers.values()].find((it) => it.name === name);
      const running = layer ?? runningFunction(record, name);
      const before = (layer ? record.pins[layer.logicalId] : record.functions.get(running.logicalId)?.pin) ?? null;
      if (!pin && !before) {
        throw new Failure(`${name} is not pinned in ${stage.name}.`, 'npm run status shows what is.', { exitCode: 1 });
      }
      assertDeployable(stack, stage.stackName, stage.name);
      const template = layer
        ? composeLayerPin(record, layer, pin)
        : composePin(record, runningFunction(record, name), pin);
      await deployTemplate(connection, lock, record, template, options);
      return { stage: stage.name, name, release: running.release, pin: pin ?? null, before };
    },
    options,
  );
}
