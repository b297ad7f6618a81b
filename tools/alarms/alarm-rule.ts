/**
 * What an alarm can be about. A function is of several kinds: `function`, or `authorizer` where the gateway asks it; `http`
 * where it answers requests; `batch` where a queue or a stream feeds it; `reader` where that is a stream; `hook` where
 * CodeDeploy asks it, which goes by its name and so not by its alias.
 */
export type SubjectKind =
  | 'function'
  | 'authorizer'
  | 'http'
  | 'batch'
  | 'reader'
  | 'hook'
  | 'queue'
  | 'dead-letters'
  | 'table'
  | 'index'
  | 'stream'
  | 'api'
  | 'firewall'
  | 'cache-node';

/** How bad it is; docs/runbooks/README.md says who is woken. P1 and P2 go to the critical topic, P3 to warning, P4 to info. */
export type Priority = 'P1' | 'P2' | 'P3' | 'P4';

/** One kind of alarm. In its texts `{name}`, `{table}` and `{index}` stand for those of what it is about. */
export interface AlarmRule {
  readonly of: SubjectKind;
  /** The one name for which it is made; without, all of its kind have it. */
  readonly only?: string;
  /** Last part of the alarm's name: `<app>-<name>-<alarm>-<stage>`. */
  readonly alarm: string;
  readonly priority: Priority;
  /** File under docs/runbooks, without its ending. */
  readonly runbook: string;
  /** A sentence without a full stop; `{threshold}` is the value. */
  readonly says: string;
  /** `${App}` is the namespace of the product. */
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: Readonly<Record<string, string>>;
  /** The `log_code` of the lines that are counted into the metric, where no metric says it. */
  readonly logCode?: string;
  readonly statistic: 'Sum' | 'Average' | 'Maximum' | 'p95';
  /** Seconds of a period; a multiple of 60. */
  readonly period: number;
  /** So many periods in a row have to be bad. */
  readonly periods: number;
  readonly comparison: '>' | '>=';
  /** A number in the metric's unit, or the parameter of infra/alarms.yaml that has it. */
  readonly threshold: number | string;
  readonly missing: 'notBreaching' | 'ignore';
  /** Why a period without data is taken so, and what else somebody asks who reads the rule. */
  readonly because: string;
}

/** The topic of a priority, as a parameter of infra/alarms.yaml. */
export const topicOf: Readonly<Record<Priority, 'CriticalTopicArn' | 'WarningTopicArn' | 'InfoTopicArn'>> = {
  P1: 'CriticalTopicArn',
  P2: 'CriticalTopicArn',
  P3: 'WarningTopicArn',
  P4: 'InfoTopicArn',
};
