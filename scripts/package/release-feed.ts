import type { HelpLinks } from '../../src/models/help-links.ts';

/** What package.json says about where Stint is published. */
export interface ReleaseManifest {
  readonly repository?: string | { readonly url: string };
  readonly homepage?: string;
  readonly bugs?: string | { readonly url?: string };
  /** The base64 line of the minisign key that signs releases. */
  readonly releaseKey?: string;
}

export const releaseFile = 'stint-release.json';

/** The repository's address in a browser; undefined where package.json names none on GitHub. */
export function repositoryPage({ repository }: ReleaseManifest): string | undefined {
  const address = typeof repository === 'string' ? repository : repository?.url;
  const found = /^(?:github:|(?:git\+)?https:\/\/github\.com\/)([\w.-]+\/[\w.-]+?)(?:\.git)?$/.exec(
    address ?? '',
  );
  return found?.[1] === undefined ? undefined : `https://github.com/${found[1]}`;
}

/** Where newer releases are published, and the key that signs them; undefined turns updates off. */
export function feedOf(
  manifest: ReleaseManifest,
): { readonly address: string; readonly publicKey: string } | undefined {
  const page = repositoryPage(manifest);
  const { releaseKey } = manifest;
  return page === undefined || releaseKey === undefined
    ? undefined
    : { address: `${page}/releases/latest/download/${releaseFile}`, publicKey: releaseKey };
}

/** The pages that Help and "Report a problem" open in the browser: `homepage` and `bugs`, if they are on https. */
export function helpOf({ homepage, bugs }: ReleaseManifest): HelpLinks {
  const problems = typeof bugs === 'string' ? bugs : bugs?.url;
  return {
    ...(isPage(homepage) ? { guide: homepage } : {}),
    ...(isPage(problems) ? { problems } : {}),
  };
}

function isPage(address: string | undefined): address is string {
  return URL.parse(address ?? '')?.protocol === 'https:';
}
