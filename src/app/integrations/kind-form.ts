import type { z } from 'zod';
import type { CallOptions } from '../../client/routes.ts';
import type { PlainField, Values } from './plain-form.ts';

export type NewIntegration = NonNullable<CallOptions<'POST', '/v1/integrations'>['body']>;

/** How integrations of one kind are asked for, and how what was typed is sent. */
export interface KindForm {
  readonly fields: (values: Values) => readonly PlainField[];
  readonly schema: z.ZodType;
  /** What stands in the fields when the form opens. */
  readonly before: Values;
  /** One that is added. */
  created(values: Values): NewIntegration;
  /** What of one that stands is changed, as a merge patch. */
  changed(values: Values): Readonly<Record<string, unknown>>;
}
