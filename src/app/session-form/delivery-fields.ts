import type { SessionType } from '../../models/session-fields.ts';
import type { Choice } from '../fields/choice.ts';
import { deliveryLabel, isDelivery, type Delivery } from '../sessions/delivery-text.ts';
import type { SessionGroup } from './session-field.ts';

/** What each means for the programs that use the session. */
const meanings: Readonly<Record<Delivery, string>> = {
  'credentials-file':
    'Written to your AWS credentials file under the profile. Running programs keep the keys they have read.',
  'credential-process':
    'Written to your AWS config file: tools get the keys from Stint through the profile, always fresh ones. No key is on disk.',
  'azure-cli': 'Written to the Azure CLI’s folder, for az and the SDKs that use it.',
  'endpoint-only':
    'Not written to any file. Programs get credentials through stint exec or stint env.',
};

/** How credentials reach tools, and what ends a run. */
export const deliveryGroup: SessionGroup = {
  title: 'Delivery and limits',
  folded: true,
  fields: [
    { kind: 'select', name: 'delivery', label: 'Delivery', from: 'delivery', optional: true },
    {
      kind: 'duration',
      name: 'limits.maxSessionSeconds',
      label: 'Maximum duration',
      placeholder: '8 h',
      hint: 'The session ends after this time, even if it was renewed.',
      optional: true,
      narrow: true,
    },
    {
      kind: 'duration',
      name: 'limits.idleSeconds',
      label: 'Idle timeout',
      placeholder: '1 h',
      hint: 'The session ends after this time without use. 15 min or longer.',
      optional: true,
      narrow: true,
    },
    {
      kind: 'number',
      name: 'limits.maxLeases',
      label: 'Lease limit',
      placeholder: '1',
      hint: 'The session ends after this many programs have used it.',
      optional: true,
      narrow: true,
    },
  ],
};

/** What a delivery means, in a sentence or two. */
export function deliveryHint(delivery: Delivery): string {
  return meanings[delivery];
}

/** The deliveries of a type; also `chosen`, which may be another one. */
export function deliveryChoices(type: SessionType, chosen: string): readonly Choice[] {
  const offered: readonly Delivery[] =
    type === 'azure'
      ? ['azure-cli', 'endpoint-only']
      : ['credentials-file', 'credential-process', 'endpoint-only'];
  const all = isDelivery(chosen) && !offered.includes(chosen) ? [...offered, chosen] : offered;
  return all.map((delivery) => ({ value: delivery, label: deliveryLabel(delivery) }));
}

/**
 * Whether limits that count readers are possible: Stint cannot see who reads a file. The delivery
 * has to be chosen, as the owner checks it too (session-rules.ts).
 */
export function seesReaders(chosen: string): boolean {
  return chosen === 'endpoint-only' || chosen === 'credential-process';
}

/** The limits that count readers. */
export const readerLimits: ReadonlySet<string> = new Set([
  'limits.maxLeases',
  'limits.idleSeconds',
]);
