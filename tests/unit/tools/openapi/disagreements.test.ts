// Needs the sample domain, and goes with it: aviary begin.
import { disagreements } from '../../../support/openapi.ts';

describe('disagreements', () => {
  const error = JSON.stringify({ success: false, error: { code: 'NOT_FOUND' }, message: 'Not found.' });

  it.each([
    ['a field that the document does not have', 'GET', '/users', 200, '{"success":true,"data":{"items":[],"more":1}}'],
    ['a field that is missing', 'GET', '/users', 200, '{"success":true}'],
    ['a format that is not kept', 'GET', '/users/1', 200, '{"success":true,"data":{"id":"1"}}'],
    ['a status that the route does not have', 'GET', '/users', 201, '{"success":true,"data":{"items":[]}}'],
    ['a body where there is to be none', 'DELETE', '/users/1', 204, '{}'],
    ['an error without a code', 'GET', '/users/1', 404, '{"success":false,"error":{},"message":"x"}'],
    ['no body where there is to be one', 'GET', '/users/1', 404, ''],
    ['an error that the route does not have', 'GET', '/users/1', 409, error],
  ])('says so of %s', (_what, method, path, status, text) => {
    expect(disagreements(method, path, { status, text })).not.toEqual([]);
  });

  it.each([
    ['the correlation id', { 'content-type': 'application/json' }, 'lacks the header X-Correlation-Id'],
    ['JSON', { 'x-correlation-id': 'c-1', 'content-type': 'text/html' }, 'is text/html'],
  ])('says so of an answer without %s in its headers', (_what, headers, said) => {
    const answer = { status: 404, text: error, headers: new Headers(headers) };

    expect(disagreements('GET', '/users/1', answer)).toEqual([`GET /users/1, 404: ${said}`]);
  });

  it.each([
    ['an error of the route', 'GET', '/users/1', 404, error],
    ['a path that there is not', 'GET', '/nothing', 404, error],
    ['an answer without a body', 'DELETE', '/users/1', 204, ''],
  ])('has nothing against %s', (_what, method, path, status, text) => {
    expect(disagreements(method, path, { status, text })).toEqual([]);
  });
});
