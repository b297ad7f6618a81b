import { isList, objectAt, textOf, type Json } from '../../lib/json.ts';

/** What AWS allows, and what the repository asks of itself. */
export const limits = {
  /** Resources in one CloudFormation stack. */
  resources: 500,
  /** Bytes of names and values of one function's environment. */
  environment: 4096,
  /** Bytes of a function's own code: a budget, not a limit of AWS. */
  code: 50 * 1024,
} as const;

/** Bytes of a function's environment; a value that only CloudFormation knows counts as it stands in the template. */
export function environmentBytes(block: Json): number {
  const variables = objectAt(objectAt(objectAt(block, 'Properties'), 'Environment'), 'Variables');
  const sizes = Object.entries(variables).map(
    ([name, value]) => Buffer.byteLength(name) + Buffer.byteLength(textOf(value)),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Resources of a template. One in a loop (`Fn::ForEach`) counts once, since only CloudFormation knows how often it runs. */
export function countResources(template: Json): number {
  return Object.entries(objectAt(template, 'Resources')).reduce((sum, [id, block]) => {
    if (!id.startsWith('Fn::ForEach') || !isList(block)) return sum + 1;
    return sum + countResources({ Resources: block[2] ?? {} });
  }, 0);
}
