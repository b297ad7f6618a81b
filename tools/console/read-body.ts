import type { IncomingMessage } from 'node:http';
import * as z from 'zod';
import { parseJson, type Json } from '../lib/json.ts';
import { Refusal } from './refusal.ts';
import type { Call } from './routes.ts';

/** Bytes: what Lambda takes as an event. (AWS Lambda quotas, "Invocation payload (request and response)".) */
const most = 6 * 1024 * 1024;

/**
 * The body of a request as JSON.
 * @throws Refusal for another type (a form of another page can send no JSON), for too much, and for what is no JSON
 */
export async function readBody(request: IncomingMessage): Promise<Json> {
  const [type = ''] = (request.headers['content-type'] ?? '').split(';');
  if (type.trim() !== 'application/json') {
    throw new Refusal(415, 'The body is not said to be JSON.', 'Send it with content-type: application/json.');
  }
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request.iterator({ destroyOnReturn: false })) {
    if (!(part instanceof Uint8Array)) continue;
    length += part.byteLength;
    if (length > most) throw new Refusal(413, 'The body is too long.', `Lambda takes ${most} bytes at most.`);
    parts.push(Buffer.from(part));
  }
  try {
    return parseJson(Buffer.concat(parts).toString('utf8'));
  } catch {
    throw new Refusal(400, 'The body is no JSON.', 'Send an object.');
  }
}

/** The body of a call, as it has to be. @throws Refusal for another, which says what is wrong */
export async function readAs<Body>({ body }: Call, schema: z.ZodType<Body>): Promise<Body> {
  const read = schema.safeParse(await body());
  if (read.success) return read.data;
  throw new Refusal(400, z.prettifyError(read.error), 'tools/console/api.ts says what is taken.');
}
