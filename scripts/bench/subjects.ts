import { commandSubject } from './command.ts';
import { deliverySubject } from './delivery.ts';
import type { Subject } from './row.ts';

/** Everything that the bench measures, in the order of its table. */
export const subjects: readonly Subject[] = [commandSubject, deliverySubject];
