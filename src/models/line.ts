import * as z from 'zod';

/** A text of one line, of at most `max` characters, for names that are shown. */
export const line = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(
      // eslint-disable-next-line no-control-regex -- control characters are what is refused
      /^[^\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]*$/,
      'must not contain control characters',
    );
