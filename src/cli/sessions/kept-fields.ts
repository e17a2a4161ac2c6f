/**
 * The fields that Stint keeps about a session: `keptFieldNames` of src/models/session.ts, written down
 * because the schemas there take long to load. A test compares the two.
 */
export const keptFields: readonly string[] = [
  'sessionId',
  'status',
  'startDateTime',
  'duration',
  'createdAt',
  'revision',
  'run',
  'rotatedAt',
  'renewAt',
  'credentialsExpireAt',
  'clockOffsetSeconds',
  'archivedAt',
  'lastEnd',
  'vanishedAt',
  'roleSecondsGranted',
  'runFields',
  'keyCreatedAt',
  'keyRotation',
  'actions',
  'deliveryIsDefault',
];

/** A session as the API answers it, without these fields; without a delivery that is the default. */
export function withoutKept(session: object): {
  readonly ignored: readonly string[];
  readonly fields: Readonly<Record<string, unknown>>;
} {
  const isDefault = 'deliveryIsDefault' in session && session.deliveryIsDefault === true;
  const isIgnored = new Set([...keptFields, ...(isDefault ? ['delivery'] : [])]);
  const entries = Object.entries(session);
  return {
    ignored: entries.map(([name]) => name).filter((name) => isIgnored.has(name)),
    fields: Object.fromEntries(entries.filter(([name]) => !isIgnored.has(name))),
  };
}
