import type { HttpAnswer } from '../http/request.ts';
import { secret } from '../identity-center/grants.ts';
import type { CloudState } from '../state.ts';
import { needsCode } from './access.ts';
import { tenantFor } from './authority.ts';
import { refuseTo } from './authorize.ts';
import { EntraFault } from './fault.ts';
import type { SignedIn } from './grants.ts';
import { codePage, confirmPage, consentPage, donePage, refusalPage } from './pages.ts';
import { goBack } from './redirect.ts';
import { resourceOf } from './scopes.ts';
import { clouds } from './clouds.ts';
import type { EntraUser } from './user.ts';
import type { Visit } from './visits.ts';

/** A code is to be used at once: ten minutes at Entra ("Redeem a code for an access token"). */
const codeSeconds = 600;

/** What a visit still lacks before it can be finished. */
export type Step = 'code' | 'consent' | 'done';

/**
 * What comes next for somebody who has given a password: a code, consent, or nothing more.
 * @throws EntraFault 50020, 50079, 53003, 500011
 */
export function nextStep(visit: Visit, user: EntraUser): Step {
  const tenant = tenantFor(user, visit.tenant, visit.application);
  const resource = resourceOf(visit.scopes.audience, [clouds[tenant.cloud]], tenant.displayName);
  if (needsCode(user, tenant, resource, visit.challenged) && !visit.mfa) return 'code';
  const objectId = String(tenant.members.get(user));
  const consented = visit.application.hasConsent(tenant.tenantId, objectId);
  // A user who confirms a device code is always asked ("Are you trying to sign in to …?").
  if (visit.what.kind === 'device' || visit.consentAsked || !consented) return 'consent';
  return 'done';
}

/** The page for the next step, or what it leads to; `consented` when the last page was about that. */
export function continueSignIn(
  visit: Visit,
  user: EntraUser,
  state: CloudState,
  consented = false,
): HttpAnswer {
  try {
    switch (nextStep(visit, user)) {
      case 'code':
        return codePage(visit);
      case 'consent':
        if (consented) return finish(visit, user, state);
        return visit.what.kind === 'device'
          ? confirmPage(visit, user.userName)
          : consentPage(visit, user.userName);
      case 'done':
        return finish(visit, user, state);
    }
  } catch (error) {
    if (!(error instanceof EntraFault)) throw error;
    return refusalPage(`${error.code}: ${error.message}`, visit);
  }
}

/** What was asked for, granted. @throws EntraFault 50020 */
export function finish(visit: Visit, user: EntraUser, state: CloudState): HttpAnswer {
  const tenant = tenantFor(user, visit.tenant, visit.application);
  const signedIn = { user, tenant, mfa: visit.mfa, at: state.now(), era: user.era };
  state.entra.pages.end(visit);
  const { what, application } = visit;
  if (!application.hasConsent(tenant.tenantId, String(tenant.members.get(user)))) {
    application.consent(tenant.tenantId, tenant.members.get(user));
  }
  if (what.kind === 'device') {
    decideDevice(what.userCode, signedIn, state);
    return donePage(
      `You have signed in to the ${application.name} application on your device. You may now close this window.`,
    );
  }
  const code = `1.${secret(200)}`;
  state.entra.grants.codes.set(code, {
    application,
    tenant: visit.tenant,
    redirectUri: what.redirectUri,
    challenge: what.challenge,
    scopes: visit.scopes,
    nonce: what.nonce,
    signedIn,
    expiresAt: state.now() + codeSeconds * 1000,
    used: false,
  });
  return goBack(what.redirectUri, what.responseMode, { code, state: what.state });
}

/** What was asked for, declined ("Error response": `access_denied`; "UserDeclinedConsent"). */
export function decline(visit: Visit, state: CloudState): HttpAnswer {
  state.entra.pages.end(visit);
  if (visit.what.kind === 'device') {
    decideDevice(visit.what.userCode, 'declined', state);
    return donePage('You have declined. You may now close this window.');
  }
  const fault = new EntraFault(
    65004,
    'access_denied',
    'User declined to consent to access the app.',
  );
  return refuseTo(visit.what, fault, state.now(), 'cancel');
}

/** False if the code no longer exists. */
export function decideDevice(
  userCode: string,
  decision: SignedIn | 'declined',
  state: CloudState,
): boolean {
  const grant = state.entra.grants.deviceByUserCode(userCode);
  if (grant === undefined || grant.used || state.now() >= grant.expiresAt) return false;
  grant.decision ??= decision;
  return true;
}
