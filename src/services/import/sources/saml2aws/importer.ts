import { join } from 'node:path';
import type { IdentityProviderFields } from '../../../../models/identity-provider.ts';
import { parseArn } from '../../../../models/arn.ts';
import { Problem } from '../../../../models/problem.ts';
import { cleanText } from '../../../network/provider-text.ts';
import type { Draft, DraftSession, DraftThing, Skipped } from '../../draft.ts';
import type { Importer } from '../../importer.ts';
import { readIni, type Section } from './ini.ts';
import { signInAddress } from './sign-in-address.ts';

/** saml2aws (Versent): `~/.saml2aws`. Its passwords stay in the keychain: a browser signs in. */
export const saml2awsImporter: Importer<'config'> = {
  files: ({ home }) => ({ config: join(home, '.saml2aws') }),
  async read({ files: { config: file }, reader, settings, options }) {
    const text = await reader.text(file);
    if (text === undefined) return {};
    return saml2awsDraft(text, {
      file,
      defaultRegion: settings.defaultRegion,
      samlProvider: options.samlProvider,
    });
  },
};

interface Circumstances {
  readonly file: string;
  readonly defaultRegion: string;
  /** The name of the SAML provider in IAM, which saml2aws itself takes from each sign-in. */
  readonly samlProvider: string | undefined;
}

/** Throws Problem 'file-unreadable'. */
export function saml2awsDraft(text: string, circumstances: Circumstances): Draft {
  const { file } = circumstances;
  const accounts = readIni(text, file).filter(({ values }) => isSet(values.get('url')));
  if (accounts.length === 0) {
    throw new Problem('file-unreadable', {
      detail: `${file} is not a configuration of saml2aws: no section of it has a url.`,
      next: 'Name the right file: stint import saml2aws --file FILE',
    });
  }
  const addresses = new Map<string, DraftThing<IdentityProviderFields>>();
  const outcomes = accounts.map((account) => {
    const url = addressOf(account);
    if (!addresses.has(url)) addresses.set(url, draftProvider(account, url, file));
    return draftAccount(account, url, circumstances);
  });
  return {
    identityProviders: [...addresses.values()],
    sessions: outcomes.flatMap((one) => ('fields' in one ? [one] : [])),
    skipped: outcomes.flatMap((one) => ('reason' in one ? [one] : [])),
  };
}

function addressOf({ values }: Section): string {
  return signInAddress({
    provider: values.get('provider') ?? '',
    url: values.get('url') ?? '',
    appId: values.get('app_id'),
    urn: values.get('aws_urn'),
  });
}

function draftProvider(
  { name, line, values }: Section,
  url: string,
  file: string,
): DraftThing<IdentityProviderFields> {
  const provider = cleanText(values.get('provider'), 40) ?? 'SAML';
  const host = URL.parse(url)?.host ?? name;
  const notes =
    values.get('skip_verify')?.toLowerCase() === 'true'
      ? ['skip_verify is ignored: a sign-in in a browser checks certificates.']
      : [];
  return {
    ref: url,
    source: sourceOf(name, line, file),
    fields: { name: cleanText(`${provider} ${host}`) ?? host, url },
    ...(notes.length === 0 ? {} : { notes }),
  };
}

function draftAccount(
  { name: section, line, values }: Section,
  url: string,
  { file, defaultRegion, samlProvider }: Circumstances,
): DraftSession | Skipped {
  const name = cleanText(section) ?? 'an account';
  const source = sourceOf(section, line, file);
  const skipped = (reason: string): Skipped => ({ kind: 'session', name, source, reason });
  const roleArn = values.get('role_arn');
  const arn = parseArn(roleArn ?? '');
  if (roleArn === undefined || roleArn === '') {
    return skipped(
      'It has no role_arn: saml2aws asks for the role at each sign-in. Add a session for each role: ' +
        'stint session add awsIamRoleFederated',
    );
  }
  if (arn === undefined) return skipped('Its role_arn is not the ARN of a role.');
  if (!isSet(samlProvider)) {
    return skipped(
      'saml2aws keeps no ARN of the SAML provider in IAM. Give its name: --saml-provider NAME',
    );
  }
  const seconds = Number(values.get('aws_session_duration') ?? '');
  const profile = values.get('aws_profile');
  return {
    ref: section,
    source,
    idp: url,
    sharesProfile: true,
    fields: {
      type: 'awsIamRoleFederated',
      sessionName: name,
      region: values.get('region') || defaultRegion,
      // IAM User Guide, "Create a role for SAML 2.0 federation": role and provider are in one account.
      idpArn: samlProvider?.startsWith('arn:')
        ? samlProvider
        : `arn:${arn.partition}:iam::${arn.accountId}:saml-provider/${samlProvider}`,
      roleArn,
      // The name saml2aws writes to where none is set.
      profileName: isSet(profile) ? (profile ?? '') : 'saml',
      ...(Number.isInteger(seconds) && seconds > 0 && seconds !== 3600
        ? { roleSeconds: seconds }
        : {}),
    },
  };
}

function sourceOf(section: string, line: number, file: string): string {
  return `[${cleanText(section, 80) ?? ''}], line ${line} of ${file}`;
}

function isSet(text: string | undefined): boolean {
  return text !== undefined && text !== '';
}
