import type { Caller } from '@shared/auth/caller';
import { correlationHeader, correlationId } from '@shared/observability/correlation-id';
import { logCodes } from '@shared/observability/log-codes';
import { observeInvocation, type Telemetry } from '@shared/observability/observe-invocation';
import { reportFailure } from '@shared/observability/report-failure';
import type { APIGatewayAuthorizerResult, Context } from 'aws-lambda';
import { allowPolicy } from './allow-policy.ts';
import type { AuthorizerDependencies } from './dependencies.ts';
import { readToken } from './read-token.ts';
import { RefusedTokenError } from './refused-token.ts';
import { authorizerRequest, type AuthorizerRequest } from './schema.ts';
import { tellOfRefusal } from './tell-of-refusal.ts';
import { verifyToken } from './verify-token.ts';

/** A Lambda authorizer of type REQUEST. */
export type AuthorizerHandler = (event: unknown, context: Context) => Promise<APIGatewayAuthorizerResult>;

const valuesOf = ({ multiValueHeaders }: AuthorizerRequest, wanted: string): string[] =>
  Object.entries(multiValueHeaders).flatMap(([name, values]) => (name.toLowerCase() === wanted ? values : []));

/**
 * Makes the authorizer: who has a token that proves who calls is let through. For any other it throws `Unauthorized`, which
 * API Gateway answers with 401; and where it cannot be told it throws something else, which is a failure: nobody is let in.
 */
export function createAuthorizer(needs: AuthorizerDependencies, telemetry: Telemetry): AuthorizerHandler {
  const { logger, metrics } = telemetry;

  async function prove(request: AuthorizerRequest): Promise<Caller> {
    return verifyToken(readToken(valuesOf(request, 'authorization')), needs.issuers, needs.now);
  }

  async function refuse(error: unknown, { requestContext }: AuthorizerRequest, correlation: string): Promise<never> {
    if (!(error instanceof RefusedTokenError)) {
      reportFailure(telemetry, error);
      throw new Error('Whether the token is good cannot be told');
    }
    metrics.count('AuthenticationRefused');
    const { requestId, identity } = requestContext;
    logger.warn('Authentication refused', {
      log_code: logCodes.authenticationRefused,
      reason: error.message,
      // Whoever is refused is told the gateway's id of the request, and no other.
      gateway_request_id: requestId,
    });
    await tellOfRefusal(error, { source: identity.sourceIp, correlationId: correlation }, needs);
    // The only error that the gateway answers with 401. Lambda logs it: nothing else is in it.
    throw new Error('Unauthorized');
  }

  return async (event, context) => {
    const request = authorizerRequest.parse(event);
    const fallback = request.requestContext.requestId ?? context.awsRequestId;
    const correlation = correlationId(valuesOf(request, correlationHeader)[0], fallback);
    return observeInvocation(telemetry, context, correlation, async () => {
      const caller = await prove(request).catch((error: unknown) => refuse(error, request, correlation));
      metrics.count('AuthenticationSuccessful');
      metrics.count('SuccessCount');
      logger.info('Caller proved', { log_code: logCodes.callerProved, user_id: caller.userId, issuer: caller.issuer });
      return allowPolicy(request.methodArn, caller);
    });
  };
}
