import * as z from 'zod';

/*
 * `config.yaml` of aws-sso-cli (docs/config.md). All scalars are texts; what is empty or has another shape counts as
 * missing.
 */

const text = z
  .string()
  .trim()
  .transform((value) => (value === '' ? undefined : value))
  .optional()
  .catch(undefined);

const texts = z.record(z.string(), z.string());
/** A map, or a list of maps with one entry each: both are read. */
const tags = z
  .union([
    texts,
    z.array(texts).transform((all) => Object.assign({}, ...all) as z.output<typeof texts>),
  ])
  .catch({})
  .default({});

const mapOf = <T extends z.ZodType>(entry: T) =>
  z.record(z.string(), z.unknown()).transform((all) =>
    Object.entries(all).flatMap(([key, value]) => {
      // A key without a value is an empty text.
      const parsed = entry.safeParse(value === '' ? {} : value);
      return parsed.success ? [[key, parsed.data] as const] : [];
    }),
  );

const role = z.object({
  Profile: text,
  DefaultRegion: text,
  Tags: tags,
  Via: text,
  ExternalId: text,
  SourceIdentity: text,
});
export type SsoRole = z.output<typeof role>;

const account = z.object({
  Name: text,
  DefaultRegion: text,
  Tags: tags,
  Roles: mapOf(role).catch([]).default([]),
});

const instance = z.object({
  SSORegion: text,
  StartUrl: text,
  DefaultRegion: text,
  Accounts: mapOf(account).catch([]).default([]),
});
export type SsoInstance = z.output<typeof instance>;

export const ssoConfigSchema = z.object({
  SSOConfig: mapOf(instance),
  DefaultRegion: text,
  ProfileFormat: text,
});
