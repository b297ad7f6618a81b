import { esbuildOptions } from '../../../../tools/build/esbuild-options.ts';
import type { JsonObject } from '../../../../tools/lib/json.ts';
import { failureOf } from '../../../support/engine/failure-of.ts';

const optionsOf = (properties: JsonObject): unknown => esbuildOptions(properties, 'Users');
const defaults = { bundle: true, platform: 'node', target: 'es2020', format: 'cjs', minify: true };

describe('esbuildOptions', () => {
  it("has SAM's defaults", () => {
    expect(optionsOf({ EntryPoints: ['handler.ts'] })).toEqual(defaults);
  });

  it.each<[JsonObject, object]>([
    [{ Minify: false }, { minify: false }],
    [{ Minify: true }, { minify: true }],
    [{ MinifyWhitespace: true }, { minifyWhitespace: true }],
    [{ MinifySyntax: true }, { minifySyntax: true }],
    [{ MinifyIdentifiers: false }, { minifyIdentifiers: false }],
    [{ KeepNames: true }, { keepNames: true }],
    [{ KeepNames: false }, { keepNames: false }],
    [{ Target: 'node24' }, { target: 'node24' }],
    [{ Format: 'cjs' }, {}],
    [{ External: ['@shared/*', 'pg'] }, { external: ['@shared/*', 'pg'] }],
    [{ External: '@shared/*' }, { external: ['@shared/*'] }],
    [{ MainFields: 'module,main' }, { mainFields: ['module', 'main'] }],
    [{ MainFields: ['module', 'main'] }, { mainFields: ['module', 'main'] }],
    [{ Packages: 'external' }, { packages: 'external' }],
    [{ Packages: 'bundle' }, { packages: 'bundle' }],
    [{ Sourcemap: false }, {}],
  ])('reads %j', (properties, expected) => {
    expect(optionsOf(properties)).toEqual({ ...defaults, ...expected });
  });

  it.each<[JsonObject, RegExp]>([
    [{ Splitting: true }, /^template\.yaml: Users has the build property Splitting, which Aviary does not know\.$/],
    [{ constructor: true }, /has the build property constructor/],
    [{ Sourcemap: true }, /^template\.yaml: Users has a source map in its package\.$/],
    [{ Sourcemap: 'linked' }, /has a source map/],
    [{ Format: 'esm' }, /^template\.yaml: Users has Format esm\.$/],
  ])('refuses %j', (properties, said) => {
    expect(failureOf(() => optionsOf(properties)).problem).toMatch(said);
  });

  it('names the properties that it knows, where it knows one not', () => {
    expect(failureOf(() => optionsOf({ Loader: ['.html=text'] })).next).toContain('EntryPoints, Minify, ');
  });
});
