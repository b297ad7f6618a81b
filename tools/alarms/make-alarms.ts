import type { AlarmRule } from './alarm-rule.ts';
import { alarmRules } from './alarm-rules.ts';
import type { Subject } from './find-subjects.ts';

/** A rule about one thing. */
export interface Alarm {
  /** Logical id, letters and digits. */
  readonly id: string;
  readonly rule: AlarmRule;
  readonly subject: Subject;
}

/** Every alarm of these subjects: those of one stand together. */
export function makeAlarms(subjects: readonly Subject[]): Alarm[] {
  return subjects.flatMap((subject) =>
    alarmRules
      .filter((rule) => isMeant(rule, subject))
      .map((rule) => ({ id: `${pascal(subject.name)}${pascal(rule.alarm)}`, rule: lookedAt(rule, subject), subject })),
  );
}

/** A hook is asked by its name alone, so nothing is counted of its alias. */
function lookedAt(rule: AlarmRule, { kinds }: Subject): AlarmRule {
  if (!kinds.includes('hook')) return rule;
  const { Resource: _alias, ...dimensions } = rule.dimensions;
  return { ...rule, dimensions };
}

function isMeant({ of, only, alarm }: AlarmRule, { kinds, name }: Subject): boolean {
  // What the authorizer fails with on purpose is no error.
  if (of === 'function' && alarm === 'errors' && kinds.includes('authorizer')) return false;
  return kinds.includes(of) && (only === undefined || only === name);
}

/** `order-stream` is `OrderStream`. */
const pascal = (name: string): string =>
  name.replace(/(?:^|-)([a-z0-9])/g, (_whole, first: string) => first.toUpperCase());
