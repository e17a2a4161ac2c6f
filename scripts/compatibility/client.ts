/*
 * What the run knows of a client: where it comes from, how to learn its version and how to ask it
 * who it is. A file in `clients/` describes one each.
 */

/** The ways credentials reach a program, in the order of the page's columns. */
export const awsDeliveries = [
  'credentials-file',
  'credential-process',
  'exec',
  'exec --process',
  'env',
  'env --static',
  'credential_process',
] as const;
export const azureDeliveries = ['azure-cli', 'exec', 'env'] as const;
export type Delivery = (typeof awsDeliveries)[number] | (typeof azureDeliveries)[number];

/** How long what is granted lives: `short` expires while the run looks on, `long` as usual. */
export type Lifetime = 'short' | 'long';

export const phases = ['fresh', 'renewed', 'stopped'] as const;
export type Phase = (typeof phases)[number];

/** What Azure programs ask tokens for, by the page's short names. */
export const azureResources = {
  'Resource Manager': 'https://management.azure.com',
  'Key Vault': 'https://vault.azure.net',
  Storage: 'https://storage.azure.com',
  Graph: 'https://graph.microsoft.com',
} as const;

/**
 * How an answer proves itself: STS names the session's ARN; the S3 stand-in accepted a request signed
 * with a key of the session; the tokens are for the session's tenant and each resource; or Resource
 * Manager shows the subscription.
 */
export type Proof = 'arn' | 'signature' | 'tokens' | 'subscription';

/** Where programs run: this machine, or a Debian suite in a folder. */
export interface Machine {
  readonly name: string;
  /** A folder for programs that are built there; it has the same name outside a suite. */
  readonly built: string;
  /** The line that runs `line` there. */
  wrap(line: readonly string[]): readonly string[];
  /** What the line prints there, both streams; undefined where it fails or does not exist. */
  output(line: readonly string[]): Promise<string | undefined>;
  /** The folder of an npm package of that version; undefined in suites or where it is not there. */
  npmFolder(name: string, version: string): string | undefined;
}

/** What is the same for all askers of one run. */
export interface Surroundings {
  readonly stsEndpoint: string;
  /** The stand-in for S3 and for other services that requests are signed for. */
  readonly signatureEndpoint: string;
  readonly accountId: string;
  /** A folder with small inputs of some clients; see `inputs.ts`. */
  readonly inputs: string;
}

export interface FoundClient {
  readonly version: string;
  /** Where it comes from, if not from the machine. */
  readonly from?: 'npm';
  /**
   * Reads lines, and answers each by whatever it prints up to a line of the mark and its exit code:
   * a program that stays, or `eachTime` of one that ends.
   */
  asker(surroundings: Surroundings): readonly string[];
  /** What this client needs in its environment beside the delivery. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface Client {
  readonly name: string;
  readonly proof: Proof;
  /** Whether az reads the tokens: MSAL gives nobody a token that lives less than five minutes. */
  readonly readsThroughAz?: true;
  /** Whether one process asks again and again, as a long-running program does. */
  readonly stays: boolean;
  /** Why a delivery does not work with it, where that is a rule of the client. */
  readonly reasons?: Readonly<Partial<Record<Delivery, string>>>;
  /** All versions of it on the machine. */
  find(machine: Machine): readonly FoundClient[] | Promise<readonly FoundClient[]>;
}

/** Ends each answer of an asker, before the exit code. */
export const mark = '\u001E';

/** An asker that runs the line again for each question, as a person types it at a shell. */
export function eachTime(line: readonly string[]): readonly string[] {
  const loop = `while read -r _; do "$@" 2>&1 </dev/null; printf '\\n${String.raw`\036`}%s\\n' "$?"; done`;
  return ['sh', '-c', loop, 'sh', ...line];
}

/** The first version number of what a line prints on a machine, by `pattern`. */
export async function versionOf(
  machine: Machine,
  line: readonly string[],
  pattern = /(\d+\.\d+[\w.+]*)/,
): Promise<string | undefined> {
  return pattern.exec((await machine.output(line)) ?? '')?.[1];
}

/** A client that is one program: found by its version. */
export async function ifThere(
  machine: Machine,
  versionLine: readonly string[],
  found: Omit<FoundClient, 'version'>,
  pattern?: RegExp,
): Promise<readonly FoundClient[]> {
  const version = await versionOf(machine, versionLine, pattern);
  return version === undefined ? [] : [{ version, ...found }];
}
