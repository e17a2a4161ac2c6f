import { azureClouds } from '../../../../models/azure-cloud.ts';
import { fromLatin1 } from '../../../delivery/aws-credentials/file/latin1.ts';
import { parseAwsFileAt } from '../../../delivery/aws-credentials/file/parse.ts';
import { settingsIn } from '../../../delivery/aws-credentials/file/section.ts';
import type { FileReader } from '../../importer.ts';

/** What the files beside the profile of the Azure CLI say: sections by name, with their settings. */
export type Sections = ReadonlyMap<string, ReadonlyMap<string, string>>;

/**
 * The sections of `config` or `clouds.config`, which Python's configparser writes, as it writes the files
 * of the AWS CLI. Throws Problem 'file-unreadable' naming the line.
 */
export async function readSections(file: string, reader: FileReader): Promise<Sections> {
  const text = await reader.latin1(file);
  if (text === undefined) return new Map();
  const parsed = parseAwsFileAt(file, text, 'config');
  return new Map(
    parsed.sections.flatMap((section) => {
      const settings = new Map(
        [...settingsIn(parsed, section)].map(([key, value]) => [key, fromLatin1(value)]),
      );
      return section.names.map((name) => [fromLatin1(name), settings] as const);
    }),
  );
}

/** Where people sign in to a cloud, or why Stint cannot sign in there. */
export type SignInAddress =
  | { readonly authorityHost: string; readonly resourceManagerUrl?: string }
  | { readonly reason: string };

/** `name`: as `az cloud list` shows it. `registered`: the sections of `clouds.config`. */
export function signInAddressOf(name: string, registered: Sections): SignInAddress {
  const known = azureClouds.find((cloud) => cloud.name === name);
  if (known !== undefined) return { authorityHost: known.authorityHost };
  const own = registered.get(name);
  const authority = URL.parse(own?.get('endpoint_active_directory') ?? '');
  if (authority === null) {
    return {
      reason: `Its cloud, ${name}, has no sign-in address in clouds.config. Add an integration for it with --authority-host.`,
    };
  }
  // azure-cli-core, `_detect_adfs_authority`: such clouds have no Entra ID.
  if (/^\/adfs\/?$/i.test(authority.pathname)) {
    return {
      reason: `Its cloud, ${name}, signs in with AD FS; Stint signs in with Entra ID only.`,
    };
  }
  const resourceManagerUrl = own?.get('endpoint_resource_manager');
  return {
    authorityHost: authority.origin,
    ...(resourceManagerUrl === undefined ? {} : { resourceManagerUrl }),
  };
}
