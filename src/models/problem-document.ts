import { z } from 'zod';
import { problemRegistry, problemTypePrefix, type ProblemCode } from './problem.ts';

const codes = Object.keys(problemRegistry) as ProblemCode[];

/** RFC 9457 problem details as they go over the wire. Apart from the registry, which needs no zod. */
export const problemDocumentSchema = z.object({
  type: z.enum(codes.map((code) => problemTypePrefix + code)).describe('stable'),
  title: z.string(),
  status: z.int(),
  detail: z.string().describe('what happened, and to which session'),
  next: z.string().optional().describe('what to do about it'),
  sessionId: z.string().optional(),
  promptId: z.string().optional().describe('the question whose answer lets the caller go on'),
  errors: z
    .array(z.object({ field: z.string(), message: z.string() }))
    .optional()
    .describe('each field that is wrong, by its JSON path'),
});
