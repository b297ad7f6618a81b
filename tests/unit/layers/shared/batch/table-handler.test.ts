import { createTableHandler } from '@shared/batch/table-handler';
import * as z from 'zod';
import { lambdaContext } from '../../../../support/runtime/lambda-context.ts';
import { memoryPark } from '../../../../support/runtime/memory-park.ts';
import { recordedTelemetry } from '../../../../support/runtime/recorded-telemetry.ts';
import { recordOf } from '../../../../support/runtime/stream-records.ts';

const change = z.object({ dynamodb: z.object({ NewImage: z.object({ name: z.object({ S: z.string() }) }) }) });

/** A handler that keeps the names it is given, and fails on `bad`. */
function handling() {
  const seen: string[] = [];
  const parking = memoryPark();
  const telemetry = recordedTelemetry();
  const handler = createTableHandler(telemetry, parking.park, change, async ({ dynamodb }) => {
    await Promise.resolve();
    const name = dynamodb.NewImage.name.S;
    seen.push(name);
    if (name === 'bad') throw new Error('bad');
  });
  const send = (...items: Record<string, unknown>[]) => {
    const Records = items.map(recordOf);
    return { Records, result: handler({ Records }, lambdaContext()) };
  };
  return { seen, parking, telemetry, send };
}

describe('createTableHandler', () => {
  it('handles the changes one after the other', async () => {
    const { seen, telemetry, send } = handling();

    await expect(send({ name: 'one' }, { name: 'two' }).result).resolves.toEqual({ batchItemFailures: [] });

    expect(seen).toEqual(['one', 'two']);
    expect(telemetry.published).toEqual([['SuccessCount', 'SuccessCount']]);
  });

  it('stops at the first that fails, and reports it under its own id', async () => {
    const { seen, telemetry, send } = handling();

    const { Records, result } = send({ name: 'one' }, { name: 'bad' }, { name: 'three' });

    await expect(result).resolves.toEqual({
      batchItemFailures: [{ itemIdentifier: Records[1]?.dynamodb?.SequenceNumber }],
    });
    expect(seen).toEqual(['one', 'bad']);
    expect(telemetry.lines[0]).toMatchObject({ log_code: 'INVOCATION_FAILED', record_id: Records[1]?.eventID });
    expect(telemetry.published).toEqual([['SuccessCount', 'ErrorCount']]);
  });

  it('parks what the schema does not take, as it came, and goes on', async () => {
    const { seen, parking, send } = handling();

    const { Records, result } = send({ name: 7 }, { name: 'two' });

    await expect(result).resolves.toEqual({ batchItemFailures: [] });
    expect(seen).toEqual(['two']);
    expect(parking.parked).toMatchObject([
      { body: JSON.stringify(Records[0]), cause: 'NOT_AN_EVENT', detail: 'dynamodb.NewImage.name.S' },
    ]);
  });

  it('gives a change back that cannot be parked', async () => {
    const { parking, send } = handling();
    parking.broken = true;

    await expect(send({ name: 7 }).result).resolves.toMatchObject({ batchItemFailures: [expect.anything()] });
  });
});
