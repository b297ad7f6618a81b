import { bundleFunctions, type Buildable, type Bundle } from '../../../tools/build/bundle-functions.ts';

/** The bundle of each function, by logical id, all bundled anew. */
export async function bundlesOf(functions: readonly Buildable[], root: string): Promise<Map<string, Bundle>> {
  return new Map([...(await bundleFunctions(functions, root))].map(([logicalId, { bundle }]) => [logicalId, bundle]));
}
