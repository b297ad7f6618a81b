import type { JsonObject } from '../lib/json.ts';
import type { DescribedError } from './described.ts';

const correlationId = { type: 'string', pattern: '^[A-Za-z0-9._-]{1,128}$' };
const correlated = { 'X-Correlation-Id': { $ref: '#/components/headers/CorrelationId' } };

/** What is the same in every document. */
export const common = {
  openapi: '3.1.0',
  info: {
    title: 'Aviary',
    version: '1',
    description: 'Written by `npm run aviary -- generate` from the schemas that the functions parse with: do not edit.',
    license: { name: 'MIT', identifier: 'MIT' },
  },
  servers: [{ url: '/', description: 'The output ApiUrl of the stack; npm start shows the one of this machine' }],
  components: {
    securitySchemes: {
      token: {
        type: 'http',
        scheme: 'bearer',
        bearerFormat: 'JWT',
        description: 'Of the identity provider of the stage, or from `npm run -s aviary -- token`',
      },
    },
    schemas: {
      Error: {
        type: 'object',
        properties: {
          success: { const: false },
          error: {
            type: 'object',
            properties: {
              code: { type: 'string' },
              details: {
                description: 'The fields that were refused',
                type: 'array',
                items: {
                  type: 'object',
                  properties: {
                    field: { type: 'string', description: 'Dotted path; empty for the whole input' },
                    message: { type: 'string' },
                  },
                  required: ['field', 'message'],
                  additionalProperties: false,
                },
              },
            },
            required: ['code'],
            additionalProperties: false,
          },
          message: { type: ['string', 'null'] },
        },
        required: ['success', 'error', 'message'],
        additionalProperties: false,
      },
    },
    responses: {
      gateway: {
        description: 'The gateway itself refused the request, as it does what has no route, or comes too often (429)',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
      },
    },
    headers: {
      CorrelationId: { description: 'Names the request in the logs', required: true, schema: correlationId },
    },
    parameters: {
      CorrelationId: {
        name: 'X-Correlation-Id',
        in: 'header',
        description:
          'Is given back, and logged, where it is 1 to 128 of letters, digits, ".", "_" and "-"; one is made where it is not',
        schema: { type: 'string' },
      },
    },
  },
} as const;

/** The headers that an error of a status has beside the common ones, and what they say. */
const headersOf: Readonly<Record<number, Readonly<Record<string, string>>>> = {
  401: { 'WWW-Authenticate': 'How to authenticate' },
  405: { Allow: 'The methods that there are' },
  429: { 'Retry-After': 'Seconds to wait' },
  503: { 'Retry-After': 'Seconds to wait' },
};

/** The response of a row of the table of errors. */
export function errorResponse({ status, code, message }: DescribedError): JsonObject {
  const own = Object.entries(headersOf[status] ?? {}).map(
    ([name, description]) => [name, { description, required: true, schema: { type: 'string' } }] as const,
  );
  return {
    description: message,
    headers: { ...Object.fromEntries(own), ...correlated },
    content: {
      'application/json': {
        schema: { $ref: '#/components/schemas/Error' },
        example: { success: false, error: { code }, message },
      },
    },
  };
}
