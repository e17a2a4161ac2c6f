import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Problem } from '../../../src/models/problem.ts';
import { sessionSchema } from '../../../src/models/session.ts';
import { importSources, type ImportSource } from '../../../src/models/import.ts';
import { settingsSchema } from '../../../src/models/settings.ts';
import { exportSetUp } from '../../../src/services/export/export-sessions.ts';
import { createImporters } from '../../../src/services/import/importers.ts';
import type { Draft } from '../../../src/services/import/draft.ts';
import type { Importer } from '../../../src/services/import/importer.ts';
import { planImport } from '../../../src/services/import/plan.ts';
import { decrypt, readEncrypted } from '../../../src/services/import/sources/leapp/decrypt.ts';
import { checkFields } from '../../../src/services/sessions/session-rules.ts';
import { anySetUp } from '../set-up.ts';
import type { FuzzTarget } from './fuzz-target.ts';
import { mutatedText } from './mutated-text.ts';

const fixture = (name: string) =>
  readFileSync(new URL(`../../fixtures/import/${name}`, import.meta.url), 'utf8');
const machineId = 'b2f0c1d4e5f60718293a4b5c6d7e8f90';
const settings = settingsSchema.parse({
  awsCredentialsFile: '/home/anna/.aws/credentials',
  awsConfigFile: '/home/anna/.aws/config',
  azureConfigDir: '/home/anna/.azure',
});

/** What the tools wrote: each file of a source by its name. */
const written: Readonly<Record<ImportSource, Readonly<Record<string, readonly string[]>>>> = {
  'aws-config': {
    config: [fixture('aws-config/config')],
    credentials: [fixture('aws-config/credentials')],
  },
  leapp: { workspace: [fixture('leapp/workspace.leapp'), leappText()] },
  'azure-cli': { profile: [fixture('azure-cli/azureProfile.json')] },
  'aws-sso-cli': { config: [fixture('aws-sso-cli/config.yaml')] },
  saml2aws: { config: [fixture('saml2aws/saml2aws.ini')] },
  stint: {
    file: fc.sample(anySetUp, { numRuns: 5, seed: 19 }).map((setUp) => exportSetUp(setUp).content),
  },
};

/** Leapp's workspace before it encrypts it. */
function leappText(): string {
  const encrypted = readEncrypted(fixture('leapp/workspace.leapp'));
  assert.ok(encrypted);
  return decrypt(encrypted, createHash('sha256').update(machineId).digest('hex')).text ?? '';
}

type Files = Readonly<Record<string, string>>;
const anyFiles = (source: ImportSource): fc.Arbitrary<Files> =>
  fc.record(
    Object.fromEntries(
      Object.entries(written[source]).map(([name, texts]) => [
        name,
        fc.constantFrom(...texts).chain(mutatedText),
      ]),
    ),
  );

const importers = createImporters({
  machine: {
    platform: 'linux',
    file: () => Promise.resolve(undefined),
    run: () => Promise.resolve(undefined),
    hostname: () => 'here',
  },
  keychain: { read: () => Promise.resolve(undefined) },
});

/**
 * Files of other tools are refused with a problem that names a file, or become a plan whose sessions the
 * workspace accepts.
 */
export const importedFiles: FuzzTarget = {
  name: 'imported-files',
  inputs: 300,
  open: () => ({
    property: fc.asyncProperty(
      fc
        .constantFrom(...(Object.keys(importSources) as ImportSource[]))
        .chain((source) => fc.tuple(fc.constant(source), anyFiles(source))),
      async ([source, files]) => {
        try {
          const { sessions } = planned(source, await draftOf(source, files));
          for (const session of sessions) sessionSchema.parse(session);
          assert.equal(new Set(sessions.map(({ sessionId }) => sessionId)).size, sessions.length);
        } catch (error) {
          if (!(error instanceof Problem)) throw error;
          assert.equal(error.code, 'file-unreadable');
          assert.match(error.message, /\/home\/anna\//);
        }
      },
    ),
  }),
};

async function draftOf(source: ImportSource, contents: Files): Promise<Draft> {
  const files: Record<string, string> = importers[source].files({ settings, home: '/home/anna' });
  const textAt = (path: string) =>
    Object.entries(contents)
      .find(([name]) => files[name] === path)?.[1]
      .toWellFormed();
  const importer: Importer = importers[source];
  return await importer.read({
    files,
    settings,
    reader: {
      text: (path) => Promise.resolve(textAt(path)),
      latin1: (path) => {
        const text = textAt(path);
        return Promise.resolve(text && Buffer.from(text).toString('latin1'));
      },
    },
    withKeys: true,
    options: source === 'leapp' ? { machineId } : {},
  });
}

function planned(source: ImportSource, draft: Draft) {
  return planImport(draft, {
    from: source,
    now: Date.parse('2026-11-20T12:00:00.000Z'),
    withKeys: true,
    sessions: [],
    integrations: [],
    identityProviders: [],
    settings,
    records: [],
    accessKeyIds: new Map(),
    checkSession: (fields, about) =>
      checkFields(fields, {
        ...about,
        isLeaving: () => false,
        settings,
        usualDelivery: () => 'aws-credentials-file',
      }),
  });
}
