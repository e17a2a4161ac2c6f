import type { ReleaseManifest } from './release-feed.ts';
import { repositoryPage } from './release-feed.ts';

/** What a recipe of a package manager says about a release. */
export interface Published {
  readonly version: string;
  readonly description: string;
  readonly license: string;
  /** The sums of SHA256SUMS, by the names of the files. */
  readonly sums: ReadonlyMap<string, string>;
}

/**
 * The recipes for Homebrew, winget and the AUR, by their paths. Without a `repository` in package.json
 * there is nowhere to get the packages from, so there are none; nor for a package that is missing.
 */
export function recipes(
  manifest: ReleaseManifest,
  published: Published,
): Readonly<Record<string, string>> {
  const page = repositoryPage(manifest);
  if (page === undefined) return {};
  const { version, sums } = published;
  const of = (name: string) => {
    const sha256 = sums.get(name);
    return sha256 === undefined
      ? undefined
      : { url: `${page}/releases/download/v${version}/${name}`, sha256 };
  };
  const homepage = manifest.homepage ?? page;
  const dmg = of(`stint-desktop-${version}-mac-universal.dmg`);
  const exe = of(`stint-desktop-${version}-win-x64.exe`);
  const deb = of(`stint_${version}_amd64.deb`);
  return {
    ...(dmg === undefined ? {} : { 'homebrew/stint.rb': cask(published, homepage, dmg) }),
    ...(exe === undefined ? {} : winget(published, homepage, exe)),
    ...(deb === undefined ? {} : { 'aur/PKGBUILD': pkgbuild(published, homepage, deb) }),
  };
}

interface Download {
  readonly url: string;
  readonly sha256: string;
}

/** docs.brew.sh, "Cask Cookbook". */
function cask({ version, description }: Published, homepage: string, dmg: Download): string {
  return `cask "stint" do
  version "${version}"
  sha256 "${dmg.sha256}"

  url "${dmg.url}"
  name "Stint"
  desc ${JSON.stringify(description)}
  homepage "${homepage}"

  app "Stint.app"
end
`;
}

/** learn.microsoft.com, "Create your package manifest" (schema 1.10). */
function winget(
  { version, description, license }: Published,
  homepage: string,
  exe: Download,
): Readonly<Record<string, string>> {
  const id = 'Stint.Stint';
  const manifest = (type: string, lines: readonly string[]) =>
    [`PackageIdentifier: ${id}`, `PackageVersion: ${version}`, ...lines]
      .concat(`ManifestType: ${type}`, 'ManifestVersion: 1.10.0', '')
      .join('\n');
  return {
    [`winget/${id}.yaml`]: manifest('version', ['DefaultLocale: en-US']),
    [`winget/${id}.installer.yaml`]: manifest('installer', [
      'InstallerType: nullsoft',
      'Scope: user',
      'Installers:',
      '  - Architecture: x64',
      `    InstallerUrl: ${exe.url}`,
      `    InstallerSha256: ${exe.sha256.toUpperCase()}`,
    ]),
    [`winget/${id}.locale.en-US.yaml`]: manifest('defaultLocale', [
      'PackageLocale: en-US',
      'Publisher: Stint',
      'PackageName: Stint',
      `PackageUrl: ${homepage}`,
      `License: ${license}`,
      `ShortDescription: ${JSON.stringify(description)}`,
    ]),
  };
}

/** PKGBUILD(5); it takes the files of the Debian package, which carries its own Node. */
function pkgbuild({ version, description, license }: Published, homepage: string, deb: Download) {
  return `pkgname=stint-bin
pkgver=${version}
pkgrel=1
pkgdesc=${JSON.stringify(description)}
arch=('x86_64')
url='${homepage}'
license=('${license}')
depends=('gcc-libs' 'glibc')
optdepends=('libsecret: keep the key of the vault in the keychain')
provides=('stint')
conflicts=('stint')
source=('${deb.url}')
sha256sums=('${deb.sha256}')
noextract=("\${source[0]##*/}")

package() {
  bsdtar -xOf "\${source[0]##*/}" data.tar.xz | bsdtar -xf - -C "$pkgdir"
}
`;
}
