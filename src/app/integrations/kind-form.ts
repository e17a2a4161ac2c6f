import type { z } from 'zod';
import type { CallOptions } from '../../client/routes.ts';
import type { FormField } from '../fields/form-field.ts';

export type NewIntegration = NonNullable<CallOptions<'POST', '/v1/integrations'>['body']>;

/** The values of the fields that have one, by the name of the field. */
export type Texts = Readonly<Record<string, string>>;

/** The form of integrations of one kind, and how its values are sent. */
export interface KindForm {
  /** The fields depend on the values so far. */
  readonly fields: (values: Texts) => readonly FormField[];
  readonly schema: z.ZodType;
  /** The values when the form opens. */
  readonly before: Texts;
  /** The body that creates an integration. */
  created(values: Texts): NewIntegration;
  /** The merge patch (RFC 7396) that changes an existing one. */
  changed(values: Texts): Readonly<Record<string, unknown>>;
}
