import eslint from '@eslint/js';
import prettier from 'eslint-config-prettier';
import jest from 'eslint-plugin-jest';
import tseslint from 'typescript-eslint';

/** Packages that one shared module wraps; everything else imports that module. */
const wrapped = [
  { group: ['@aws-lambda-powertools/logger*'], message: 'Import @shared/observability/logger.' },
  { group: ['@aws-lambda-powertools/tracer*'], message: 'Import @shared/observability/tracer.' },
  { group: ['@aws-lambda-powertools/metrics*'], message: 'Import @shared/observability/metrics.' },
];
const neverTools = { group: ['**/tools/**'], message: 'What runs in Lambda never imports the tools.' };
const inLayer = [
  neverTools,
  { group: ['**/functions/**'], message: 'The layer never imports a function.' },
  // Each module is compiled by itself, and what it imports stays outside.
  { regex: '^\\.', message: 'A module of the layer imports another by @shared/.' },
];
const restrict = (...patterns) => ({ 'no-restricted-imports': ['error', { patterns }] });

export default tseslint.config(
  { ignores: ['node_modules/', '.aviary/', '.aws-sam/', 'coverage/'] },
  eslint.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: {
        // Named, which takes a quarter less time over all files than to have them found (`projectService`).
        project: ['tsconfig.json', 'tools/console/page/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      // To leave a member out of a copy is what rest siblings are for.
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true, argsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  {
    files: ['**/*.mjs'],
    languageOptions: {
      globals: { process: 'readonly', console: 'readonly', URL: 'readonly', setTimeout: 'readonly', fetch: 'readonly' },
    },
  },
  {
    files: ['functions/**/*.ts'],
    rules: restrict(neverTools, ...wrapped, {
      regex: '^\\.\\./',
      message: 'A function never imports another function; shared code lives in layers/shared.',
    }),
  },
  {
    files: ['layers/shared/**/*.ts'],
    rules: restrict(...inLayer, ...wrapped),
  },
  {
    files: ['layers/shared/src/observability/*.ts'],
    rules: restrict(...inLayer),
  },
  {
    files: ['tools/**/*.{ts,tsx}'],
    rules: restrict({
      group: ['@shared/*', '**/functions/**', '**/layers/shared/**'],
      message: 'The tools never import what runs in Lambda.',
    }),
  },
  {
    files: ['tests/**/*.ts'],
    extends: [jest.configs['flat/recommended']],
    rules: {
      // A test may state what it knows of a parsed body or a fake.
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'as' }],
      'jest/no-disabled-tests': 'error',
      'jest/expect-expect': ['error', { assertFunctionNames: ['expect', 'expect*', 'fc.assert'] }],
      'no-restricted-syntax': [
        'error',
        {
          selector: "CallExpression[callee.object.name='jest'][callee.property.name='mock']",
          message: 'Pass the double in.',
        },
      ],
    },
  },
  prettier,
);
