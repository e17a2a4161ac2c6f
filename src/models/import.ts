import * as z from 'zod';
import { instantSchema } from './time.ts';

/*
 * Moving in from another tool: what it has set up, and what of it becomes a session here.
 */

/**
 * The tools, with the files they are read from: for each, the environment variable that says where the
 * tool keeps it, if it has one; `VARIABLE/FILE` where it names the folder. The first file is the one that
 * `--file` names.
 */
export const importSources = {
  'aws-config': {
    title: 'AWS CLI and SDKs',
    files: { config: 'AWS_CONFIG_FILE', credentials: 'AWS_SHARED_CREDENTIALS_FILE' },
  },
  leapp: { title: 'Leapp', files: { workspace: undefined } },
  'azure-cli': { title: 'Azure CLI', files: { profile: 'AZURE_CONFIG_DIR/azureProfile.json' } },
  'aws-sso-cli': {
    title: 'aws-sso-cli',
    files: { config: 'AWS_SSO_CONFIG', xdgConfig: undefined },
  },
  saml2aws: { title: 'saml2aws', files: { config: 'SAML2AWS_CONFIGFILE' } },
  stint: { title: 'an export of Stint', files: { file: undefined } },
} as const satisfies Readonly<Record<string, ImportSourceInfo>>;

interface ImportSourceInfo {
  readonly title: string;
  readonly files: Readonly<Record<string, string | undefined>>;
}

export type ImportSource = keyof typeof importSources;
const sourceNames = Object.keys(importSources) as [ImportSource, ...ImportSource[]];
const importSourceSchema = z.enum(sourceNames);

/** What a tool's files may say: `other` is what Stint has no place for, such as saved filters. */
const importKinds = [
  'identityProvider',
  'integration',
  'session',
  'accessKeys',
  'setting',
  'other',
] as const;
const importKindSchema = z.enum(importKinds);
export type ImportKind = z.infer<typeof importKindSchema>;

/** What only some tools need. */
const importOptionsSchema = z.strictObject({
  machineId: z
    .string()
    .trim()
    .min(1)
    .max(256)
    .optional()
    .describe('Leapp: id of the machine that the workspace comes from; no secret'),
  samlProvider: z
    .string()
    .trim()
    .min(1)
    .max(2048)
    .optional()
    .describe('saml2aws: name of the SAML provider in IAM'),
});
export type ImportOptions = z.infer<typeof importOptionsSchema>;

/** As a file chosen in the window: the page reads it, so that Stint opens no file for it. */
const importContentSchema = z.strictObject({
  name: z.string().min(1).max(255).describe('what the answer calls it, such as `team.stint`'),
  text: z.string(),
});
export type ImportContent = z.infer<typeof importContentSchema>;

export const importRequestSchema = z.strictObject({
  from: importSourceSchema.describe('the tool to import from'),
  files: z
    .record(z.string().max(64), z.string().min(1).max(4096))
    .optional()
    .describe('absolute paths of the tool’s files by name, if they are not in their usual place'),
  content: importContentSchema
    .optional()
    .describe(
      'of `stint` alone: an export in place of `files`. What only the owner decides is refused in it, unless the owner sends it',
    ),
  withKeys: z
    .boolean()
    .default(false)
    .describe('also copy long-lived access keys to the vault; the files keep them'),
  options: importOptionsSchema.optional(),
  apply: z.boolean().default(false).describe('make what the answer lists; otherwise a dry run'),
});
export type ImportRequest = z.infer<typeof importRequestSchema>;

/** One thing that the files name, and what import makes of it. */
const importItemSchema = z.object({
  kind: importKindSchema,
  name: z.string(),
  source: z.string().describe('where in the files it is'),
  outcome: z
    .enum(['create', 'exists', 'cannot'])
    .describe('`cannot`: it stays where it is; `reason` says why'),
  reason: z.string().optional(),
  notes: z.array(z.string()).describe('what is omitted of it, or is different here'),
  id: z.string().optional().describe('of what exists, or was made'),
  fields: z.record(z.string(), z.unknown()).optional().describe('what it is made with, no secrets'),
});
export type ImportItem = z.infer<typeof importItemSchema>;

const importedFileSchema = z.object({
  name: z.string(),
  path: z.string(),
  found: z.boolean(),
});

export const importAnswerSchema = z.object({
  from: importSourceSchema,
  files: z.array(importedFileSchema).describe('the files that were read; none of them is changed'),
  items: z.array(importItemSchema),
  notes: z.array(z.string()).describe('about the import as a whole'),
  applied: z.boolean(),
  importId: z.uuid().optional().describe('of an import that made something'),
});
export type ImportAnswer = z.infer<typeof importAnswerSchema>;

export const importUndoRequestSchema = z.strictObject({
  apply: z.boolean().default(false).describe('remove what the answer lists; otherwise a dry run'),
});

/** One thing that the last import made, and what taking it back does with it. */
const importUndoItemSchema = z.object({
  kind: importKindSchema,
  name: z.string(),
  id: z.string(),
  outcome: z
    .enum(['remove', 'keep', 'gone'])
    .describe('`keep`: it was changed or something else needs it; `gone`: it was removed before'),
  reason: z.string().optional(),
});
export type ImportUndoItem = z.infer<typeof importUndoItemSchema>;

export const importUndoAnswerSchema = z.object({
  importId: z.uuid(),
  from: z.string(),
  at: instantSchema,
  items: z.array(importUndoItemSchema),
  applied: z.boolean(),
});
export type ImportUndoAnswer = z.infer<typeof importUndoAnswerSchema>;

/** What an import made: kept in the workspace so that it can be taken back. No secrets. */
export const importRecordSchema = z.object({
  importId: z.uuid(),
  from: z.string(),
  at: instantSchema,
  made: z.array(
    z.object({
      kind: importKindSchema,
      /** Of access keys: that of their session; of a setting: its name. */
      id: z.string(),
      name: z.string(),
      /** What the files call it: an IAM user is recognised by it in a later import. */
      ref: z.string().optional(),
      /** A hash of how it was made, to notice changes. */
      mark: z.string(),
      /** Of a setting: the value that it replaced. */
      before: z.string().optional(),
    }),
  ),
});
export type ImportRecord = z.infer<typeof importRecordSchema>;
export type MadeByImport = ImportRecord['made'][number];
