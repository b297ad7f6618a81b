import { originalPositionFor, type TraceMap } from '@jridgewell/trace-mapping';

/** Finds the map of a script of a stack, by the path that the stack has; undefined where there is none, or need be none. */
export type FindMap = (path: string) => Promise<TraceMap | undefined>;

/** `/var/task/handler.js:1:2312`, with or without brackets around it; line and column count from 1. */
const position = /(\/[^\s():]+\.js):(\d+):(\d+)/g;

/**
 * Puts the place in the sources, `functions/users/create-user.ts:12:9`, in place of each position in a stack whose script
 * has a map; the others are left as they are.
 */
export async function symbolicate(stack: string, findMap: FindMap): Promise<string> {
  const paths = new Set([...stack.matchAll(position)].map(([, path = '']) => path));
  const found = await Promise.all([...paths].map(async (path) => [path, await findMap(path)] as const));
  const maps = new Map(found);
  return stack.replace(position, (whole, path: string, line: string, column: string) => {
    const map = maps.get(path);
    if (map === undefined) return whole;
    // A map's columns count from 0.
    const place = originalPositionFor(map, { line: Number(line), column: Number(column) - 1 });
    return place.source === null ? whole : `${place.source}:${place.line}:${place.column + 1}`;
  });
}
