import { join } from 'node:path';
import { ifThere, type Client, type Machine } from '../client.ts';
import { program } from '../program.ts';

/** Built from Debian's sources of the SDK, once for each machine. */
function goProgram(name: string, machine: Machine) {
  const binary = join(machine.built, name);
  const build = [
    `[ -x ${binary} ] || (cd ${program(name)}`,
    `GOTOOLCHAIN=local GO111MODULE=off GOPATH=/usr/share/gocode GOCACHE=${machine.built}/cache go build -o ${binary} .)`,
    `${binary} version`,
  ].join(' && ');
  return ifThere(machine, ['sh', '-c', build], {
    asker: () => [binary],
    // Its own rule: v1 reads the config file only with this; v2 always does.
    env: { AWS_SDK_LOAD_CONFIG: '1' },
  });
}

export const awsSdkGoV1: Client = {
  name: 'AWS SDK for Go v1',
  proof: 'arn',
  stays: true,
  find: (machine) => goProgram('ask-aws-sdk-go-v1', machine),
};

export const awsSdkGoV2: Client = {
  name: 'AWS SDK for Go v2',
  proof: 'arn',
  stays: true,
  find: (machine) => goProgram('ask-aws-sdk-go-v2', machine),
};
