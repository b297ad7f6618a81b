import { BundleCache } from './bundle-cache.ts';
import { bundleFunctions, type Buildable, type Bundle } from './bundle-functions.ts';

/**
 * As `bundleFunctions`, of all functions of a tree: those of which nothing has changed since they were bundled last in this
 * clone are not bundled again.
 * @param now milliseconds since 1970, by the clock of the file system
 * @throws Failure as `bundleFunctions`
 */
export async function readBundles(
  functions: readonly Buildable[],
  root: string,
  now = Date.now(),
): Promise<Map<string, Bundle>> {
  const cache = new BundleCache(root, now);
  const bundles = new Map<string, Bundle>();
  const open: Buildable[] = [];
  for (const source of functions) {
    const found = cache.find(source);
    if (found) bundles.set(source.logicalId, found);
    else open.push(source);
  }
  const made = await bundleFunctions(open, root);
  for (const [logicalId, { bundle }] of made) bundles.set(logicalId, bundle);
  cache.keep(open, made);
  return bundles;
}
