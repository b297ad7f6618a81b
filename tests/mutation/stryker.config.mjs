import { join } from 'node:path';
import jest from '../../jest.config.mjs';

const [unit] = jest.projects;
const [pattern, [transform, options]] = Object.entries(unit.transform)[0];
const engine = ['pin', 'plan', 'promote', 'prune', 'rollback'].map(
  (area) => `<rootDir>/tests/unit/tools/${area}/**/*.test.ts`,
);

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  mutate: ['tools/plan/*.ts', 'tools/rollback/{choose-targets,compare-releases,compose-rollback}.ts'],
  testRunner: 'jest',
  coverageAnalysis: 'perTest',
  jest: {
    // Which tests a mutant needs is known of each test; related files would be asked for again for each mutant.
    enableFindRelatedTests: false,
    // Stryker puts it over jest.config.mjs, whose other projects would run for each mutant.
    config: {
      projects: [
        {
          ...unit,
          testMatch: engine,
          // Stryker writes code that does what no type allows.
          transform: {
            ...unit.transform,
            [pattern]: [transform, { ...options, diagnostics: false, isolatedModules: true }],
          },
        },
      ],
    },
  },
  disableTypeChecks: false,
  ignorePatterns: ['.aviary', '.aws-sam', 'coverage', 'docs', 'functions', 'benchmarks', 'infra'],
  tempDirName: join('.aviary', 'mutation', 'sandbox'),
  reporters: ['progress-append-only', 'clear-text', 'html', 'json'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  htmlReporter: { fileName: '.aviary/mutation/report.html' },
  jsonReporter: { fileName: '.aviary/mutation/report.json' },
  // What runs while a module is loaded, Stryker could only tell by running all tests for each.
  ignoreStatic: true,
  thresholds: { high: 95, low: 92, break: 90 },
};
