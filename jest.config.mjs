import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import typescript from 'typescript';

// tsconfig.json has the one table of short import paths; jest, tsc and esbuild all read it from there.
const { config } = typescript.readConfigFile(join(import.meta.dirname, 'tsconfig.json'), typescript.sys.readFile);
const escaped = (text) => text.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
const moduleNameMapper = Object.fromEntries(
  Object.entries(config.compilerOptions.paths).map(([alias, [target]]) => [
    `^${escaped(alias).replace('*', '(.*)')}$`,
    target.replace(/^\.\//, '<rootDir>/').replace('*', '$1'),
  ]),
);

// Jest loads CommonJS; the source is ESM for Node.js and for esbuild.
const tsconfig = {
  ...config.compilerOptions,
  module: 'CommonJS',
  moduleResolution: 'bundler',
  verbatimModuleSyntax: false,
};
const common = {
  testEnvironment: 'node',
  transform: {
    '\\.ts$': ['ts-jest', { tsconfig }],
    // Packages that are ESM alone, which Jest does not load as they are.
    'node_modules/(jose|p-throttle)/.+\\.js$': [
      'ts-jest',
      { tsconfig: { ...tsconfig, allowJs: true }, diagnostics: false },
    ],
  },
  transformIgnorePatterns: ['/node_modules/(?!(jose|p-throttle)/)'],
  moduleNameMapper,
  modulePathIgnorePatterns: ['<rootDir>/.aviary/', '<rootDir>/.aws-sam/'],
};

/** @type {import('jest').Config} */
export default {
  // Tests of the local cloud start one each, beside the SAM CLI, and wait for these a good part of the time.
  maxWorkers: Math.min(4, availableParallelism() + 1),
  // A local cloud and a deploy to it, while other tests do the same.
  testTimeout: 120_000,
  reporters: ['default', '<rootDir>/tests/support/counts-reporter.mjs'],
  projects: [
    {
      ...common,
      displayName: 'unit',
      testMatch: ['<rootDir>/tests/{unit,template,git}/**/*.test.ts'],
    },
    {
      ...common,
      displayName: 'local',
      globalSetup: '<rootDir>/tests/support/deployed-seed.mjs',
      testMatch: ['<rootDir>/tests/local/**/*.test.ts'],
    },
    // Over the API of a deployed stage: `aviary smoke --write` runs them, and nothing else does.
    ...(process.env.API_URL === undefined
      ? []
      : [{ ...common, displayName: 'smoke', testMatch: ['<rootDir>/tests/smoke/**/*.test.ts'] }]),
  ],
};
