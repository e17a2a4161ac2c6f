import type { Session } from '../connection/owner-client.ts';

/** How a session's credentials reach tools. */
export type Delivery = NonNullable<Session['delivery']>;

const names: Readonly<Record<Delivery, string>> = {
  'credentials-file': 'credentials file',
  'credential-process': 'credential process',
  'azure-cli': 'Azure CLI',
  'endpoint-only': 'endpoint only',
};

/** The name of a delivery within a sentence. */
export function deliveryName(delivery: Delivery): string {
  return names[delivery];
}

/** The name of a delivery on its own. */
export function deliveryLabel(delivery: Delivery): string {
  const name = names[delivery];
  return name.charAt(0).toUpperCase() + name.slice(1);
}

export function isDelivery(text: string): text is Delivery {
  return Object.hasOwn(names, text);
}
