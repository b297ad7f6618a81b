import type { Json } from './schema.ts';

/**
 * Where an answer is not what was expected of it: the path of the first field that is missing or another, such as
 * `statusCode`; undefined where all of it is there. What the answer has more is no difference. Values are not told: an
 * answer of production holds data of people.
 */
export function findDifference(expected: Json, answer: Json | undefined, path = 'the answer'): string | undefined {
  if (typeof expected !== 'object' || expected === null) return answer === expected ? undefined : path;
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer) !== Array.isArray(expected)) return path;
  if (Array.isArray(expected) && Array.isArray(answer) && expected.length !== answer.length) return path;
  const found = new Map(Object.entries(answer));
  for (const [key, value] of Object.entries(expected)) {
    const difference = findDifference(value, found.get(key), path === 'the answer' ? key : `${path}.${key}`);
    if (difference !== undefined) return difference;
  }
  return undefined;
}
