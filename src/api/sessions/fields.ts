import * as z from 'zod';
import { sessionViewSchema } from '../schemas/session-view.ts';

const names = new Set(sessionViewSchema.options.flatMap(({ shape }) => Object.keys(shape)));

/** The value of `fields=`: names of fields that some type of session has. */
export const fieldsSchema = z
  .string()
  .max(1024)
  .transform((text) => text.split(','))
  .refine((fields) => fields.every((field) => names.has(field)), {
    error: 'must name fields of a session, separated by commas',
  });
