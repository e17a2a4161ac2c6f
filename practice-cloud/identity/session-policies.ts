/** The policies given with a request for temporary credentials; several of them add up. */
export interface SessionPolicies {
  readonly inline: string | undefined;
  readonly arns: readonly string[];
}
