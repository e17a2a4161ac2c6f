import type { IdentityProviderFields } from '../../models/identity-provider.ts';
import type { ImportKind } from '../../models/import.ts';
import type { IntegrationFields } from '../../models/integration.ts';
import type { SessionFields, SessionSecrets } from '../../models/session-fields.ts';
import type { Settings } from '../../models/settings.ts';

/*
 * What the files of a tool say, in Stint's words. Nothing has an id yet: things refer to each other by
 * `ref`, a text that is unique in the draft and the same each time the same files are read.
 */

export interface Draft {
  readonly identityProviders?: readonly DraftThing<IdentityProviderFields>[];
  readonly integrations?: readonly DraftThing<IntegrationFields>[];
  readonly sessions?: readonly DraftSession[];
  readonly settings?: readonly DraftSetting[];
  /** What Stint cannot represent, or does not take over, and why. */
  readonly skipped?: readonly Skipped[];
  /** About the import as a whole. */
  readonly notes?: readonly string[];
}

export interface DraftThing<F> {
  readonly ref: string;
  /** Where it is in the files, for a person: "[profile dev], line 12 of /home/me/.aws/config". */
  readonly source: string;
  readonly fields: F;
  /** What is omitted of it: whole sentences. */
  readonly notes?: readonly string[];
}

/** `profileName` is the one requested for: a free and valid one is made of it. */
export interface DraftSession extends DraftThing<DraftFields> {
  /** The `ref` of the thing in this draft that it needs, by its type. */
  readonly idp?: string;
  readonly integration?: string;
  readonly parent?: string;
  /**
   * Its profile is meant for several sessions, of which one is active at a time: the name does not
   * change.
   */
  readonly sharesProfile?: true;
  /** Of an IAM user: they go to the vault only if the caller asks for that. */
  readonly keys?: SessionSecrets;
}

type Reference = 'idpId' | 'integrationId' | 'parentSessionId';
type Drafted<F> = F extends unknown ? Omit<F, Reference> : never;
export type DraftFields = Drafted<SessionFields>;

export interface DraftSetting {
  readonly name: keyof Settings & ('defaultRegion' | 'defaultLocation');
  readonly value: string;
  readonly source: string;
}

export interface Skipped {
  readonly kind: ImportKind;
  readonly name: string;
  readonly source: string;
  /** A whole sentence, and what to do instead if there is something. */
  readonly reason: string;
}
