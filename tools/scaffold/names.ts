import { Failure } from '../lib/failure.ts';

/** What a function is called where. */
export interface FunctionNames {
  /** Of its folder: `order-totals`. */
  readonly name: string;
  /** Of its resources and types: `OrderTotals`. */
  readonly pascal: string;
  /** Of its schemas: `orderTotals`. */
  readonly camel: string;
}

/**
 * What a function's folder may be called: small letters, digits and single hyphens. 31 of them at most, so that
 * `<app>-<name>-production` is no longer than the 64 that Lambda takes.
 */
export const folderName = /^(?=.{1,31}$)[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

/** Names of filters that are not of a function (tools/generate/filters.ts). */
const taken = new Set(['changes', 'code', 'docs', 'every-function']);

/** The names of a function. @throws Failure for one that no function can have */
export function functionNames(name: string): FunctionNames {
  if (!folderName.test(name)) {
    throw new Failure(
      `A function cannot be called ${JSON.stringify(name)}.`,
      'Take small letters, digits and single hyphens, 31 at most, a letter first: order-totals.',
    );
  }
  if (taken.has(name)) {
    throw new Failure(
      `No function can be called ${name}: a filter of that name means something else.`,
      'Take another.',
    );
  }
  const pascal = name.replaceAll(/(?:^|-)([a-z0-9])/g, (_whole, first: string) => first.toUpperCase());
  return { name, pascal, camel: `${pascal.slice(0, 1).toLowerCase()}${pascal.slice(1)}` };
}
