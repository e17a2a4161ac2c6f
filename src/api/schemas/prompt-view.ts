import { promptSchema } from '../../models/prompt.ts';

export const promptViewSchema = promptSchema.meta({ id: 'Prompt' });
