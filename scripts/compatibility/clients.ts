import type { Client } from './client.ts';
import { ansible } from './clients/ansible.ts';
import { awsCli } from './clients/aws-cli.ts';
import { awsSdkGoV1, awsSdkGoV2 } from './clients/aws-sdk-go.ts';
import { awsSdkJsV2, awsSdkJsV3 } from './clients/aws-sdk-js.ts';
import { awsSdkRuby } from './clients/aws-sdk-ruby.ts';
import { azureCli } from './clients/azure-cli.ts';
import {
  azureCliCredentialPython,
  azureIdentityJs,
  azureIdentityPython,
} from './clients/azure-identity.ts';
import { armSubscriptions } from './clients/azure-services.ts';
import { boto3 } from './clients/boto3.ts';
import { awsCdk, osls, terraform } from './clients/deployment-tools.ts';
import {
  dockerRegistry,
  duplicity,
  hugo,
  rclone,
  restic,
  s3cmd,
  s4cmd,
} from './clients/s3-programs.ts';

/** All clients, in the order of the page. To add one, add a file in `clients/`. */
export const awsClients: readonly Client[] = [
  awsCli,
  boto3,
  awsSdkJsV2,
  awsSdkJsV3,
  awsSdkGoV1,
  awsSdkGoV2,
  awsSdkRuby,
  ansible,
  terraform,
  awsCdk,
  osls,
  rclone,
  restic,
  s3cmd,
  s4cmd,
  duplicity,
  hugo,
  dockerRegistry,
];

export const azureClients: readonly Client[] = [
  azureCli,
  azureIdentityJs,
  azureIdentityPython,
  azureCliCredentialPython,
  armSubscriptions,
];
