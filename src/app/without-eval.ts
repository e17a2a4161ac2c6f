import { z } from 'zod';

/*
 * Imported first: the page's security policy forbids code made from text, which zod would try with
 * its first schema.
 */
z.config({ jitless: true });
