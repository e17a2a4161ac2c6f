import type { Session } from '../connection/owner-client.ts';

/** How a session's credentials reach tools. */
export type Delivery = NonNullable<Session['delivery']>;

const labels: Readonly<Record<Delivery, string>> = {
  'credentials-file': 'Credentials file',
  'credential-process': 'Credential process',
  'azure-cli': 'Azure CLI',
  'endpoint-only': 'Endpoint only',
};

export function deliveryLabel(delivery: Delivery): string {
  return labels[delivery];
}

export function isDelivery(text: string): text is Delivery {
  return Object.hasOwn(labels, text);
}
