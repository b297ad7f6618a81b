import * as z from 'zod';
import { Failure } from '../lib/failure.ts';
import type { Json } from '../lib/json.ts';
import { changes, planVersion, type Plan } from './plan.ts';
import { reasonKinds } from './reasons.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/);

const planFile = z.strictObject({
  version: z.literal(planVersion),
  stage: z.string().min(1),
  commit: z.string().min(1),
  deployed: hash.nullable(),
  uniform: z.boolean(),
  only: z.array(z.string().min(1)).nullable(),
  rebuild: z.boolean(),
  items: z.array(
    z.strictObject({
      name: z.string().min(1),
      kind: z.enum(['function', 'layer', 'resource']),
      change: z.enum(changes),
      reasons: z.array(z.strictObject({ kind: z.enum(reasonKinds), detail: z.string() })),
      code: hash.nullable(),
      release: hash.nullable(),
      running: hash.nullable(),
    }),
  ),
});

/**
 * Reads a plan that `aviary plan --json` wrote.
 * @throws Failure for another version, and for what is no plan
 */
export function parsePlan(value: Json, name: string): Plan {
  const { data: head } = z.looseObject({ version: z.number() }).safeParse(value);
  if (head && head.version !== planVersion) {
    throw new Failure(
      `${name} is a plan of version ${head.version}, known is ${planVersion}.`,
      'Make it anew with this version: npm run plan -- --json.',
    );
  }
  const { data, error } = planFile.safeParse(value);
  if (data) return data;
  const [issue] = error.issues;
  throw new Failure(
    `${name} is no plan: ${issue ? `${issue.path.join('.') || 'its form'}: ${issue.message}` : 'its form'}.`,
    'Make one with: npm run plan -- --json > plan.json.',
  );
}
