import { join } from 'node:path';
import * as z from 'zod';
import { fieldErrors, fieldErrorsText } from '../../../../models/field-errors.ts';
import { exportVersion } from '../../../../models/export.ts';
import { identityProviderFieldsSchema } from '../../../../models/identity-provider.ts';
import { integrationFieldsSchema } from '../../../../models/integration.ts';
import { Problem } from '../../../../models/problem.ts';
import {
  awsIamRoleChainedFieldsSchema,
  awsIamRoleFederatedFieldsSchema,
  awsIamUserFieldsSchema,
  awsSsoRoleFieldsSchema,
  azureFieldsSchema,
} from '../../../../models/session-fields.ts';
import { cleanText } from '../../../network/provider-text.ts';
import type { Draft, DraftSession, DraftThing, Skipped } from '../../draft.ts';
import type { Importer } from '../../importer.ts';
import { readYaml } from '../yaml.ts';

/** A file that `stint export` has made, perhaps edited by hand or merged by git. */
export const stintImporter: Importer<'file'> = {
  files: ({ home }) => ({ file: join(home, 'stint-sessions.yaml') }),
  async read({ files: { file }, reader }) {
    const text = await reader.text(file);
    return text === undefined ? {} : await stintDraft(text, file);
  },
};

/** As in the file: without ids, with the names of what it needs. */
const sessionSchema = z.discriminatedUnion('type', [
  awsIamUserFieldsSchema.omit({ mfaCommand: true }),
  awsIamRoleFederatedFieldsSchema.omit({ idpId: true }),
  awsIamRoleChainedFieldsSchema.omit({ parentSessionId: true }),
  awsSsoRoleFieldsSchema.omit({ integrationId: true }),
  azureFieldsSchema.omit({ integrationId: true }),
]);

const list = z.array(z.looseObject({})).optional();
const fileSchema = z.looseObject({
  version: z.int(),
  integrations: list,
  identityProviders: list,
  sessions: list,
});

/** Throws Problem 'file-unreadable' for a text that is not an export, or of a newer version. */
export async function stintDraft(text: string, file: string): Promise<Draft> {
  const parsed = fileSchema.safeParse(await readYaml(text, { file, scalars: 'typed' }));
  if (!parsed.success) {
    const wrong = fieldErrorsText(fieldErrors(parsed.error, undefined), 'the file');
    throw new Problem('file-unreadable', {
      detail: `${file} is not an export of Stint: ${wrong}.`,
      next: 'Make one with `stint export --file FILE`.',
    });
  }
  const { version, integrations = [], identityProviders = [], sessions = [] } = parsed.data;
  if (version > exportVersion) {
    throw new Problem('file-unreadable', {
      detail: `${file} has version ${version} of the export; this Stint reads up to version ${exportVersion}.`,
      next: 'Update Stint.',
    });
  }
  const skipped: Skipped[] = [];
  const refs = new Set<string>();
  /** What others call a block: the first of a name has it. */
  const refOf = (kind: string, ref: unknown, name: string) => {
    const key = (text: string) => `${kind} ${text}`;
    let free = textOf(ref) ?? name;
    for (let count = 2; refs.has(key(free)); count += 1)
      free = `${name} (${count}, not referred to)`;
    refs.add(key(free));
    return free;
  };
  const things = <F>(
    kind: 'integration' | 'identityProvider',
    schema: z.ZodType<F>,
    blocks: readonly Block[],
  ) =>
    blocks.flatMap(({ ref, ...block }): DraftThing<F>[] => {
      const name = cleanText(block['name']) ?? 'without a name';
      const source = `${kind === 'integration' ? 'integration' : 'identity provider'} ${name} of ${file}`;
      const fields = schema.safeParse(block);
      if (fields.success) return [{ ref: refOf(kind, ref, name), source, fields: fields.data }];
      skipped.push({ kind, name, source, reason: reasonOf(fields.error, block) });
      return [];
    });
  return {
    integrations: things('integration', integrationFieldsSchema, integrations),
    identityProviders: things('identityProvider', identityProviderFieldsSchema, identityProviders),
    sessions: sessions.flatMap((block, index) => {
      const draft = draftSession(block, index, file);
      if ('fields' in draft) {
        return [{ ...draft, ref: refOf('session', block['ref'], draft.fields.sessionName) }];
      }
      skipped.push(draft);
      return [];
    }),
    skipped,
  };
}

type Block = Readonly<Record<string, unknown>>;

function draftSession(
  { ref: _, integration, idp, parent, mfaCommand, ...block }: Block,
  index: number,
  file: string,
): Omit<DraftSession, 'ref'> | Skipped {
  const name = cleanText(block['sessionName']) ?? `session ${index + 1}`;
  const source = `session ${name} of ${file}`;
  const fields = sessionSchema.safeParse(block);
  if (!fields.success) {
    return { kind: 'session', name, source, reason: reasonOf(fields.error, block) };
  }
  const references = Object.entries({ integration, idp, parent }).flatMap(([key, value]) => {
    const reference = textOf(value);
    return reference === undefined ? [] : [[key, reference]];
  });
  return {
    source,
    fields: fields.data,
    sharesProfile: true,
    ...(Object.fromEntries(references) as Readonly<Record<string, string>>),
    ...(mfaCommand === undefined
      ? {}
      : {
          notes: [
            'mfaCommand is a program, so it is not taken from a file. Set it: stint session edit NAME --mfa-command',
          ],
        }),
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function reasonOf(error: z.ZodError, block: Block): string {
  return `It is not valid: ${fieldErrorsText(fieldErrors(error, block), 'it')}.`;
}
