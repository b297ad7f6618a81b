import { isList, objectAt, stringAt, textOf, type Json, type JsonObject } from '../lib/json.ts';
import type { Trigger } from './api.ts';

/** The property of an event source that says what it reads, by its type. (AWS SAM, "EventSource".) */
const sources: Readonly<Record<string, string>> = {
  SQS: 'Queue',
  SNS: 'Topic',
  Kinesis: 'Stream',
  DynamoDB: 'Stream',
  Schedule: 'Schedule',
  ScheduleV2: 'ScheduleExpression',
};

/**
 * What invokes a function, by its block in the template.
 * @param references names behind the references of the block
 */
export function triggersOf(block: JsonObject, references: Readonly<Record<string, string>>): Trigger[] {
  const events = Object.entries(objectAt(objectAt(block, 'Properties'), 'Events'));
  return events.map(([name, event]) => {
    const type = stringAt(event, 'Type') ?? 'unknown';
    const properties = objectAt(event, 'Properties');
    const [method, path] = [stringAt(properties, 'Method'), stringAt(properties, 'Path')];
    if (method !== undefined && path !== undefined) return { type, label: `${method.toUpperCase()} ${path}` };
    return { type, label: nameOf(properties[sources[type] ?? ''], references) ?? name };
  });
}

function nameOf(value: Json | undefined, references: Readonly<Record<string, string>>): string | undefined {
  if (typeof value === 'string') return value;
  const attribute = objectAt({ value: value ?? null }, 'value')['Fn::GetAtt'];
  const reference = isList(attribute) ? attribute.map(textOf).join('.') : stringAt(value, 'Ref');
  // Of an ARN that is put together from words, the name is the last one.
  return reference === undefined ? undefined : (references[reference]?.split(' ').at(-1) ?? reference);
}
