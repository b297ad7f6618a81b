import type { ApiDescription } from '@shared/http/api-description';
import * as z from 'zod';
import { listQuery, userInput, userParams } from './schema.ts';

const user = z.object({
  id: z.uuid(),
  email: z.email(),
  name: z.string().min(1).max(200),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
const page = z.object({ items: z.array(user), nextCursor: z.string().optional() });

const input = { email: 'ada@example.com', name: 'Ada Lovelace' };
const example = {
  id: '7c1e4a52-3c86-4a0b-9d5e-5f2f3b8f0a11',
  ...input,
  createdAt: '2025-06-01T12:00:00.000Z',
  updatedAt: '2025-06-01T12:00:00.000Z',
};
const ownAlone = 'Another than oneself is not found without `admin`.';
const found = { description: 'The user', data: user, example };

/** What the OpenAPI document says of the users. */
export const api: ApiDescription = {
  requestSchemas: { UserInput: userInput },
  responseSchemas: { User: user, UserPage: page },
  routes: {
    'GET /users': {
      summary: 'List users',
      description: 'Oldest first, page by page; or with `email` the one user who has that address. For `admin` alone.',
      query: listQuery,
      responses: { 200: { description: 'A page', data: page, example: { items: [example] } } },
      errors: [400, 503],
    },
    'POST /users': {
      summary: 'Create a user',
      description:
        'The profile of the caller, under the id of the caller; with `admin` that of somebody else, with a new id.',
      body: userInput,
      bodyExample: input,
      responses: { 201: { ...found, headers: { Location: 'Path of the user' } } },
      errors: [400, 409, 413, 415, 503],
    },
    'GET /users/{id}': {
      summary: 'Read a user',
      description: ownAlone,
      params: userParams,
      responses: { 200: found },
      errors: [400, 404, 503],
    },
    'PUT /users/{id}': {
      summary: 'Replace e-mail address and name of a user',
      description: ownAlone,
      params: userParams,
      body: userInput,
      bodyExample: input,
      responses: { 200: found },
      errors: [400, 404, 409, 413, 415, 503],
    },
    'DELETE /users/{id}': {
      summary: 'Delete a user',
      description: `The e-mail address is free again. ${ownAlone}`,
      params: userParams,
      responses: { 204: { description: 'It is gone' } },
      errors: [400, 404, 503],
    },
  },
};
