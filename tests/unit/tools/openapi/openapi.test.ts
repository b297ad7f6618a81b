import { publicError, publicErrors } from '@shared/errors/public-error';
import type { ApiDescription } from '@shared/http/api-description';
import { globSync } from 'node:fs';
import * as z from 'zod';
import { openApiDocument as build } from '../../../../tools/openapi/document.ts';
import type { DescribedApi } from '../../../../tools/openapi/described.ts';
import { isObject, objectAt, stringAt, type Json } from '../../../../tools/lib/json.ts';
import { repository } from '../../../support/engine/a-folder.ts';
import { resolvedStages } from '../../../support/engine/stages.ts';
import { disagreements, openApiDocument } from '../../../support/openapi.ts';

/** `GET /users` of each route of the template. */
const routesInTemplate = (): string[] =>
  Object.values(resolvedStages().find(({ name }) => name === 'local')?.root ?? {})
    .flatMap((block) => Object.values(objectAt(objectAt(block, 'Properties'), 'Events')))
    .filter((event) => isObject(event) && event['Type'] === 'Api')
    .map((event) => objectAt(event, 'Properties'))
    .map((route) => `${stringAt(route, 'Method')?.toUpperCase() ?? ''} ${stringAt(route, 'Path') ?? ''}`);

const routesInDocument = Object.entries(openApiDocument.paths).flatMap(([path, operations]) =>
  Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
);

const thing = z.object({ id: z.uuid(), at: z.iso.datetime() });
const api: ApiDescription = {
  responseSchemas: { Thing: thing },
  routes: {
    'POST /things/{id}': {
      summary: 'Make',
      params: z.object({ id: z.string() }),
      query: z.strictObject({
        day: z.iso.date().transform((it) => it.slice(0, 7)),
        limit: z.string().transform(Number).pipe(z.number().max(9)).default(5),
      }),
      body: z.strictObject({ name: z.string().regex(/^\P{Cc}*$/u), email: z.string().trim().max(20).pipe(z.email()) }),
      responses: { 201: { description: 'Made', data: z.object({ thing }) } },
      errors: [404],
    },
  },
};
// As the tools see it: the types are written twice, since tools import nothing that runs in Lambda.
const described: DescribedApi = api;
const accesses = { 'POST /things/{id}': { access: 'users:write' } };
const made = build({ things: { ...described, accesses } }, publicErrors());
const operation = objectAt(objectAt(objectAt(made, 'paths'), '/things/{id}'), 'post');
const parameters = operation['parameters'] as readonly Json[];

describe('docs/openapi.yaml', () => {
  it('has every route of the template, and no other', () => {
    expect(routesInDocument.sort()).toEqual(routesInTemplate().sort());
    expect(routesInDocument).not.toEqual([]);
  });

  it('has an example for every success that has a body, and it is of its schema', () => {
    for (const [path, operations] of Object.entries(openApiDocument.paths)) {
      for (const [method, { responses }] of Object.entries(operations)) {
        for (const [status, { content }] of Object.entries(responses)) {
          if (content === undefined) continue;
          const example = content['application/json']?.example;
          expect([path, method, status, typeof example]).toEqual([path, method, status, 'object']);
          const answer = { status: Number(status), text: JSON.stringify(example) };
          expect(disagreements(method.toUpperCase(), path, answer)).toEqual([]);
        }
      }
    }
  });

  it('comes from a file of each function behind the API', () => {
    const folders = globSync('functions/*/openapi.ts', { cwd: repository });

    expect(folders.length).toBe(
      new Set(
        Object.values(openApiDocument.paths)
          .flatMap((it) => Object.values(it))
          .map((it) => JSON.stringify((it as unknown as { tags: unknown }).tags)),
      ).size,
    );
  });
});

describe('openApiDocument', () => {
  it('describes what a caller sends by what it has to come out as', () => {
    const body = objectAt(objectAt(objectAt(operation, 'requestBody'), 'content'), 'application/json');

    expect(body['schema']).toEqual({
      type: 'object',
      properties: {
        // Every reader of the document knows these characters, and not every one the classes of Unicode.
        name: { type: 'string', pattern: String.raw`^[^\u0000-\u001f\u007f-\u009f]*$` },
        email: { type: 'string', maxLength: 20, format: 'email', pattern: expect.stringContaining('@') as string },
      },
      required: ['name', 'email'],
      additionalProperties: false,
    });
  });

  it('describes parameters by what they are read as, and which may be left out', () => {
    expect(parameters.slice(0, 3)).toEqual([
      { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
      // What comes out of a transformation says nothing.
      { name: 'day', in: 'query', required: true, schema: { type: 'string', format: 'date' } },
      { name: 'limit', in: 'query', required: false, schema: { type: 'number', maximum: 9, default: 5 } },
    ]);
  });

  it('puts an answer into the envelope, and refers to what has a name', () => {
    const text = JSON.stringify(objectAt(objectAt(operation, 'responses'), '201'));

    expect(text).toContain('"success":{"const":true}');
    expect(text).toContain('"thing":{"$ref":"#/components/schemas/Thing"}');
    expect(objectAt(objectAt(made, 'components'), 'schemas')).toMatchObject({ Thing: { required: ['id', 'at'] } });
  });

  it('has the errors that a route can answer with, 500 and those of the gateway', () => {
    expect(Object.keys(objectAt(operation, 'responses'))).toEqual(['201', '401', '403', '404', '500', 'default']);
    const { status, code, message } = publicError(new Error('x'));
    expect(publicErrors()).toContainEqual({ status, code, message });
  });

  it('says which scope a route needs, and nothing of authentication for a public one', () => {
    const open = build({ things: { ...described, accesses: { 'POST /things/{id}': { access: 'public' } } } }, []);
    const openOperation = objectAt(objectAt(objectAt(open, 'paths'), '/things/{id}'), 'post');

    expect(operation['security']).toEqual([{ token: ['users:write'] }]);
    expect(openOperation['security']).toEqual([]);
    expect(Object.keys(objectAt(openOperation, 'responses'))).toEqual(['201', '404', '500', 'default']);
  });

  it('refuses a description of a route that no table has', () => {
    expect(() => build({ things: { ...described, accesses: {} } }, [])).toThrow('POST /things/{id}');
  });

  it('refuses two schemas of one name', () => {
    expect(() => build({ one: { ...described, accesses }, two: { ...described, accesses } }, [])).toThrow(
      'schema Thing',
    );
  });
});
