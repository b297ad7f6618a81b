import * as z from 'zod';

/** The steps of a rotation, in the order in which Secrets Manager takes them. */
export const steps = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'] as const;

/**
 * What Secrets Manager asks for: one step of the rotation of a secret (by its ARN) to the version that the token names.
 * It has more fields, such as `RotationToken`, which only a role in another account needs.
 * (AWS Secrets Manager User Guide, "Lambda rotation functions".)
 */
export const rotationStep = z.object({
  Step: z.enum(steps),
  SecretId: z.string().min(1),
  ClientRequestToken: z.string().min(1),
});
