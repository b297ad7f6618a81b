import { objectAt, sha256, type JsonObject } from '../lib/json.ts';
import type { Pin } from '../plan/pin.ts';
import type { RecordedFunction, RecordedLayer, StackRecord } from '../plan/record.ts';

/** The deployed template with a function's pin in its record, or without the one that it had. Nothing else differs. */
export function composePin(
  { template }: StackRecord,
  { logicalId, block }: RecordedFunction,
  pin: Pin | undefined,
): JsonObject {
  const { pin: _, ...own } = objectAt(objectAt(block, 'Metadata'), 'Aviary');
  return withRecord(template, { logicalId, block }, pin === undefined ? own : { ...own, pin: { ...pin } });
}

/**
 * The deployed template with a layer's pin in the record of the stack, or without the one that it had. CloudFormation does
 * not take a change of a template's Metadata alone, so a function's record has the hash of all pins.
 */
export function composeLayerPin(
  record: StackRecord,
  { logicalId }: Pick<RecordedLayer, 'logicalId'>,
  pin: Pin | undefined,
): JsonObject {
  const { [logicalId]: _, ...others } = record.pins;
  const pins = Object.fromEntries(
    Object.entries(pin === undefined ? others : { ...others, [logicalId]: pin }).map(([id, one]) => [id, { ...one }]),
  );
  const metadata = objectAt(record.template, 'Metadata');
  const { pins: _before, ...own } = objectAt(metadata, 'Aviary');
  const template = { ...record.template, Metadata: { ...metadata, Aviary: { ...own, pins } } };
  const [first] = record.functions.values();
  if (!first) return template;
  return withRecord(template, first, { ...objectAt(objectAt(first.block, 'Metadata'), 'Aviary'), pins: sha256(pins) });
}

function withRecord(
  template: JsonObject,
  { logicalId, block }: Pick<RecordedFunction, 'logicalId' | 'block'>,
  own: JsonObject,
): JsonObject {
  return {
    ...template,
    Resources: {
      ...objectAt(template, 'Resources'),
      [logicalId]: { ...block, Metadata: { ...objectAt(block, 'Metadata'), Aviary: own } },
    },
  };
}
