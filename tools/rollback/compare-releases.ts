import { objectAt, type JsonObject } from '../lib/json.ts';
import { functionReasons, type Reason } from '../plan/reasons.ts';
import type { RecordedFunction } from '../plan/record.ts';
import { withoutRecord } from '../plan/recorded-block.ts';

/** What changed from one release of a function to another: files, packages, configuration. Nothing for the same one. */
export function compareReleases(before: RecordedFunction, after: RecordedFunction): Reason[] {
  if (before.release === after.release) return [];
  return functionReasons(bare(after), bare(before), undefined);
}

function bare(it: RecordedFunction): RecordedFunction {
  return { ...it, block: withoutLayers(withoutRecord(it.block)) };
}

/** Which version of a layer it was says nothing: what differs in it is among the files and packages. */
function withoutLayers(block: JsonObject): JsonObject {
  const { Layers: _, ...properties } = objectAt(block, 'Properties');
  return { ...block, Properties: properties };
}
