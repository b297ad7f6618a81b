import { MethodNotAllowedError, NotFoundError } from '@shared/errors/app-error';
import { findRoute } from '@shared/http/route-table';

const [list, create, one] = ['list', 'create', 'one'];
const routes = { 'GET /users': list, 'POST /users': create, 'GET /users/{id}': one };

describe('findRoute', () => {
  it('finds the handler of a method and resource', () => {
    expect(findRoute(routes, 'POST', '/users')).toBe(create);
    expect(findRoute(routes, 'GET', '/users/{id}')).toBe(one);
  });

  it('refuses a resource that no route has', () => {
    expect(() => findRoute(routes, 'GET', '/orders')).toThrow(NotFoundError);
  });

  it('refuses a method that the resource does not take, and names those that it takes', () => {
    expect(() => findRoute(routes, 'DELETE', '/users')).toThrow(new MethodNotAllowedError(['GET', 'POST']));
  });

  it.each(['__proto__', 'constructor', 'toString'])('finds nothing under the method %s', (method) => {
    expect(() => findRoute(routes, method, '/users')).toThrow(MethodNotAllowedError);
  });
});
