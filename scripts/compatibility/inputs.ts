import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Writes the small inputs that some clients need, and returns their folder. */
export async function writeInputs(
  folder: string,
  signatureEndpoint: string,
  stsEndpoint: string,
): Promise<string> {
  const inputs = join(folder, 'inputs');
  const { host } = new URL(signatureEndpoint);
  const files: Readonly<Record<string, string>> = {
    'terraform/main.tf': `terraform {
  backend "s3" {
    bucket         = "bucket"
    key            = "state"
    region         = "eu-west-1"
    use_path_style = true
    endpoints      = { s3 = "${signatureEndpoint}", sts = "${stsEndpoint}" }
  }
}
`,
    'hugo-site/hugo.toml': `baseURL = "http://localhost/"
[[deployment.targets]]
name = "practice"
URL = "s3://bucket?endpoint=${host}&region=eu-west-1&disableSSL=true&s3ForcePathStyle=true"
`,
    'hugo-site/public/index.html': 'hello\n',
    'docker-registry.yml': `version: 0.1
storage:
  s3:
    region: eu-west-1
    regionendpoint: ${signatureEndpoint}
    bucket: bucket
    secure: false
http:
  addr: 127.0.0.1:0
`,
    'serverless/serverless.yml': `service: practice
frameworkVersion: '*'
provider:
  name: aws
  runtime: nodejs20.x
  region: eu-west-1
`,
  };
  for (const [path, text] of Object.entries(files)) {
    const file = join(inputs, path);
    await mkdir(join(file, '..'), { recursive: true });
    await writeFile(file, text);
  }
  return inputs;
}
