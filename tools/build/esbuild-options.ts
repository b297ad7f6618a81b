import type { BuildOptions } from 'esbuild';
import { Failure } from '../lib/failure.ts';
import { isList, textOf, type Json, type JsonObject } from '../lib/json.ts';

/**
 * The options that `sam build` gives to esbuild for a function's `Metadata.BuildProperties`, so that a bundle made in
 * memory has the bytes of the package. (Source: aws-lambda-builders, workflows/nodejs_npm_esbuild/esbuild.py.)
 * @throws Failure for a property that Aviary does not know: guessing would make "what changed" wrong
 */
export function esbuildOptions(properties: JsonObject, logicalId: string): BuildOptions {
  const options: BuildOptions = { bundle: true, platform: 'node', target: 'es2020', format: 'cjs', minify: true };
  for (const [name, value] of Object.entries(properties)) {
    const set = Object.hasOwn(setters, name) ? setters[name] : undefined;
    if (!set) {
      throw new Failure(
        `template.yaml: ${logicalId} has the build property ${name}, which Aviary does not know.`,
        `It knows ${Object.keys(setters).join(', ')}; another is a line in tools/build/esbuild-options.ts.`,
      );
    }
    set(options, value, logicalId);
  }
  return options;
}

type Setter = (options: BuildOptions, value: Json, logicalId: string) => void;

const setters: Readonly<Record<string, Setter>> = {
  // Named per function, outside the options.
  EntryPoints: () => undefined,
  Minify: (options, value) => {
    options.minify = value === true;
  },
  MinifyWhitespace: (options, value) => {
    options.minifyWhitespace = value === true;
  },
  MinifySyntax: (options, value) => {
    options.minifySyntax = value === true;
  },
  MinifyIdentifiers: (options, value) => {
    options.minifyIdentifiers = value === true;
  },
  KeepNames: (options, value) => {
    options.keepNames = value === true;
  },
  Target: (options, value) => {
    options.target = textOf(value);
  },
  Format: (_options, value, logicalId) => {
    if (value !== 'cjs') {
      throw new Failure(
        `template.yaml: ${logicalId} has Format ${textOf(value)}.`,
        'Only cjs finds the packages of a layer: `import` does not read NODE_PATH.',
      );
    }
  },
  External: (options, value) => {
    options.external = texts(value);
  },
  MainFields: (options, value) => {
    options.mainFields = texts(value).flatMap((text) => text.split(','));
  },
  Packages: (options, value) => {
    options.packages = value === 'external' ? 'external' : 'bundle';
  },
  Sourcemap: (_options, value, logicalId) => {
    if (value !== false) {
      throw new Failure(
        `template.yaml: ${logicalId} has a source map in its package.`,
        'Take Sourcemap out: SAM then switches on --enable-source-maps, which costs each cold start 60 ms and more.',
      );
    }
  },
};

function texts(value: Json): string[] {
  return isList(value) ? value.map(textOf) : [textOf(value)];
}
