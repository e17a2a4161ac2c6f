/** An error as STS answers it: its code, the HTTP status and whose fault it is. */
export class StsFault extends Error {
  readonly code: string;
  readonly status: number;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.code = code;
    this.status = status;
  }

  get type(): 'Sender' | 'Receiver' {
    return this.status < 500 ? 'Sender' : 'Receiver';
  }
}

/*
 * Codes and statuses: STS API Reference "Common Errors", and the "Errors" of each action's page.
 * The wording is what callers of the service report.
 */

export function accessDenied(message: string): StsFault {
  return new StsFault(403, 'AccessDenied', message);
}

export function validationError(message: string): StsFault {
  return new StsFault(400, 'ValidationError', message);
}

export function invalidParameterValue(message: string): StsFault {
  return new StsFault(400, 'InvalidParameterValue', message);
}

/** An unknown, inactive or deleted key, and a session token that isn't the key's. */
export function invalidClientToken(service: 'sts' | 'iam' = 'sts'): StsFault {
  const words = 'The security token included in the request is invalid';
  // IAM ends it without a full stop.
  return new StsFault(403, 'InvalidClientTokenId', service === 'sts' ? `${words}.` : words);
}

export function expiredToken(): StsFault {
  return new StsFault(403, 'ExpiredToken', 'The security token included in the request is expired');
}

/** An identity provider's token that STS can't believe. */
export function invalidIdentityToken(message: string): StsFault {
  return new StsFault(400, 'InvalidIdentityToken', message);
}

export function expiredIdentityToken(message: string): StsFault {
  return new StsFault(400, 'ExpiredTokenException', message);
}

export function idpRejectedClaim(message: string): StsFault {
  return new StsFault(403, 'IDPRejectedClaim', message);
}

export function missingAuthenticationToken(): StsFault {
  return new StsFault(403, 'MissingAuthenticationToken', 'Request is missing Authentication Token');
}

export function incompleteSignature(message: string): StsFault {
  return new StsFault(400, 'IncompleteSignature', message);
}

export function signatureDoesNotMatch(
  message = 'The request signature we calculated does not match the signature you provided. ' +
    'Check your AWS Secret Access Key and signing method. ' +
    'Consult the service documentation for details.',
): StsFault {
  return new StsFault(403, 'SignatureDoesNotMatch', message);
}

export function throttled(): StsFault {
  return new StsFault(400, 'Throttling', 'Rate exceeded');
}

/** Failures on AWS's side: 500 `InternalFailure`, 503 `ServiceUnavailable`. */
export function failure(status: 500 | 503): StsFault {
  return status === 500
    ? new StsFault(500, 'InternalFailure', 'An internal error has occurred.')
    : new StsFault(503, 'ServiceUnavailable', 'Service is unable to handle request.');
}
