import { isObject, stringAt, type Json } from '../lib/json.ts';

/** Why deploys leave a function or layer alone, and how long. That of a function stands in its record. */
export interface Pin {
  readonly reason: string;
  /** The last day on which it holds, in UTC, such as `2026-12-24`. */
  readonly until: string;
}

/** The day of a time, in UTC, as a pin has it. */
export const dayOf = (time: Date): string => time.toISOString().slice(0, 10);

/** The pin of a record, where it has one that still holds. */
export function activePin({ pin }: { readonly pin: Pin | undefined }, now: Date): Pin | undefined {
  return pin !== undefined && dayOf(now) <= pin.until ? pin : undefined;
}

/** Reads a pin out of a record; undefined where there is none. */
export function readPin(value: Json | undefined): Pin | undefined {
  const [reason, until] = [stringAt(value, 'reason'), stringAt(value, 'until')];
  return reason === undefined || until === undefined ? undefined : { reason, until };
}

/**
 * Pins of layers by logical id. They stand in the record of the stack and not in that of the layer: SAM makes a new version of
 * a layer whose Metadata differs.
 */
export function readLayerPins(value: Json | undefined): Record<string, Pin> {
  return Object.fromEntries(
    Object.entries(isObject(value) ? value : {}).flatMap(([id, one]): [string, Pin][] => {
      const pin = readPin(one);
      return pin ? [[id, pin]] : [];
    }),
  );
}
