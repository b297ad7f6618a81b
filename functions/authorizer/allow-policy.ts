import { callerContext, type Caller } from '@shared/auth/caller';
import type { APIGatewayAuthorizerResult } from 'aws-lambda';

/**
 * Lets a caller through to the whole API of the stage. Never to one path: the gateway keeps this answer for minutes and
 * uses it for any path that the token is sent to, where it would then refuse what is allowed. What a caller may do is for
 * the functions to judge (docs/decisions/0016).
 */
export function allowPolicy(methodArn: string, caller: Caller): APIGatewayAuthorizerResult {
  const [api = '', stage = ''] = methodArn.split('/');
  return {
    principalId: caller.userId,
    policyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: `${api}/${stage}/*` }],
    },
    context: callerContext(caller),
  };
}
