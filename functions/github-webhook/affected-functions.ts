import { makeRe } from 'picomatch';

/** Glob patterns of the paths that each function is made from, by its name; see filters.json. */
export type Filters = Readonly<Record<string, readonly string[]>>;

/** The functions that a push may have changed, in order; or why only the plan can say. */
export type Affected = { readonly functions: readonly string[] } | { readonly askThePlan: string };

type Matches = (path: string) => boolean;

/** What is in no package and no template: a change of it deploys nothing. Everything else that is unknown might. */
const neverDeployed = ['docs/**', 'tests/**', 'benchmarks/**', '.github/**', '.ci/**', '*.md', 'LICENSE', '.gitignore'];

const isGlob = /[*?[\]{}()!+@]/;

function matcher(patterns: readonly string[]): Matches {
  // Most patterns are plain paths. One with a special character in its name is a path as well as a pattern.
  const plain = new Set(patterns);
  const globs = patterns.filter((pattern) => isGlob.test(pattern)).map((pattern) => makeRe(pattern, { dot: true }));
  return (path) => plain.has(path) || globs.some((glob) => glob.test(path));
}

/** Makes the rule from changed paths to functions; patterns are compiled once. */
export function affectedFunctions(filters: Filters): (paths: Iterable<string>) => Affected {
  const matchers = Object.entries(filters).map(([name, patterns]) => ({ name, matches: matcher(patterns) }));
  const isIrrelevant = matcher(neverDeployed);

  return (paths) => {
    const functions = new Set<string>();
    for (const path of paths) {
      const hits = matchers.filter(({ matches }) => matches(path));
      for (const { name } of hits) functions.add(name);
      // A new function, say, which the rules of this deployment do not know yet.
      if (hits.length === 0 && !isIrrelevant(path)) return { askThePlan: 'a path belongs to no function' };
    }
    return { functions: [...functions].sort() };
  };
}
