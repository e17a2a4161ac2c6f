import type { DraftSetting } from '../../draft.ts';
import type { Importer } from '../../importer.ts';
import { readAwsFiles, type AwsFiles } from './profiles.ts';
import { ProfileSessions } from './sessions.ts';
import { Portals } from './sign-in.ts';

/** Profiles of the AWS CLI and SDKs. */
export const awsConfigImporter: Importer<'config' | 'credentials'> = {
  files: ({ settings }) => ({
    config: settings.awsConfigFile,
    credentials: settings.awsCredentialsFile,
  }),
  async read({ files, settings, reader }) {
    const found = await readAwsFiles(files, reader);
    const portals = new Portals(found);
    const sessions = new ProfileSessions(found, portals, settings.defaultRegion);
    sessions.addAll();
    return {
      integrations: portals.integrations() ?? [],
      sessions: sessions.drafts,
      settings: defaultRegion(found),
      skipped: [...sessions.skipped, ...portals.skipped],
      notes: [
        'The sections of your profiles, and settings such as output, stay in the files. Where a section is in the way of a session, or wins over it, `stint start` says so; --replace-section moves it aside until the session stops.',
      ],
    };
  },
};

/** The region that tools use where nothing else says one. */
function defaultRegion({ profiles }: AwsFiles): readonly DraftSetting[] {
  const profile = profiles.get('default');
  const value = profile?.settings.get('region');
  return profile === undefined || value === undefined
    ? []
    : [{ name: 'defaultRegion', value, source: profile.source }];
}
