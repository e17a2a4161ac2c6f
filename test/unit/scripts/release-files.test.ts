import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { feedOf, helpOf, repositoryPage } from '../../../scripts/package/release-feed.ts';
import { writeReleaseFiles } from '../../../scripts/package/release-files.ts';
import { recipes } from '../../../scripts/package/recipes.ts';
import { releaseSchema } from '../../../src/models/release.ts';

describe('the address of releases', () => {
  it.each([
    ['github:stint/stint', 'https://github.com/stint/stint'],
    [{ url: 'git+https://github.com/stint/stint.git' }, 'https://github.com/stint/stint'],
    ['https://github.com/stint/stint', 'https://github.com/stint/stint'],
    ['https://git.example/stint', undefined],
    [undefined, undefined],
  ])('of %j is %s', (repository, page) => {
    expect(repositoryPage(repository === undefined ? {} : { repository })).toBe(page);
  });

  it('is off without an address or without a key', () => {
    const repository = 'github:stint/stint';
    expect(feedOf({ repository })).toBeUndefined();
    expect(feedOf({ releaseKey: 'RWQ' })).toBeUndefined();
    expect(feedOf({ repository, releaseKey: 'RWQ' })).toEqual({
      address: 'https://github.com/stint/stint/releases/latest/download/stint-release.json',
      publicKey: 'RWQ',
    });
  });
});

describe('what is published beside the packages', () => {
  let out: string;
  beforeEach(async () => {
    out = await mkdtemp(join(tmpdir(), 'stint-release-'));
  });
  afterEach(() => rm(out, { recursive: true }));

  it('has the sum of every file, a bill of materials of what runs, and what Stint reads of a release', async () => {
    await writeFile(join(out, 'stint_0.1.0_amd64.deb'), 'a package');
    await writeFile(join(out, 'SHA256SUMS.minisig'), 'of an earlier run');
    const file = await writeReleaseFiles(out, new Date('2026-06-01T00:00:00Z'));
    const release = releaseSchema.parse(JSON.parse(await readFile(file, 'utf8')));
    expect(release).toMatchObject({ name: 'stint', expires: '2026-11-28T00:00:00.000Z' });
    const sums = (await readFile(join(out, 'SHA256SUMS'), 'utf8')).trimEnd().split('\n');
    expect(sums.map((line) => line.slice(66))).toEqual([
      'stint-sbom.cdx.json',
      'stint_0.1.0_amd64.deb',
    ]);
    expect(sums[1]).toContain(createHash('sha256').update('a package').digest('hex'));
    const sbom = JSON.parse(await readFile(join(out, 'stint-sbom.cdx.json'), 'utf8')) as {
      bomFormat: string;
      components: { name: string }[];
    };
    expect(sbom.bomFormat).toBe('CycloneDX');
    const names = sbom.components.map(({ name }) => name);
    expect(names).toContain('@aws-sdk/client-sts');
    expect(names).not.toContain('vitest');
  });
});

describe('recipes of package managers', () => {
  const sum = 'a'.repeat(64);
  const published = {
    version: '1.2.3',
    description: 'Sessions for clouds',
    license: 'MIT',
    sums: new Map([
      ['stint-desktop-1.2.3-mac-universal.dmg', sum],
      ['stint-desktop-1.2.3-win-x64.exe', sum],
      ['stint_1.2.3_amd64.deb', sum],
    ]),
  };

  it('name the packages of the release with their sums', () => {
    const files = recipes({ repository: 'github:stint/stint' }, published);
    const download = 'https://github.com/stint/stint/releases/download/v1.2.3';
    expect(files['homebrew/stint.rb']).toContain(
      `url "${download}/stint-desktop-1.2.3-mac-universal.dmg"`,
    );
    expect(files['homebrew/stint.rb']).toContain(`sha256 "${sum}"`);
    expect(files['aur/PKGBUILD']).toContain(`source=('${download}/stint_1.2.3_amd64.deb')`);
    expect(parse(String(files['winget/Stint.Stint.installer.yaml']))).toMatchObject({
      PackageVersion: '1.2.3',
      Installers: [
        {
          Architecture: 'x64',
          InstallerUrl: `${download}/stint-desktop-1.2.3-win-x64.exe`,
          InstallerSha256: sum.toUpperCase(),
        },
      ],
      ManifestType: 'installer',
    });
  });

  it('are not there without a repository', () => {
    expect(recipes({}, published)).toEqual({});
  });
});

describe('help', () => {
  it('leads to the pages on https that package.json names, and nowhere else', () => {
    const homepage = 'https://stint.example/';
    const issues = 'https://stint.example/issues';
    expect(helpOf({ homepage, bugs: issues })).toEqual({ guide: homepage, problems: issues });
    expect(helpOf({ bugs: { url: issues } })).toEqual({ problems: issues });
    expect(helpOf({})).toEqual({});
    expect(helpOf({ homepage: 'http://stint.example/', bugs: {} })).toEqual({});
  });
});
