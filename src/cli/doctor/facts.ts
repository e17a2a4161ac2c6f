import type { Schemas } from '../../client/client.ts';
import type { AwsProfiles } from './aws-profiles.ts';

/** What doctor knows of this machine, gathered once (`gather.ts`). No secret is among it. */
export interface Facts {
  readonly env: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
  /** In milliseconds since the epoch. */
  readonly now: number;
  /** Stint's home. */
  readonly home: string;
  /** Of this command. */
  readonly version: string;
  readonly disk: Disk;
  /** The home that Stint has without STINT_HOME, if another agent runs there. */
  readonly otherHome?: { readonly home: string; readonly pid: number } | undefined;
  /** The name of another machine whose agent wrote into this home last. */
  readonly otherMachine?: string | undefined;
  /** Browser profiles of sign-ins that a process holds which is gone. */
  readonly staleLocks: readonly string[];
  readonly awsCredentials: AwsProfiles;
  readonly awsConfig: AwsProfiles;
  /** The profiles that tools in this shell find, in whatever files it names. */
  readonly profilesOfShell: ReadonlySet<string>;
  readonly azureCli: AzureCliFacts;
  /** Programs that were looked for on PATH and not found. */
  readonly notOnPath: readonly string[];
  /** Files that variables or profiles name and that are not there. */
  readonly missing: ReadonlySet<string>;
  /** Proxies of the settings that did not answer, with the reason. */
  readonly deadProxies: readonly {
    readonly setting: string;
    readonly url: string;
    readonly reason: string;
  }[];
  readonly agent: AgentFacts;
}

export interface Disk {
  /** Bytes that this user may still write; undefined where the system does not say. */
  readonly free?: number | undefined;
  /** The name of a network file system that the home is on. */
  readonly network?: string | undefined;
}

export interface AzureCliFacts {
  /** `core.encrypt_token_cache` of its configuration. */
  readonly encrypts?: boolean | undefined;
  /** It keeps its tokens in an encrypted cache already. */
  readonly hasEncryptedCache: boolean;
}

/** What the owner says. */
export interface AgentFacts {
  readonly version: string;
  readonly port?: number | undefined;
  readonly settings: Schemas['Settings'];
  readonly sessions: readonly KnownSession[];
  readonly integrations: readonly KnownIntegration[];
}

export interface KnownSession {
  readonly sessionId: string;
  readonly sessionName: string;
  readonly status: string;
  readonly type: string;
  readonly profileName?: string | undefined;
  /** Of its run, or of the next one. */
  readonly delivery?: string | undefined;
}

interface KnownIntegration {
  readonly name: string;
  readonly kind: string;
  readonly status: string;
  readonly loggedInUntil?: string | undefined;
}
