import { readSecret, SecretShapeError } from '@shared/config/secret';
import { UnavailableError } from '@shared/errors/app-error';
import * as z from 'zod';

const schema = z.object({ key: z.string().min(4) });
const read = (text: unknown): Promise<unknown> => readSecret('the-secret', schema, () => Promise.resolve(text));

describe('readSecret', () => {
  it('gives what the schema takes of the JSON', async () => {
    await expect(read('{"key":"hunter2","more":1}')).resolves.toEqual({ key: 'hunter2' });
  });

  it.each(['hunter2', '{"key":hunter2}', '{"key":["hunter2"]}', '"hunter2"', '', undefined, new Uint8Array([1])])(
    'names the secret and nothing that is in it when it is %p',
    async (text) => {
      const failure: unknown = await read(text).catch((error: unknown) => error);

      expect(failure).toBeInstanceOf(SecretShapeError);
      expect(failure).not.toHaveProperty('cause');
      expect((failure as Error).message).toContain('the-secret');
      expect((failure as Error).message).not.toContain('hunter2');
    },
  );

  it('is unavailable when it cannot be fetched', async () => {
    const down = new Error('throttled');

    await expect(readSecret('s', schema, () => Promise.reject(down))).rejects.toMatchObject({
      name: 'UnavailableError',
      cause: down,
    });
    await expect(readSecret('s', schema, () => Promise.reject(down))).rejects.toBeInstanceOf(UnavailableError);
  });
});
