import { MethodNotAllowedError, NotFoundError } from '@shared/errors/app-error';
import type { ApiRequest } from '@shared/http/api-request';
import type { ApiResponse } from '@shared/http/respond';

/** Answers one route. */
export type RouteHandler = (request: ApiRequest) => Promise<ApiResponse>;

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** The routes of a function, by method and resource as the template writes them: `'GET /users/{id}'`. */
export type Routes = Readonly<Record<`${Method} /${string}`, RouteHandler>>;

/**
 * Finds the handler of a method and resource. The gateway has matched the path already, so this is a look-up and no
 * second matching that could differ (base paths, double slashes, encoded characters).
 * @throws {NotFoundError} when no route has the resource
 * @throws {MethodNotAllowedError} when another method has it
 */
export function findRoute(routes: Routes, method: string, resource: string): RouteHandler {
  const methods = new Map<string, RouteHandler>();
  for (const [key, handler] of Object.entries(routes)) {
    const [routeMethod = '', routeResource] = key.split(' ');
    if (routeResource === resource) methods.set(routeMethod, handler);
  }
  const found = methods.get(method);
  if (found !== undefined) return found;
  if (methods.size === 0) throw new NotFoundError(`No route for ${resource}`);
  throw new MethodNotAllowedError([...methods.keys()]);
}
