# Who AWS says it is, again for each line of standard input.
import os
import sys

import boto3

try:
    client = boto3.client('sts', endpoint_url=os.environ['PRACTICE_STS'])
    failure = None
except Exception as error:
    failure = error
for _ in sys.stdin:
    try:
        if failure is not None:
            raise failure
        print(client.get_caller_identity()['Arn'], '\n\x1e0', sep='', flush=True)
    except Exception as error:
        print(type(error).__name__, ': ', error, '\n\x1e1', sep='', flush=True)
