# ask-azure-identity.py CREDENTIAL RESOURCE…: a token for each resource, again for each line of input.
import logging
import sys

import azure.identity

logging.disable(logging.CRITICAL)
name, *resources = sys.argv[1:]
for _ in sys.stdin:
    failed = 0
    for resource in resources:
        try:
            # A new one each time: one that failed keeps its failure in some versions.
            print(getattr(azure.identity, name)().get_token(resource + '/.default').token)
        except Exception as error:
            failed = 1
            print(' '.join(str(error).split()))
    print('\x1e', failed, sep='', flush=True)
