import type { BuildOptions, Plugin } from 'esbuild';

/*
 * The SDKs of the clouds are more than half of what the agent is made of, and an agent that only serves running
 * sessions needs none. Each cloud's are a program of their own, read when the agent first calls that cloud
 * (decision 53).
 */

const clouds = {
  aws: [
    '@aws-sdk/client-iam',
    '@aws-sdk/client-sso',
    '@aws-sdk/client-sso-oidc',
    '@aws-sdk/client-sts',
  ],
  azure: [
    '@azure/arm-resources-subscriptions',
    '@azure/core-rest-pipeline',
    '@azure/identity',
    '@azure/msal-node',
  ],
} as const;

type Cloud = keyof typeof clouds;

const cloudNames = Object.keys(clouds) as readonly Cloud[];

/** What `import()` of an SDK gets in the program of the agent: the SDK in the program of its cloud. */
export const sdksApart: Plugin = {
  name: 'sdks-apart',
  setup(build) {
    build.onResolve({ filter: /^@(aws-sdk|azure)\// }, ({ path, kind }) => {
      if (kind !== 'dynamic-import') return undefined;
      const cloud = cloudNames.find((name) => (clouds[name] as readonly string[]).includes(path));
      // A package that is not in the list would be in the agent's program unnoticed.
      if (cloud === undefined) return { errors: [{ text: `${path} is not in sdk-programs.ts` }] };
      return { path, namespace: 'sdk', pluginData: cloud };
    });
    build.onResolve({ filter: /./, namespace: 'sdk' }, ({ path }) => ({ path, external: true }));
    build.onLoad({ filter: /./, namespace: 'sdk' }, ({ path, pluginData }) => ({
      contents: `module.exports = require('./${fileOf(pluginData as Cloud)}')[${JSON.stringify(path)}]();`,
    }));
  },
};

/** The programs of the clouds' SDKs, built as `options` say. */
export function sdkPrograms<Options extends BuildOptions>(options: Options) {
  return cloudNames.map((cloud) => ({
    ...options,
    plugins: [...(options.plugins ?? []), sdksOf(clouds[cloud])],
    entryPoints: ['sdks-of-cloud'],
    outfile: `dist/${fileOf(cloud)}`,
  }));
}

/** An entry with one function for each of these packages, which loads it. */
function sdksOf(packages: readonly string[]): Plugin {
  return {
    name: 'sdks-of-cloud',
    setup(build) {
      build.onResolve({ filter: /^sdks-of-cloud$/ }, ({ path }) => ({ path, namespace: 'sdks' }));
      // As modules, as an import would: a package that is there in both forms is one then.
      build.onResolve({ filter: /./, namespace: 'sdks' }, ({ path, resolveDir }) =>
        build.resolve(path, { kind: 'import-statement', resolveDir }),
      );
      build.onLoad({ filter: /./, namespace: 'sdks' }, () => ({
        contents: packages
          .map(
            (name) => `exports[${JSON.stringify(name)}] = () => require(${JSON.stringify(name)});`,
          )
          .join('\n'),
        resolveDir: build.initialOptions.absWorkingDir ?? '.',
      }));
    },
  };
}

function fileOf(cloud: Cloud): string {
  return `${cloud}-sdk.cjs`;
}
