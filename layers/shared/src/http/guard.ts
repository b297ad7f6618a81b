import { provedCaller, requireScope } from '@shared/auth/caller';
import { apiRequest } from '@shared/http/api-request';
import type { ApiResponse } from '@shared/http/respond';
import type { Route } from '@shared/http/route-table';
import type { APIGatewayProxyEvent } from 'aws-lambda';

/** Answers an event of a route. */
export type GuardedRoute = (event: APIGatewayProxyEvent, correlationId: string) => Promise<ApiResponse>;

/**
 * Lets through to a protected route only who has its scope. A route that the template has left without its authorizer
 * lets nobody through, for then nothing says who calls.
 * @returns what throws UnauthorizedError (401) or ForbiddenError (403), before anything else of the request is looked at
 */
export function guard<Dependencies>(route: Route<Dependencies>, dependencies: Dependencies): GuardedRoute {
  if (route.access === 'public') {
    const answer = route.handle(dependencies);
    return async (event, correlationId) => answer(apiRequest(event, correlationId));
  }
  const { access } = route;
  const answer = route.handle(dependencies);
  return async (event, correlationId) => {
    const caller = provedCaller(event.requestContext.authorizer);
    requireScope(caller, access);
    return answer({ ...apiRequest(event, correlationId), caller });
  };
}
