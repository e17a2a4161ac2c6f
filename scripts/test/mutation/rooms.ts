/** A part of Stint whose tests are tested themselves: each small change to its code must make one of them fail. */
interface MutationRoom {
  /** What is changed, as globs. */
  readonly mutate: readonly string[];
  /** The tests that must notice, as globs: those of the room that are quick enough to run a thousand times. */
  readonly tests: readonly string[];
}

const rooms: Readonly<Record<string, MutationRoom>> = {
  delivery: {
    mutate: ['src/services/delivery/{aws-credentials,shared}/**/*.ts'],
    tests: ['test/unit/delivery/!(azure-*|az-*|aws-files-as-others-read-them|any-file).test.ts'],
  },
  lifecycle: {
    mutate: [
      'src/services/sessions/{start,start-outcome,end,rotate,extend,expire,reconcile,restored-validity,run-limits,transitions}.ts',
    ],
    tests: ['test/unit/sessions/**/*.test.ts', 'test/unit/rotation/{clocks,due,scheduler}.test.ts'],
  },
  vault: {
    mutate: [
      'src/services/vault/{vault,vault-file,vault-copies,vault-lock,write-vault,passphrase-key,passphrase-attempts,new-key,move-key,master-key,restore-vault,stash-copy}.ts',
    ],
    tests: ['test/unit/vault/!(kill).test.ts'],
  },
  access: {
    mutate: ['src/services/access/**/*.ts'],
    tests: ['test/unit/access/!(damage|revoked-stays-revoked).test.ts'],
  },
};

/** The room that `STINT_MUTATION_ROOM` names, unless another is asked for; throws if there is no such room. */
export function chosenRoom(name = process.env['STINT_MUTATION_ROOM'] ?? ''): MutationRoom {
  const room = rooms[name];
  if (room === undefined) throw new Error(`Name one of these: ${Object.keys(rooms).join(', ')}.`);
  return room;
}
