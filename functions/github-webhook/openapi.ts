import type { ApiDescription } from '@shared/http/api-description';
import * as z from 'zod';
import { deliveryHeaders, pingEvent, pushEvent } from './schema.ts';

const headers = deliveryHeaders.extend({ 'x-hub-signature-256': z.string().regex(/^sha256=[0-9a-f]{64}$/) });

const affected = z.union([z.object({ functions: z.array(z.string()) }), z.object({ askThePlan: z.string() })]);
const handled = z.object({ event: z.literal('push'), commit: z.string(), started: z.boolean(), affected });
const ignored = z.object({ event: z.string(), started: z.literal(false), reason: z.string() });
const ping = z.object({ event: z.literal('ping') });

/** What the OpenAPI document says of GitHub's webhook. */
export const api: ApiDescription = {
  requestSchemas: { PushEvent: pushEvent, PingEvent: pingEvent },
  routes: {
    'POST /webhooks/github': {
      summary: 'Take a delivery of GitHub',
      description: 'A push to the deployed branch starts a deployment. GitHub signs the bytes of the body.',
      headers,
      body: z.union([pushEvent, pingEvent]),
      responses: {
        200: {
          description: 'A ping, or a push with nothing to deploy',
          data: z.union([ping, handled, ignored]),
          example: { event: 'ping' },
        },
        202: {
          description: 'A deployment was started, or the event is one that nothing is made for',
          data: z.union([handled, ignored]),
          example: {
            event: 'push',
            commit: '6f1d8e0c2b7a4935e1f0a9c8b7d6e5f4a3b2c1d0',
            started: true,
            affected: { functions: ['users'] },
          },
        },
      },
      errors: [400, 401, 409, 413, 415, 503],
    },
  },
};
