/** A resource by the name that CloudFormation knows it by: `Queue`, or `<name of the nested stack>.Queue`. */
export interface NamedResource {
  readonly id: string;
  readonly type: string;
}

export interface FailedResource extends NamedResource {
  readonly reason: string;
}

/** A function whose alias is not where the stack has it. */
export interface MovedAlias {
  readonly name: string;
  /** Physical name. */
  readonly functionName: string;
  /** Number of the version that has its traffic. */
  readonly runs: string;
  /** Number of the version that the stack says. */
  readonly should: string;
  /** The first digits of the releases; undefined where a version has none. */
  readonly runsRelease: string | undefined;
  readonly shouldRelease: string;
  /** Other versions that get a share of its traffic. */
  readonly beside: readonly string[];
  /** What the alias was when it was read. */
  readonly revision: string | undefined;
}

/** A deployment of CodeDeploy that goes on, though the stack waits for none. */
export interface HangingDeployment {
  readonly id: string;
  readonly group: string;
}

/** All of a stage that may be in need of mending. */
export interface Situation {
  readonly stackName: string;
  /** CloudFormation's word; undefined where there is no stack. */
  readonly status: string | undefined;
  /** Resources that could not be taken back, or deleted, with CloudFormation's reasons. */
  readonly failed: readonly FailedResource[];
  /** Names of change sets of SAM that nobody will execute. */
  readonly changeSets: readonly string[];
  readonly deployments: readonly HangingDeployment[];
  readonly aliases: readonly MovedAlias[];
}
