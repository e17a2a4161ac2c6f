import type { FormField, SearchField, SelectField } from '../fields/form-field.ts';

/** Where the choices of a field come from. */
export type ChoiceSource =
  | 'parent'
  | 'identity-provider'
  | 'identity-center'
  | 'azure-tenant'
  | 'environment'
  | 'delivery'
  | Offer;

/** What is typed, or taken from what the last sync found and other sessions have. */
export type Offer = 'region' | 'account' | 'account-role' | 'tenant' | 'subscription';

type Sourced<F extends FormField> = Omit<F, 'choices'> & { readonly from: ChoiceSource };

/** A field of the form, with the choices still to come. */
export type SessionField =
  | Sourced<SelectField>
  | Sourced<SearchField>
  /** A yes or no: yes is the one choice, `true`. */
  | (SelectField & { readonly flag: true })
  | (Exclude<FormField, SelectField | SearchField> & {
      /** Has to be a JSON object. */
      readonly json?: true;
      /** Goes to the vault and never comes back. */
      readonly key?: true;
    });

export interface SessionGroup {
  readonly title?: string;
  readonly about?: 'keys' | 'sync';
  readonly folded?: true;
  readonly fields: readonly SessionField[];
}
