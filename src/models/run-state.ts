interface WithRun {
  readonly status: string;
  readonly run?: { readonly expiredAt?: string | undefined } | undefined;
}

/** Whether its credentials expired before they could be renewed: it is pending until they are. */
export function awaitsRenewal({ status, run }: WithRun): boolean {
  return status === 'pending' && run?.expiredAt !== undefined;
}

/** Whether its run has begun and continues, with usable credentials or while it waits for fresh ones. */
export function isUnderWay(session: WithRun): boolean {
  return session.status === 'active' || awaitsRenewal(session);
}
