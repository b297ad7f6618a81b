import type { AlarmRule } from './alarm-rule.ts';
import { functionRules } from './function-rules.ts';
import { resourceRules } from './resource-rules.ts';
import { securityRules } from './security-rules.ts';

/**
 * Every kind of alarm. `aviary generate` writes infra/alarms.yaml from this list and from what the templates have, so that a
 * new function, queue or table has its alarms without an edit.
 */
export const alarmRules: readonly AlarmRule[] = [...functionRules, ...resourceRules, ...securityRules];
