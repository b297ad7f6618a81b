import type { ApiDescription } from '@shared/http/api-description';
import * as z from 'zod';

const health = z.object({
  status: z.enum(['ok', 'failing']),
  stage: z.string(),
  release: z.string(),
  commit: z.string(),
  version: z.string(),
  checks: z.array(z.object({ name: z.string(), ok: z.boolean(), ms: z.int().min(0) })),
});

const deployment = { stage: 'local', release: '2fd9c3a1b0e4', commit: '9d75be457e5b', version: '1' };

/** What the OpenAPI document says of the health check. */
export const api: ApiDescription = {
  responseSchemas: { Health: health },
  routes: {
    'GET /health': {
      summary: 'Say whether the API is well, and which release answers',
      responses: {
        200: {
          description: 'All that it depends on answers',
          data: health,
          example: { status: 'ok', ...deployment, checks: [{ name: 'table', ok: true, ms: 4 }] },
        },
        503: {
          description: 'Something that it depends on does not answer',
          data: health,
          example: { status: 'failing', ...deployment, checks: [{ name: 'table', ok: false, ms: 2000 }] },
          error: { code: 'UNHEALTHY', message: 'A dependency does not answer.' },
        },
      },
      errors: [400],
    },
  },
};
