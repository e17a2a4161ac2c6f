import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import {
  CreateAccessKeyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  IAMClient,
  ListAccessKeysCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import type { AwsAccessKeys } from '../../../src/models/credentials.ts';

export interface Moto {
  readonly url: string;
  /** A user who may do what a rotation needs, with a key. */
  addUser(name: string): Promise<AwsAccessKeys>;
  /** Denies the user these actions and no others. */
  deny(name: string, ...actions: readonly string[]): Promise<void>;
  /** A key that somebody makes for the user. */
  addKey(name: string): Promise<AwsAccessKeys>;
  /** A role that everybody in the account may assume; its ARN. */
  addRole(name: string): Promise<string>;
  /** The user's keys, oldest first, by status. */
  keys(name: string): Promise<readonly (readonly [string | undefined, string | undefined])[]>;
  close(): Promise<void>;
}

/** moto with its own check of signatures and policies, and an administrator. */
export async function startMoto(): Promise<Moto> {
  const server = spawn('moto_server', ['-H', '127.0.0.1', '-p', '0'], {
    // The administrator has to be made by somebody.
    env: { ...process.env, INITIAL_NO_AUTH_ACTION_COUNT: '3' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const url = await originOf(server.stderr);
  const connect = (credentials: AwsAccessKeys) =>
    new IAMClient({ region: 'us-east-1', endpoint: url, credentials });
  const root = connect({
    accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    secretAccessKey: 'nobody checks it',
  });
  const admin = connect(await addUser(root, 'admin'));
  return {
    url,
    addUser: (name) => addUser(admin, name),
    deny: async (UserName, ...actions) => {
      await admin.send(new PutUserPolicyCommand(policyOf(UserName, 'Deny', actions)));
    },
    addKey: (name) => addKey(admin, name),
    addRole: async (RoleName) => {
      const Statement = [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }];
      const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
      const made = await admin.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
      return String(made.Role?.Arn);
    },
    keys: async (UserName) => {
      const { AccessKeyMetadata = [] } = await admin.send(new ListAccessKeysCommand({ UserName }));
      return AccessKeyMetadata.map(({ AccessKeyId, Status }) => [AccessKeyId, Status] as const);
    },
    async close() {
      root.destroy();
      admin.destroy();
      const ended = once(server, 'exit');
      server.kill();
      await ended;
    },
  };
}

/** Where it says that it listens. */
async function originOf(output: NodeJS.ReadableStream): Promise<string> {
  const lines = createInterface(output);
  const said: string[] = [];
  return await new Promise<string>((resolve, reject) => {
    // It writes a line for each request.
    lines.on('line', (line) => {
      said.push(line);
      const origin = /Running on (http:\/\/127\.0\.0\.1:\d+)/.exec(line)?.[1];
      if (origin !== undefined) resolve(origin);
    });
    lines.once('close', () => {
      reject(new Error(`moto_server said: ${said.join('\n')}`));
    });
  });
}

async function addUser(by: IAMClient, UserName: string): Promise<AwsAccessKeys> {
  await by.send(new CreateUserCommand({ UserName }));
  await by.send(new PutUserPolicyCommand(policyOf(UserName, 'Allow', ['*'])));
  return await addKey(by, UserName);
}

async function addKey(by: IAMClient, UserName: string): Promise<AwsAccessKeys> {
  const { AccessKey } = await by.send(new CreateAccessKeyCommand({ UserName }));
  return {
    accessKeyId: String(AccessKey?.AccessKeyId),
    secretAccessKey: String(AccessKey?.SecretAccessKey),
  };
}

function policyOf(UserName: string, Effect: 'Allow' | 'Deny', Action: readonly string[]) {
  const Statement = [{ Effect, Action, Resource: '*' }];
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
  return { UserName, PolicyName: Effect, PolicyDocument };
}
