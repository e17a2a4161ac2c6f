import { portalOf } from '../../../integrations/profile-names.ts';
import type { AwsFiles, Profile, SsoSection } from './profiles.ts';
import type { Draft, DraftThing, Skipped } from '../../draft.ts';
import type { IntegrationFields } from '../../../../models/integration.ts';
import { withoutFragment } from '../../../../models/start-url.ts';

type DraftIntegration = DraftThing<IntegrationFields>;

/** The access portals that the files name, each once, and the integration of each profile. */
export class Portals {
  readonly #files: AwsFiles;
  /** By start URL. */
  readonly #integrations = new Map<string, DraftIntegration>();
  readonly skipped: Skipped[] = [];

  constructor(files: AwsFiles) {
    this.#files = files;
    for (const section of files.ssoSections.values()) {
      const ref = this.#add(section.settings, section.name, section.source);
      if (ref === undefined) {
        const { name, source } = section;
        this.skipped.push({ kind: 'integration', name, source, reason: incomplete });
      }
    }
  }

  integrations(): Draft['integrations'] {
    return [...this.#integrations.values()];
  }

  /** The `ref` of the profile's integration, or why it has none. */
  of({ settings, source }: Profile): { readonly ref: string } | { readonly reason: string } {
    const name = settings.get('sso_session');
    if (name === undefined) {
      const ref = this.#add(settings, undefined, source);
      return ref === undefined ? { reason: incomplete } : { ref };
    }
    const section: SsoSection | undefined = this.#files.ssoSections.get(name);
    if (section === undefined) {
      return {
        reason: `Its sso_session is ${name}, and there is no section [sso-session ${name}].`,
      };
    }
    const ref = this.#add(section.settings, name, section.source);
    return ref === undefined ? { reason: `[sso-session ${name}]: ${incomplete}` } : { ref };
  }

  #add(
    settings: ReadonlyMap<string, string>,
    name: string | undefined,
    source: string,
  ): string | undefined {
    const url = settings.get('sso_start_url');
    const region = settings.get('sso_region');
    if (!url || !region) return undefined;
    const startUrl = withoutFragment(url);
    const key = startUrl.replace(/\/+$/, '').toLowerCase();
    if (!this.#integrations.has(key)) {
      const scopes = (settings.get('sso_registration_scopes') ?? '')
        .split(/[\s,]+/)
        .filter((scope) => scope !== '');
      this.#integrations.set(key, {
        ref: key,
        source,
        fields: {
          kind: 'awsSso',
          name: name ?? nameOf(startUrl),
          region,
          startUrl,
          ...(scopes.length === 0 ? {} : { scopes }),
        },
      });
    }
    return key;
  }
}

const incomplete = 'sso_start_url or sso_region is missing.';

function nameOf(startUrl: string): string {
  return URL.canParse(startUrl) ? portalOf(startUrl) : startUrl;
}
