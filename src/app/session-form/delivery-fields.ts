import type { SessionType } from '../../models/session-fields.ts';
import type { Choice } from '../fields/choice.ts';
import { deliveryLabel, isDelivery, type Delivery } from '../sessions/delivery-text.ts';
import type { FormGroup } from './form-fields.ts';

/** What each means for the programs that use the session. */
const meanings: Readonly<Record<Delivery, string>> = {
  'credentials-file':
    'Stands under its profile where every AWS tool looks. Programs already running keep the keys they have read.',
  'credential-process': 'Tools ask Stint through the profile; nothing secret is on disk.',
  'azure-cli': 'Stands in the folder of the Azure CLI, for az and the SDKs that ask it.',
  'endpoint-only':
    'In no file: programs get it through stint exec or stint env, and are told apart.',
};

/** How the credentials reach tools, and what ends a run. */
export const deliveryGroup: FormGroup = {
  title: 'Delivery and limits',
  folded: true,
  fields: [
    { name: 'delivery', label: 'Delivery', choice: 'delivery', optional: true },
    {
      name: 'limits.maxSessionSeconds',
      label: 'Ends after',
      hint: 'Seconds, 60 or more; renewed or not.',
      optional: true,
      read: 'number',
      narrow: true,
    },
    {
      name: 'limits.idleSeconds',
      label: 'Ends unused after',
      hint: 'Seconds, 900 or more.',
      optional: true,
      read: 'number',
      narrow: true,
    },
    {
      name: 'limits.maxLeases',
      label: 'Leases',
      hint: 'So many programs it serves in a run, and ends with the last.',
      optional: true,
      read: 'number',
      narrow: true,
    },
  ],
};

/** What it means, in a sentence. */
export function aboutDelivery(delivery: Delivery): string {
  return meanings[delivery];
}

/** What there is to choose from; `chosen` too, where it is none of the usual ones. */
export function deliveryChoices(type: SessionType, chosen: string): readonly Choice[] {
  const usual: readonly Delivery[] =
    type === 'azure' ? ['azure-cli', 'endpoint-only'] : ['credentials-file', 'endpoint-only'];
  const all = isDelivery(chosen) && !usual.includes(chosen) ? [...usual, chosen] : usual;
  return all.map((delivery) => ({ value: delivery, label: deliveryLabel(delivery) }));
}

/**
 * Whether the limits that count readers can be kept, which wants a delivery that was chosen: those
 * of a file cannot be seen. The owner holds the same rule (session-rules.ts).
 */
export function seesReaders(chosen: string): boolean {
  return chosen === 'endpoint-only' || chosen === 'credential-process';
}

/** Limits that count readers. */
export const readerLimits: ReadonlySet<string> = new Set([
  'limits.maxLeases',
  'limits.idleSeconds',
]);
