import * as z from 'zod';

/** What CodeDeploy asks a hook; it names neither function nor version. (CodeDeploy User Guide, "AppSpec 'hooks' section".) */
export const hookEvent = z.object({
  DeploymentId: z.string().min(1),
  LifecycleEventHookExecutionId: z.string().min(1),
});

/** What a rehearsal asks: the same of one version, of which no deployment waits to be told. */
export const rehearsalEvent = z.strictObject({ FunctionName: z.string().min(1), Version: z.string().min(1) });

/** The revision of a deployment of Lambda, as JSON: one function, and the version that is to get its traffic. */
export const appSpec = z.object({
  Resources: z
    .array(
      z.record(
        z.string(),
        z.object({ Properties: z.object({ Name: z.string().min(1), TargetVersion: z.string().min(1) }) }),
      ),
    )
    .length(1),
});

/** Any JSON. */
export const json = z.json();

/** What a version is asked, and a part of what it has to answer; a function's traffic-check.json is a list of these. */
export const trafficCheck = z.strictObject({ what: z.string().min(1), event: json, answer: json });

/** The checks of each function, by its name; two, so that the hook has the time for them. */
export const trafficChecks = z.record(z.string(), z.array(trafficCheck).min(1).max(2));

export type Json = z.infer<typeof json>;
export type TrafficCheck = z.infer<typeof trafficCheck>;
