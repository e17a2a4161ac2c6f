import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';

/*
 * What any program with the AWS SDK does: no credentials are named, the SDK's own default provider
 * chain finds them. Prints who AWS says it is, or fails.
 */
const { Arn } = await new STSClient({}).send(new GetCallerIdentityCommand({}));
console.log(Arn);
