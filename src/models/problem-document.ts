import * as z from 'zod';
import {
  fieldErrorCodes,
  problemRegistry,
  problemTypePrefix,
  type ProblemCode,
} from './problem.ts';

const codes = Object.keys(problemRegistry) as ProblemCode[];

const fieldErrorSchema = z.object({
  field: z.string().describe('its JSON path; empty for the whole body'),
  message: z
    .string()
    .describe('continues the name of the field, such as "must be at least 15 min"'),
  code: z.enum(fieldErrorCodes).describe('which kind of rule is broken'),
  minimum: z.number().optional().describe('the limit that is broken, in `unit`'),
  maximum: z.number().optional().describe('the limit that is broken, in `unit`'),
  unit: z.enum(['seconds', 'characters', 'entries']).optional(),
  choices: z.array(z.string()).optional().describe('what the field accepts'),
});

/** RFC 9457 problem details on the wire. Not in problem.ts, which works without zod. */
export const problemDocumentSchema = z.object({
  type: z.enum(codes.map((code) => problemTypePrefix + code)).describe('stable'),
  title: z.string(),
  status: z.int(),
  detail: z.string().describe('what happened, and to which session'),
  next: z.string().describe('what to do about it'),
  sessionId: z.string().optional(),
  promptId: z.string().optional().describe('the question to answer first'),
  errors: z.array(fieldErrorSchema).optional().describe('each field that is wrong'),
});
