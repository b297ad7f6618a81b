import type { Scope } from '@shared/auth/scopes';
import { MethodNotAllowedError, NotFoundError } from '@shared/errors/app-error';
import type { ApiRequest, CallerRequest } from '@shared/http/api-request';
import type { ApiResponse } from '@shared/http/respond';

/** Answers one route; one that asks who calls can stand on a protected route alone. */
export type RouteHandler<Request extends ApiRequest = ApiRequest> = (request: Request) => Promise<ApiResponse>;

interface PublicRoute<Dependencies> {
  readonly access: 'public';
  readonly handle: (dependencies: Dependencies) => RouteHandler;
}

interface ProtectedRoute<Dependencies> {
  /** What a token has to allow. The authorizer proves who calls; this is judged by the function itself. */
  readonly access: Scope;
  readonly handle: (dependencies: Dependencies) => RouteHandler<CallerRequest>;
}

/** Who may ask a route, and what answers. */
export type Route<Dependencies> = PublicRoute<Dependencies> | ProtectedRoute<Dependencies>;

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * The routes of a function, by method and resource as the template writes them: `'GET /users/{id}'`. The table stands in
 * `functions/<name>/routes.ts` as `<name>Routes` and needs nothing to be read, so the OpenAPI document says the same.
 */
export type Routes<Dependencies> = Readonly<Record<`${Method} /${string}`, Route<Dependencies>>>;

/**
 * Finds what a method and resource have in a table of routes. The gateway has matched the path already, so this is a
 * look-up and no second matching that could differ (base paths, double slashes, encoded characters).
 * @throws {NotFoundError} when no route has the resource
 * @throws {MethodNotAllowedError} when another method has it
 */
export function findRoute<Found>(routes: Readonly<Record<string, Found>>, method: string, resource: string): Found {
  const methods = new Map<string, Found>();
  for (const [key, route] of Object.entries(routes)) {
    const [routeMethod = '', routeResource] = key.split(' ');
    if (routeResource === resource) methods.set(routeMethod, route);
  }
  const found = methods.get(method);
  if (found !== undefined) return found;
  if (methods.size === 0) throw new NotFoundError(`No route for ${resource}`);
  throw new MethodNotAllowedError([...methods.keys()]);
}
