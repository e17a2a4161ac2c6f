import type { Facts } from '../facts.ts';
import { hint, problem, type Finding } from '../finding.ts';
import type { AwsProfile, AwsProfiles } from '../aws-profiles.ts';

/** AWS_PROFILE names a profile that is in neither file, or the session that it belongs to is not active. */
export function profileOfShell({ env, profilesOfShell, agent }: Facts): readonly Finding[] {
  const variable = ['AWS_PROFILE', 'AWS_DEFAULT_PROFILE'].find((name) => env[name]);
  const profile = variable === undefined ? undefined : env[variable];
  if (variable === undefined || profile === undefined || profile === 'default') return [];
  if (profilesOfShell.has(profile)) return [];
  const session = agent.sessions.find(
    ({ profileName, status }) => profileName === profile && status === 'inactive',
  );
  if (session !== undefined) {
    return [
      hint(
        `${variable} is ${profile} in this shell, whose session ${session.sessionName} is not active.`,
        `Start it: stint start ${session.sessionId}`,
      ),
    ];
  }
  return [
    problem(
      `${variable} is ${profile} in this shell, but no AWS file has a profile of that name. Tools here fail.`,
      `Unset it: unset ${variable}. The names of your sessions' profiles: stint session list`,
    ),
  ];
}

/** Settings that tools follow before they look at the keys of a session (`shadowing.ts`). */
const winners = ['web_identity_token_file', 'role_arn', 'sso_account_id', 'sso_role_name'];

/** The config file has the profile of an active session too, with something that wins over its keys. */
export function shadowedProfiles({ agent, awsConfig }: Facts): readonly Finding[] {
  return active(agent.sessions, 'credentials-file').flatMap(({ sessionName, profileName }) => {
    const other = profileAt(awsConfig, profileName);
    const found = winners.filter((key) => other?.settings.has(key) === true);
    if (other === undefined || found.length === 0) return [];
    return [
      problem(
        `Profile ${other.name} in ${awsConfig.path}, line ${other.line}, has ${found.join(', ')}. Tools use that instead of session ${sessionName}.`,
        `Rename that section, or give the session another profile: stint session edit ${quoted(sessionName)} --profile NAME`,
      ),
    ];
  });
}

/** The credentials file wins over a session that delivers by the config file. */
export function overtakenByKeys({ agent, awsCredentials }: Facts): readonly Finding[] {
  return active(agent.sessions, 'credential-process').flatMap(({ sessionName, profileName }) => {
    const other = profileAt(awsCredentials, profileName);
    if (other?.settings.has('aws_access_key_id') !== true || other.sessionId !== undefined)
      return [];
    return [
      problem(
        `Profile ${other.name} in ${awsCredentials.path}, line ${other.line}, has other keys. Tools use them instead of session ${sessionName}.`,
        `Remove them, or deliver there: stint session edit ${quoted(sessionName)} --delivery credentials-file`,
      ),
    ];
  });
}

/** The same profile has keys in both files: which of them count differs between tools. */
export function keysInBothFiles({ awsConfig, awsCredentials }: Facts): readonly Finding[] {
  return awsCredentials.profiles.flatMap(({ name, line, settings }) => {
    const other = profileAt(awsConfig, name);
    const isDouble =
      settings.has('aws_access_key_id') && other?.settings.has('aws_access_key_id') === true;
    if (!isDouble) return [];
    return [
      hint(
        `Profile ${name} has keys in line ${line} of ${awsCredentials.path} and in line ${other.line} of ${awsConfig.path}. Tools differ in which they use.`,
        'Remove the keys from the config file.',
      ),
    ];
  });
}

/** A profile runs a program that is no longer there, such as a Stint that was moved or removed. */
export function lostPrograms(facts: Facts): readonly Finding[] {
  return withProcess(facts).flatMap(({ path, profile, program }) =>
    facts.missing.has(program)
      ? [
          problem(
            `Profile ${profile.name} in ${path}, line ${profile.line}, runs ${program}, which is not there.`,
            profile.sessionId === undefined
              ? 'Correct its credential_process, or remove the section.'
              : 'Remove the section, or stop and start its session so that Stint writes it again.',
          ),
        ]
      : [],
  );
}

/** A section of Stint's whose session this workspace does not have: of another home, or left over. */
export function unknownSessions({ agent, awsConfig, awsCredentials }: Facts): readonly Finding[] {
  const known = new Set(agent.sessions.map(({ sessionId }) => sessionId));
  return [awsCredentials, awsConfig].flatMap(({ path, profiles }) =>
    profiles.flatMap(({ name, line, sessionId }) =>
      sessionId === undefined || known.has(sessionId)
        ? []
        : [
            problem(
              `Profile ${name} in ${path}, line ${line}, belongs to session ${sessionId}, which this workspace does not have.`,
              'If you have another Stint home, stop it there: STINT_HOME=FOLDER stint stop --all. Otherwise remove the section.',
            ),
          ],
    ),
  );
}

function profileAt({ profiles }: AwsProfiles, wanted: string | undefined): AwsProfile | undefined {
  return profiles.find(({ name }) => name === wanted);
}

function active(sessions: Facts['agent']['sessions'], delivery: string) {
  return sessions.filter((one) => one.status === 'active' && one.delivery === delivery);
}

/** The profiles that run a program, with its path where that is absolute. */
export function withProcess({
  awsConfig,
  awsCredentials,
}: Pick<Facts, 'awsConfig' | 'awsCredentials'>) {
  return [awsCredentials, awsConfig].flatMap(({ path, profiles }) =>
    profiles.flatMap((profile) => {
      const words = wordsOf(profile.credentialProcess ?? '').filter((word) =>
        /^(\/|[A-Za-z]:\\)/.test(word),
      );
      // Stint runs as NODE SCRIPT credentials ID: either may be gone.
      return words.slice(0, 2).map((program) => ({ path, profile, program }));
    }),
  );
}

function wordsOf(line: string): readonly string[] {
  return [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, plain]) => double ?? single ?? plain ?? '',
  );
}

function quoted(name: string): string {
  return /^[\w.@:/-]+$/.test(name) ? name : `'${name.replaceAll("'", String.raw`'\''`)}'`;
}
