import * as z from 'zod';

/** What API Gateway sends to a Lambda authorizer of type REQUEST, as far as it is used. */
export const authorizerRequest = z.object({
  /** `arn:aws:execute-api:<region>:<account>:<api>/<stage>/<method>/<path>` */
  methodArn: z.string().regex(/^arn:[\w-]+:execute-api:[^/]+\/[^/]+\//),
  multiValueHeaders: z.record(z.string(), z.array(z.string())),
  requestContext: z.object({
    /** Not sent by the local cloud. */
    requestId: z.string().optional(),
    identity: z.object({ sourceIp: z.string().min(1).max(128) }),
  }),
});
export type AuthorizerRequest = z.infer<typeof authorizerRequest>;

/**
 * The header of a token. `jku`, `x5u`, `jwk` and `x5c` are not among it: a token does not say which key it is good for
 * beyond the name of one that its issuer has. Critical extensions (RFC 7515, 4.1.11) are refused by jose.
 */
export const tokenHeader = z.object({
  alg: z.string(),
  kid: z.string().min(1).max(256),
  typ: z
    .string()
    .regex(/^(?:application\/)?(?:at\+)?jwt$/i)
    .optional(),
});

const words = z.union([z.string().transform((text) => text.split(' ')), z.array(z.string())]);

/** The claims of a token that are used; `scope` is that of RFC 9068, the two others are those of identity providers. */
export const tokenClaims = z.object({
  iss: z.string(),
  sub: z.string().min(1).max(255),
  exp: z.number().min(0),
  scope: words.optional(),
  scp: words.optional(),
  permissions: words.optional(),
});
export type TokenClaims = z.infer<typeof tokenClaims>;
