/** Why a connection ended: another owner takes the workspace, or Stint stops. */
export type ConnectionEnd = 'handed-over' | 'stopped';

/**
 * How this process reaches the workspace: it is the owner, or the client of a newer owner. Both
 * answer the window's requests with the rights of the window and no others.
 */
export interface OwnerConnection {
  readonly kind: 'owner' | 'client';
  fetch(request: Request): Promise<Response>;
  /** The same with the owner's rights, for what the person has confirmed in a native dialog. */
  fetchAsOwner(request: Request): Promise<Response>;
  /** Resolves once the connection has ended; its event streams end with it. */
  readonly ended: Promise<ConnectionEnd>;
  /** After the computer slept: checks the clock at once. */
  wake(): void;
  /** Ends the connection because the app quits; an owner does as the quit setting says. */
  quit(): Promise<void>;
}
