import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import angular from 'angular-eslint';
import tseslint from 'typescript-eslint';
import { language } from './scripts/language/eslint-plugin.ts';

/*
 * What Oxlint (.oxlintrc.json) cannot say: the layers, our language, and Angular's templates. The
 * rules that need types are there, because it asks the compiler in a tenth of the time.
 */

/**
 * DESIGN §2: an arrow between layers may only point down. The compiler holds the same rule through
 * one project per layer (tsconfig/); this one gives the sentence a person can act on.
 */
function layer(folder, forbidden, message) {
  return {
    files: [`${folder}/**/*.ts`],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ regex: `(^|/)(${forbidden.join('|')})(/|$)`, message }] },
      ],
    },
  };
}

export default tseslint.config(
  {
    ignores: ['node_modules', 'dist', 'out', '.tsc', '.angular', 'test-results'],
  },
  js.configs.recommended,
  tseslint.configs.eslintRecommended,
  {
    files: ['**/*.ts'],
    languageOptions: { parser: tseslint.parser },
    plugins: { '@typescript-eslint': tseslint.plugin },
    rules: { 'no-unused-vars': 'off' },
  },
  {
    files: ['**/*.js', '**/*.mjs', '**/*.cjs'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        require: 'readonly',
        module: 'readonly',
        Buffer: 'readonly',
        AbortSignal: 'readonly',
        __filename: 'readonly',
      },
    },
  },
  layer(
    'src/models',
    ['services', 'api', 'client', 'agent', 'cli', 'app', 'electron', 'node:.*'],
    'models know neither Node nor any other layer',
  ),
  layer(
    'src/services',
    ['api', 'client', 'agent', 'cli', 'app', 'electron'],
    'services may only use models',
  ),
  layer(
    'src/services/providers',
    ['api', 'client', 'agent', 'cli', 'app', 'electron', 'sessions', 'session-service\\.ts'],
    'providers know a session, not the room that runs sessions: pass in what they need',
  ),
  layer(
    'src/api',
    ['client', 'agent', 'cli', 'app', 'electron'],
    'api may only use services and models',
  ),
  layer(
    'src/client',
    ['services', 'api', 'agent', 'cli', 'app', 'electron', 'node:.*'],
    'client may only use models',
  ),
  layer(
    'src/client/node',
    ['services', 'api', 'agent', 'cli', 'app', 'electron'],
    'the client of programs on Node may only use the client and models',
  ),
  layer(
    'src/browser',
    ['services', 'api', 'client', 'agent', 'cli', 'app', 'electron'],
    'what starts a browser may only use models',
  ),
  layer(
    'src/cli',
    ['services', 'api', 'agent', 'app', 'electron'],
    'the command talks through the client',
  ),
  layer('src/agent', ['client', 'cli', 'app', 'electron'], 'agent hosts api and services'),
  layer(
    'src/app',
    ['services', 'api', 'agent', 'cli', 'electron', 'node', 'node:.*'],
    'the window talks through the client',
  ),
  {
    files: ['src/app/**/*.ts'],
    extends: [...angular.configs.tsRecommended],
    processor: angular.processInlineTemplates,
    rules: {
      '@angular-eslint/component-selector': [
        'error',
        { type: 'element', prefix: 'stint', style: 'kebab-case' },
      ],
    },
  },
  {
    files: ['src/app/**/*.html'],
    extends: [...angular.configs.templateRecommended, ...angular.configs.templateAccessibility],
  },
  layer('electron', ['cli', 'app'], 'the desktop shell hosts the agent and talks to its app'),
  layer(
    'practice-cloud',
    ['src', 'models', 'services', 'api', 'client', 'agent', 'cli', 'app', 'electron'],
    'the practice cloud imports nothing of the product',
  ),
  {
    files: ['src/**/*.ts', 'scripts/**/*.ts', 'bin/**/*.ts', 'practice-cloud/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector:
            "ImportDeclaration[source.value='zod'][importKind!='type'] > ImportSpecifier[imported.name='z']",
          message: "import * as z from 'zod': with `z`, a bundle gets all of it, in every language",
        },
      ],
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '^electron(/|$)',
              message: 'only electron/ imports electron; elsewhere it would start its downloader',
            },
          ],
        },
      ],
    },
  },
  {
    // What waits in a test waits as long as the slowest machine needs: vi.waitFor gives up after a second,
    // Playwright's own expect after five.
    files: ['test/**/*.ts'],
    ignores: ['test/support/see.ts', 'test/electron/runtime/**'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'vi', property: 'waitFor', message: 'Use expect.poll, which has more time.' },
        { object: 'vi', property: 'waitUntil', message: 'Use expect.poll, which has more time.' },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector:
            'ImportDeclaration[source.value="@playwright/test"] ImportSpecifier[imported.name="expect"]',
          message: 'Use see of test/support/see.ts, which has more time.',
        },
      ],
    },
  },
  {
    // Pages, templates and style sheets are checked by `npm run check:language`. Fixtures were written
    // by earlier versions, or drive one.
    files: ['**/*.{ts,js,mjs,cjs}'],
    ignores: ['test/fixtures/**'],
    plugins: { stint: language },
    rules: { 'stint/banned-words': 'error' },
  },
  prettier,
);
