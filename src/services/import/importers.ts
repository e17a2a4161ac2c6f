import type { ImportSource } from '../../models/import.ts';
import { awsConfigImporter } from './sources/aws-config/importer.ts';
import { awsSsoCliImporter } from './sources/aws-sso-cli/importer.ts';
import { azureCliImporter } from './sources/azure-cli/importer.ts';
import { createLeappImporter, type LeappParts } from './sources/leapp/importer.ts';
import { saml2awsImporter } from './sources/saml2aws/importer.ts';
import { stintImporter } from './sources/stint/importer.ts';
import type { Importer } from './importer.ts';

export type Importers = Readonly<Record<ImportSource, Importer>>;

/** One for each tool. */
export function createImporters(parts: LeappParts): Importers {
  return {
    'aws-config': awsConfigImporter,
    leapp: createLeappImporter(parts),
    'azure-cli': azureCliImporter,
    'aws-sso-cli': awsSsoCliImporter,
    saml2aws: saml2awsImporter,
    stint: stintImporter,
  };
}
