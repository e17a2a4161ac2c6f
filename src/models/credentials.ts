/** Temporary AWS credentials with their absolute end (`expiration`: UTC ISO 8601 with `Z`). */
export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: string;
  readonly accountId?: string;
}

/** Long-term keys of an IAM user: vault only, never delivered to a tool. */
export interface AwsAccessKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}
