/** How a connection came to its end: another owner has the workspace, or Stint was told to stop. */
export type ConnectionEnd = 'handed-over' | 'stopped';

/**
 * Where this process stands towards the workspace: it owns it, or it is a client of a newer owner.
 * Both answer the window's requests, with the rights of the window and no others.
 */
export interface OwnerConnection {
  readonly kind: 'owner' | 'client';
  fetch(request: Request): Promise<Response>;
  /** Resolves once the connection is lost or given up; its streams end with it. */
  readonly ended: Promise<ConnectionEnd>;
  /** After the computer slept: what came due is done at once. */
  wake(): void;
  /** Gives the connection up because Stint quits; an owner obeys the quit setting. */
  quit(): Promise<void>;
}
