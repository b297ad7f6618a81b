import { globSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';

/** Where code and prose are that may speak of a function's files. */
const places = ['{functions,layers,tools,tests,benchmarks,docs,.github}/**/*', '*.md'];

/** These are made again from the template and the import graph. */
const generated = new Set([
  '.github/filters.yml',
  'functions/github-webhook/filters.json',
  'functions/traffic-hook/checks.json',
  'docs/openapi.yaml',
]);

/** Who speaks of the files of functions; paths from the root. */
export interface Mentions {
  /** Files that import one of them, and do not compile without it. */
  readonly imports: readonly string[];
  /** Files that name one of them otherwise: a fixture, or prose. */
  readonly names: readonly string[];
}

/**
 * Finds who speaks of the files of functions.
 * @param own the files that go, which may
 */
export function mentionsOf(functions: readonly string[], root: string, own: ReadonlySet<string>): Mentions {
  const folders = `functions/(?:${functions.join('|')})/`;
  const [spoken, imported] = [new RegExp(folders), new RegExp(`(?:from|import\\(?|require\\()\\s*'[^']*${folders}`)];
  const texts = globSync(places, { cwd: root, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:[cm]?ts|[cm]?js|json|ya?ml|py|sh|md)$/.test(entry.name))
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(root.length + 1)
        .split(sep)
        .join('/'),
    )
    .filter((path) => !generated.has(path) && !own.has(path))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
    .filter(({ text }) => spoken.test(text));
  const [names, imports] = [false, true].map((wanted) =>
    texts.filter(({ text }) => imported.test(text) === wanted).map(({ path }) => path),
  );
  return { imports: (imports ?? []).sort(), names: (names ?? []).sort() };
}
