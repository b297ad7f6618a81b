import * as z from 'zod';

/** The feature flags, and what each is where AppConfig has not said; infra/config.yaml has the same. */
export const flags = {
  /** Tell people of orders of unusual value as they come. Off: they are counted, and nobody is told. */
  enable_real_time_analytics: true,
  /** Keep what was read in the cache of the stage. Off: it is read each time. */
  enable_advanced_caching: true,
  /** Tell people of failed authentications and the like. Off: they are counted, and nobody is told. */
  enable_security_monitoring: true,
} as const satisfies Readonly<Record<string, boolean>>;

export type Flag = keyof typeof flags;

/** Whether a flag is on now. It never rejects. */
export type IsOn = (flag: Flag) => Promise<boolean>;

/** Flags as AppConfig gives them: `{"<flag>":{"enabled":true}}`. More of them, and attributes, may be there. */
const document = z.record(z.string(), z.looseObject({ enabled: z.boolean() }));

/**
 * Reads the flags out of what AppConfig gave.
 * @throws {ZodError} for a document of another shape
 */
export function readFlags(given: unknown): Readonly<Record<string, boolean>> {
  const found = Object.entries(document.parse(given));
  return { ...flags, ...Object.fromEntries(found.map(([flag, { enabled }]) => [flag, enabled])) };
}
