import { z } from 'zod';

/*
 * Imported before all else: the page's security policy forbids code made from text, which zod would
 * try as soon as its first schema is made.
 */
z.config({ jitless: true });
