import { closest } from 'fastest-levenshtein';
import { Failure } from '../lib/failure.ts';
import { isList, objectAt, stringAt, type Json, type JsonObject } from '../lib/json.ts';

/** An alarm that a deploy goes on in spite of: the one that it is meant to mend. It stands in the functions' records. */
export interface Override {
  /** Its name, as CloudWatch has it. */
  readonly alarm: string;
  readonly reason: string;
}

/** Reads an override out of a record; undefined where there is none. */
export function readOverride(value: Json | undefined): Override | undefined {
  const [alarm, reason] = [stringAt(value, 'alarm'), stringAt(value, 'reason')];
  return alarm === undefined || reason === undefined ? undefined : { alarm, reason };
}

/**
 * A composed template in which the gate of each function that moves is without one alarm. A function that moves again gets
 * its block from the tree, and so its whole gate.
 * @param moving logical ids
 * @throws Failure where none of them is gated by that alarm
 */
export function despiteAlarm(template: JsonObject, moving: readonly string[], override: Override): JsonObject {
  const resources = objectAt(template, 'Resources');
  const gates = moving.map((id) => ({ id, gate: gateOf(objectAt(resources, id), resources) }));
  const gated = gates.filter(({ gate }) => gate.some(({ name }) => name === override.alarm));
  if (gated.length === 0)
    throw unknownAlarm(
      override.alarm,
      gates.flatMap(({ gate }) => gate.map(({ name }) => name)),
    );
  const changed = gated.map(({ id, gate }) => {
    const block = objectAt(resources, id);
    const Alarms = gate.filter(({ name }) => name !== override.alarm).map(({ alarm }) => alarm);
    const metadata = objectAt(block, 'Metadata');
    const properties = objectAt(block, 'Properties');
    const DeploymentPreference = { ...objectAt(properties, 'DeploymentPreference'), Alarms };
    return [
      id,
      {
        ...block,
        Metadata: { ...metadata, Aviary: { ...objectAt(metadata, 'Aviary'), despite: { ...override } } },
        Properties: { ...properties, DeploymentPreference },
      },
    ] as const;
  });
  return { ...template, Resources: { ...resources, ...Object.fromEntries(changed) } };
}

/** The alarms of a function's gate, with their names: one is named, or is a resource of the template. */
function gateOf(block: JsonObject, resources: JsonObject): { alarm: Json; name: string }[] {
  const alarms = objectAt(objectAt(block, 'Properties'), 'DeploymentPreference')['Alarms'];
  return (isList(alarms) ? alarms : []).map((alarm) => {
    const id = stringAt(alarm, 'Ref');
    const named = id === undefined ? alarm : objectAt(objectAt(resources, id), 'Properties')['AlarmName'];
    return { alarm, name: typeof named === 'string' ? named : JSON.stringify(named ?? null) };
  });
}

function unknownAlarm(alarm: string, known: readonly string[]): Failure {
  const problem = `The alarm ${alarm} gates no function that moves in this deploy.`;
  if (known.length === 0) return new Failure(problem, 'Leave out --despite-alarm: none of them has an alarm.');
  return new Failure(problem, `Did you mean ${closest(alarm, known)}? There are ${[...new Set(known)].join(', ')}.`);
}
