// Made from openapi.json by `npm run openapi`.

export interface paths {
    "/v1/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Check that an owner is running, and which one */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/handshake": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Prove the server to a client, or exchange the one-time code of a window for a token
         * @description For a `nonce`, the proof is HMAC-SHA256, keyed with the text of the owner’s token file, over `stint-handshake`, the port and the nonce, joined by line feeds; base64url. A client computes it for the port it connected to and compares before it sends its token, so that a proof from another port is worthless. For a `code`, which `stint ui` puts in the fragment of the window’s address, the answer is a client token of the role `window`.
         */
        post: operations["handshake"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List sessions: active ones first, then the last started, or sorted by `sort` */
        get: operations["listSessions"];
        put?: never;
        /** Add a session */
        post: operations["createSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a session */
        get: operations["getSession"];
        /** Replace all fields of a session */
        put: operations["replaceSession"];
        post?: never;
        /** Remove a session. Sessions that depend on it end; its history stays */
        delete: operations["deleteSession"];
        options?: never;
        head?: never;
        /** Change some fields of a session */
        patch: operations["updateSession"];
        trace?: never;
    };
    "/v1/sessions/{id}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Start a session: make its credentials available */
        post: operations["startSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Rotate a session: replace its credentials with fresh ones */
        post: operations["rotateSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{id}/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stop a session: remove its credentials. Stopping it twice is not an error */
        post: operations["stopSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{id}/forget": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Forget the sign-in of a session, so that its next start asks again */
        post: operations["forgetSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{id}/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the last runs of a session, newest first */
        get: operations["listRuns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{id}/credentials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the credentials of an active session, in the form of credential_process */
        get: operations["getCredentials"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{id}/leases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the leases of a session, newest first: open ones, and those closed in the last week */
        get: operations["listLeases"];
        put?: never;
        /** Open a lease: an address and a token with which an SDK obtains the session’s credentials */
        post: operations["openLease"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/leases/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Close a lease. Closing it twice is not an error. If the run ends with it, the answer waits for that */
        delete: operations["closeLease"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/credentials/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the current credentials, in the form SDKs expect (AWS_CONTAINER_CREDENTIALS_FULL_URI) */
        get: operations["getContainerCredentials"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/azure/{id}/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a token for a resource, in the form SDKs expect (IDENTITY_ENDPOINT or MSI_ENDPOINT)
         * @description The managed identity contract of Azure App Service (Microsoft Learn, "How to use managed identities for App Service and Azure Functions", "REST endpoint reference"), and its version of 2017, which the Azure CLI uses.
         */
        get: operations["getIdentityToken"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/integrations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the integrations, which sessions come from */
        get: operations["listIntegrations"];
        put?: never;
        /** Add an integration */
        post: operations["createIntegration"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/integrations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read an integration */
        get: operations["getIntegration"];
        put?: never;
        post?: never;
        /** Remove an integration. Its active sessions end */
        delete: operations["deleteIntegration"];
        options?: never;
        head?: never;
        /** Change some fields of an integration. Changing where it signs in, or its secrets, signs it out */
        patch: operations["updateIntegration"];
        trace?: never;
    };
    "/v1/integrations/{id}/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in, once for everyone who waits for it */
        post: operations["signInIntegration"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/integrations/{id}/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign out, and end every session of the integration */
        post: operations["signOutIntegration"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/integrations/{id}/sync": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Update the sessions of the integration. Fields that a person set stay */
        post: operations["syncIntegration"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/idps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the SAML identity providers of federated sessions */
        get: operations["listIdentityProviders"];
        put?: never;
        /** Add an identity provider */
        post: operations["createIdentityProvider"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/idps/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read an identity provider */
        get: operations["getIdentityProvider"];
        put?: never;
        post?: never;
        /** Remove an identity provider. Sessions that use it end */
        delete: operations["deleteIdentityProvider"];
        options?: never;
        head?: never;
        /** Change some fields of an identity provider. Changing the URL ends its sign-ins */
        patch: operations["updateIdentityProvider"];
        trace?: never;
    };
    "/v1/prompts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the open questions */
        get: operations["listPrompts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/prompts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Answer or cancel a question. The first answer counts */
        post: operations["answerPrompt"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow changes as Server-Sent Events
         * @description Each event is one `Event` in JSON. `Last-Event-ID` resumes after that event. If Stint no longer has the events that were missed, the stream begins with a `reset`.
         */
        get: operations["streamEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the history, newest first */
        get: operations["listHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the settings */
        get: operations["getSettings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change some settings (RFC 7396). null removes an optional one */
        patch: operations["updateSettings"];
        trace?: never;
    };
    "/v1/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the client tokens, newest first, without the tokens themselves */
        get: operations["listTokens"];
        put?: never;
        /** Make a client token. It allows at most what its maker may do */
        post: operations["createToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke a client token */
        delete: operations["revokeToken"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tokens/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Check whether a client token is valid, and what it allows */
        post: operations["verifyToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tokens/reset-key": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Revoke every client token at once */
        post: operations["resetSigningKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/owner": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the process that owns the workspace, and its state */
        get: operations["getOwner"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/owner/window": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make an address that opens the window in a browser, once, within two minutes */
        post: operations["createWindowAddress"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/owner/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End this owner so that another takes over. Sessions continue */
        post: operations["releaseOwner"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/owner/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End this owner. The setting `onQuit` decides about active sessions */
        post: operations["stopOwner"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read this description */
        get: operations["getOpenApi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Health: {
            /** @enum {string} */
            status: "ok";
            version: string;
            pid: number;
        };
        Problem: {
            /**
             * @description stable
             * @enum {string}
             */
            type: "urn:stint:problem:invalid-request" | "urn:stint:problem:unauthenticated" | "urn:stint:problem:scope-missing" | "urn:stint:problem:request-untrusted" | "urn:stint:problem:not-found" | "urn:stint:problem:method-not-allowed" | "urn:stint:problem:already-exists" | "urn:stint:problem:section-occupied" | "urn:stint:problem:session-archived" | "urn:stint:problem:session-not-active" | "urn:stint:problem:leases-used-up" | "urn:stint:problem:session-ended" | "urn:stint:problem:person-needed" | "urn:stint:problem:prompt-closed" | "urn:stint:problem:revision-stale" | "urn:stint:problem:body-too-large" | "urn:stint:problem:media-type-unsupported" | "urn:stint:problem:vault-locked" | "urn:stint:problem:revision-required" | "urn:stint:problem:owner-conflict" | "urn:stint:problem:owner-ending" | "urn:stint:problem:file-unreadable" | "urn:stint:problem:file-unwritable" | "urn:stint:problem:workspace-newer" | "urn:stint:problem:vault-unreadable" | "urn:stint:problem:keychain-unavailable" | "urn:stint:problem:browser-unavailable" | "urn:stint:problem:secret-missing" | "urn:stint:problem:secret-unreadable" | "urn:stint:problem:dependency-missing" | "urn:stint:problem:prompt-expired" | "urn:stint:problem:cloud-refused" | "urn:stint:problem:cloud-unreachable" | "urn:stint:problem:type-unsupported" | "urn:stint:problem:rate-limited" | "urn:stint:problem:internal";
            title: string;
            status: number;
            /** @description what happened, and to which session */
            detail: string;
            /** @description what to do about it */
            next?: string;
            sessionId?: string;
            /** @description the question to answer first */
            promptId?: string;
            /** @description each field that is wrong */
            errors?: {
                /** @description its JSON path; empty for the whole body */
                field: string;
                /** @description continues the name of the field, such as "must be at least 15 min" */
                message: string;
                /**
                 * @description which kind of rule is broken
                 * @enum {string}
                 */
                code: "missing" | "wrong-type" | "too-short" | "too-long" | "too-few" | "too-many" | "too-small" | "too-large" | "not-an-option" | "unknown-field" | "malformed" | "invalid";
                /** @description the limit that is broken, in `unit` */
                minimum?: number;
                /** @description the limit that is broken, in `unit` */
                maximum?: number;
                /** @enum {string} */
                unit?: "seconds" | "characters" | "entries";
                /** @description what the field accepts */
                choices?: string[];
            }[];
        };
        HandshakeResult: {
            proof?: string;
            token?: string;
            expiresAt?: string;
        };
        Handshake: {
            nonce: string;
        } | {
            code: string;
        };
        SessionPage: {
            items: components["schemas"]["Session"][];
            /** @description send it as `cursor` for the next page */
            nextCursor?: string;
            /** @description entries of the workspace that cannot be read; only on the first page */
            broken?: components["schemas"]["BrokenSession"][];
        };
        Session: components["schemas"]["AwsIamUserSession"] | components["schemas"]["AwsIamRoleFederatedSession"] | components["schemas"]["AwsIamRoleChainedSession"] | components["schemas"]["AwsSsoRoleSession"] | components["schemas"]["AzureSession"];
        AwsIamUserSession: {
            sessionName: string;
            region: string;
            labels?: string[];
            environment?: string;
            pinned?: boolean;
            limits?: {
                maxSessionSeconds?: number;
                maxLeases?: number;
                idleSeconds?: number;
            };
            /** Format: date-time */
            validUntil?: string;
            onDemand?: boolean;
            profileName: string;
            /** @enum {string} */
            delivery?: "credentials-file" | "credential-process" | "endpoint-only";
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "awsIamUser";
            mfaSerial?: string;
            mfaCommand?: string[];
            tokenSeconds?: number;
            /** Format: uuid */
            sessionId: string;
            /** @enum {string} */
            status: "inactive" | "pending" | "active";
            startDateTime: string | "";
            duration: number;
            /** Format: date-time */
            createdAt: string;
            revision: number;
            run?: {
                /** Format: uuid */
                id: string;
                /** Format: date-time */
                startedAt: string;
                /** Format: date-time */
                endsAt?: string;
                untilLastLease?: boolean;
            };
            /** Format: date-time */
            rotatedAt?: string;
            /** Format: date-time */
            renewAt?: string;
            /** Format: date-time */
            credentialsExpireAt?: string;
            /** Format: date-time */
            archivedAt?: string;
            lastEnd?: {
                /** @enum {string} */
                reason: "stopped" | "cancelled" | "max-duration" | "idle" | "lease-limit" | "valid-until" | "expired" | "superseded" | "removed" | "dependency-removed" | "integration-logout" | "locked" | "shutdown" | "crashed" | "failed";
                /** Format: date-time */
                at: string;
                message: string;
            };
            /** Format: date-time */
            vanishedAt?: string;
            roleSecondsGranted?: number;
            /** @description what you can do with it now */
            actions: ("start" | "stop" | "rotate" | "update" | "delete")[];
        };
        AwsIamRoleFederatedSession: {
            sessionName: string;
            region: string;
            labels?: string[];
            environment?: string;
            pinned?: boolean;
            limits?: {
                maxSessionSeconds?: number;
                maxLeases?: number;
                idleSeconds?: number;
            };
            /** Format: date-time */
            validUntil?: string;
            onDemand?: boolean;
            profileName: string;
            /** @enum {string} */
            delivery?: "credentials-file" | "credential-process" | "endpoint-only";
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "awsIamRoleFederated";
            /** Format: uuid */
            idpId: string;
            idpArn: string;
            roleArn: string;
            roleSeconds?: number;
            separateIdentity?: boolean;
            /** Format: uuid */
            sessionId: string;
            /** @enum {string} */
            status: "inactive" | "pending" | "active";
            startDateTime: string | "";
            duration: number;
            /** Format: date-time */
            createdAt: string;
            revision: number;
            run?: {
                /** Format: uuid */
                id: string;
                /** Format: date-time */
                startedAt: string;
                /** Format: date-time */
                endsAt?: string;
                untilLastLease?: boolean;
            };
            /** Format: date-time */
            rotatedAt?: string;
            /** Format: date-time */
            renewAt?: string;
            /** Format: date-time */
            credentialsExpireAt?: string;
            /** Format: date-time */
            archivedAt?: string;
            lastEnd?: {
                /** @enum {string} */
                reason: "stopped" | "cancelled" | "max-duration" | "idle" | "lease-limit" | "valid-until" | "expired" | "superseded" | "removed" | "dependency-removed" | "integration-logout" | "locked" | "shutdown" | "crashed" | "failed";
                /** Format: date-time */
                at: string;
                message: string;
            };
            /** Format: date-time */
            vanishedAt?: string;
            roleSecondsGranted?: number;
            /** @description what you can do with it now */
            actions: ("start" | "stop" | "rotate" | "update" | "delete")[];
        };
        AwsIamRoleChainedSession: {
            sessionName: string;
            region: string;
            labels?: string[];
            environment?: string;
            pinned?: boolean;
            limits?: {
                maxSessionSeconds?: number;
                maxLeases?: number;
                idleSeconds?: number;
            };
            /** Format: date-time */
            validUntil?: string;
            onDemand?: boolean;
            profileName: string;
            /** @enum {string} */
            delivery?: "credentials-file" | "credential-process" | "endpoint-only";
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "awsIamRoleChained";
            /** Format: uuid */
            parentSessionId: string;
            roleArn: string;
            roleSessionName: string;
            externalId?: string;
            sourceIdentity?: string;
            tags?: {
                [key: string]: string;
            };
            policyArns?: string[];
            policy?: string;
            mfaSerial?: string;
            roleSeconds?: number;
            /** Format: uuid */
            sessionId: string;
            /** @enum {string} */
            status: "inactive" | "pending" | "active";
            startDateTime: string | "";
            duration: number;
            /** Format: date-time */
            createdAt: string;
            revision: number;
            run?: {
                /** Format: uuid */
                id: string;
                /** Format: date-time */
                startedAt: string;
                /** Format: date-time */
                endsAt?: string;
                untilLastLease?: boolean;
            };
            /** Format: date-time */
            rotatedAt?: string;
            /** Format: date-time */
            renewAt?: string;
            /** Format: date-time */
            credentialsExpireAt?: string;
            /** Format: date-time */
            archivedAt?: string;
            lastEnd?: {
                /** @enum {string} */
                reason: "stopped" | "cancelled" | "max-duration" | "idle" | "lease-limit" | "valid-until" | "expired" | "superseded" | "removed" | "dependency-removed" | "integration-logout" | "locked" | "shutdown" | "crashed" | "failed";
                /** Format: date-time */
                at: string;
                message: string;
            };
            /** Format: date-time */
            vanishedAt?: string;
            roleSecondsGranted?: number;
            /** @description what you can do with it now */
            actions: ("start" | "stop" | "rotate" | "update" | "delete")[];
        };
        AwsSsoRoleSession: {
            sessionName: string;
            region: string;
            labels?: string[];
            environment?: string;
            pinned?: boolean;
            limits?: {
                maxSessionSeconds?: number;
                maxLeases?: number;
                idleSeconds?: number;
            };
            /** Format: date-time */
            validUntil?: string;
            onDemand?: boolean;
            profileName: string;
            /** @enum {string} */
            delivery?: "credentials-file" | "credential-process" | "endpoint-only";
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "awsSsoRole";
            /** Format: uuid */
            integrationId: string;
            accountId: string;
            accountName: string;
            roleName: string;
            email?: string;
            /** Format: uuid */
            sessionId: string;
            /** @enum {string} */
            status: "inactive" | "pending" | "active";
            startDateTime: string | "";
            duration: number;
            /** Format: date-time */
            createdAt: string;
            revision: number;
            run?: {
                /** Format: uuid */
                id: string;
                /** Format: date-time */
                startedAt: string;
                /** Format: date-time */
                endsAt?: string;
                untilLastLease?: boolean;
            };
            /** Format: date-time */
            rotatedAt?: string;
            /** Format: date-time */
            renewAt?: string;
            /** Format: date-time */
            credentialsExpireAt?: string;
            /** Format: date-time */
            archivedAt?: string;
            lastEnd?: {
                /** @enum {string} */
                reason: "stopped" | "cancelled" | "max-duration" | "idle" | "lease-limit" | "valid-until" | "expired" | "superseded" | "removed" | "dependency-removed" | "integration-logout" | "locked" | "shutdown" | "crashed" | "failed";
                /** Format: date-time */
                at: string;
                message: string;
            };
            /** Format: date-time */
            vanishedAt?: string;
            roleSecondsGranted?: number;
            /** @description what you can do with it now */
            actions: ("start" | "stop" | "rotate" | "update" | "delete")[];
        };
        AzureSession: {
            sessionName: string;
            region: string;
            labels?: string[];
            environment?: string;
            pinned?: boolean;
            limits?: {
                maxSessionSeconds?: number;
                maxLeases?: number;
                idleSeconds?: number;
            };
            /** Format: date-time */
            validUntil?: string;
            onDemand?: boolean;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "azure";
            /** @enum {string} */
            delivery?: "azure-cli" | "endpoint-only";
            /** Format: uuid */
            integrationId: string;
            /** Format: uuid */
            tenantId: string;
            /** Format: uuid */
            subscriptionId: string;
            subscriptionName: string;
            /** Format: uuid */
            sessionId: string;
            /** @enum {string} */
            status: "inactive" | "pending" | "active";
            startDateTime: string | "";
            duration: number;
            /** Format: date-time */
            createdAt: string;
            revision: number;
            run?: {
                /** Format: uuid */
                id: string;
                /** Format: date-time */
                startedAt: string;
                /** Format: date-time */
                endsAt?: string;
                untilLastLease?: boolean;
            };
            /** Format: date-time */
            rotatedAt?: string;
            /** Format: date-time */
            renewAt?: string;
            /** Format: date-time */
            credentialsExpireAt?: string;
            /** Format: date-time */
            archivedAt?: string;
            lastEnd?: {
                /** @enum {string} */
                reason: "stopped" | "cancelled" | "max-duration" | "idle" | "lease-limit" | "valid-until" | "expired" | "superseded" | "removed" | "dependency-removed" | "integration-logout" | "locked" | "shutdown" | "crashed" | "failed";
                /** Format: date-time */
                at: string;
                message: string;
            };
            /** Format: date-time */
            vanishedAt?: string;
            roleSecondsGranted?: number;
            /** @description what you can do with it now */
            actions: ("start" | "stop" | "rotate" | "update" | "delete")[];
        };
        BrokenSession: {
            sessionId?: string;
            sessionName?: string;
            /** @description which field is wrong and why */
            message: string;
        };
        NewSession: components["schemas"]["NewAwsIamUserSession"] | components["schemas"]["NewAwsIamRoleFederatedSession"] | components["schemas"]["NewAwsIamRoleChainedSession"] | components["schemas"]["NewAwsSsoRoleSession"] | components["schemas"]["NewAzureSession"];
        NewAwsIamUserSession: {
            sessionName: string;
            region: string;
            labels?: string[];
            environment?: string;
            pinned?: boolean;
            limits?: {
                maxSessionSeconds?: number;
                maxLeases?: number;
                idleSeconds?: number;
            };
            /** Format: date-time */
            validUntil?: string;
            onDemand?: boolean;
            profileName?: string;
            /** @enum {string} */
            delivery?: "credentials-file" | "credential-process" | "endpoint-only";
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "awsIamUser";
            mfaSerial?: string;
            mfaCommand?: string[];
            tokenSeconds?: number;
            /** @description write-only: Stint keeps them in the vault and never shows them */
            secrets?: {
                accessKeyId: string;
                secretAccessKey: string;
            };
            /**
             * Format: uuid
             * @description an id you choose; 409 if it is in use
             */
            sessionId?: string;
            /** @description seconds until the session is archived: `validUntil`, counted from now */
            expires_in?: number;
        };
        NewAwsIamRoleFederatedSession: {
            sessionName: string;
            region: string;
            labels?: string[];
            environment?: string;
            pinned?: boolean;
            limits?: {
                maxSessionSeconds?: number;
                maxLeases?: number;
                idleSeconds?: number;
            };
            /** Format: date-time */
            validUntil?: string;
            onDemand?: boolean;
            profileName?: string;
            /** @enum {string} */
            delivery?: "credentials-file" | "credential-process" | "endpoint-only";
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "awsIamRoleFederated";
            /** Format: uuid */
            idpId: string;
            idpArn: string;
            roleArn: string;
            roleSeconds?: number;
            separateIdentity?: boolean;
            /** @description write-only: Stint keeps them in the vault and never shows them */
            secrets?: {
                accessKeyId: string;
                secretAccessKey: string;
            };
            /**
             * Format: uuid
             * @description an id you choose; 409 if it is in use
             */
            sessionId?: string;
            /** @description seconds until the session is archived: `validUntil`, counted from now */
            expires_in?: number;
        };
        NewAwsIamRoleChainedSession: {
            sessionName: string;
            region: string;
            labels?: string[];
            environment?: string;
            pinned?: boolean;
            limits?: {
                maxSessionSeconds?: number;
                maxLeases?: number;
                idleSeconds?: number;
            };
            /** Format: date-time */
            validUntil?: string;
            onDemand?: boolean;
            profileName?: string;
            /** @enum {string} */
            delivery?: "credentials-file" | "credential-process" | "endpoint-only";
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "awsIamRoleChained";
            /** Format: uuid */
            parentSessionId: string;
            roleArn: string;
            roleSessionName: string;
            externalId?: string;
            sourceIdentity?: string;
            tags?: {
                [key: string]: string;
            };
            policyArns?: string[];
            policy?: string;
            mfaSerial?: string;
            roleSeconds?: number;
            /** @description write-only: Stint keeps them in the vault and never shows them */
            secrets?: {
                accessKeyId: string;
                secretAccessKey: string;
            };
            /**
             * Format: uuid
             * @description an id you choose; 409 if it is in use
             */
            sessionId?: string;
            /** @description seconds until the session is archived: `validUntil`, counted from now */
            expires_in?: number;
        };
        NewAwsSsoRoleSession: {
            sessionName: string;
            region: string;
            labels?: string[];
            environment?: string;
            pinned?: boolean;
            limits?: {
                maxSessionSeconds?: number;
                maxLeases?: number;
                idleSeconds?: number;
            };
            /** Format: date-time */
            validUntil?: string;
            onDemand?: boolean;
            profileName?: string;
            /** @enum {string} */
            delivery?: "credentials-file" | "credential-process" | "endpoint-only";
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "awsSsoRole";
            /** Format: uuid */
            integrationId: string;
            accountId: string;
            accountName: string;
            roleName: string;
            email?: string;
            /** @description write-only: Stint keeps them in the vault and never shows them */
            secrets?: {
                accessKeyId: string;
                secretAccessKey: string;
            };
            /**
             * Format: uuid
             * @description an id you choose; 409 if it is in use
             */
            sessionId?: string;
            /** @description seconds until the session is archived: `validUntil`, counted from now */
            expires_in?: number;
        };
        NewAzureSession: {
            sessionName: string;
            region: string;
            labels?: string[];
            environment?: string;
            pinned?: boolean;
            limits?: {
                maxSessionSeconds?: number;
                maxLeases?: number;
                idleSeconds?: number;
            };
            /** Format: date-time */
            validUntil?: string;
            onDemand?: boolean;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "azure";
            /** @enum {string} */
            delivery?: "azure-cli" | "endpoint-only";
            /** Format: uuid */
            integrationId: string;
            /** Format: uuid */
            tenantId: string;
            /** Format: uuid */
            subscriptionId: string;
            subscriptionName: string;
            /** @description write-only: Stint keeps them in the vault and never shows them */
            secrets?: {
                accessKeyId: string;
                secretAccessKey: string;
            };
            /**
             * Format: uuid
             * @description an id you choose; 409 if it is in use
             */
            sessionId?: string;
            /** @description seconds until the session is archived: `validUntil`, counted from now */
            expires_in?: number;
        };
        SessionReplacement: components["schemas"]["AwsIamUserReplacement"] | components["schemas"]["AwsIamRoleFederatedReplacement"] | components["schemas"]["AwsIamRoleChainedReplacement"] | components["schemas"]["AwsSsoRoleReplacement"] | components["schemas"]["AzureReplacement"];
        AwsIamUserReplacement: {
            sessionName: string;
            region: string;
            labels?: string[];
            environment?: string;
            pinned?: boolean;
            limits?: {
                maxSessionSeconds?: number;
                maxLeases?: number;
                idleSeconds?: number;
            };
            /** Format: date-time */
            validUntil?: string;
            onDemand?: boolean;
            profileName?: string;
            /** @enum {string} */
            delivery?: "credentials-file" | "credential-process" | "endpoint-only";
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "awsIamUser";
            mfaSerial?: string;
            mfaCommand?: string[];
            tokenSeconds?: number;
            /** @description ignored */
            sessionId?: unknown;
            /** @description ignored */
            status?: unknown;
            /** @description ignored */
            startDateTime?: unknown;
            /** @description ignored */
            duration?: unknown;
            /** @description ignored */
            createdAt?: unknown;
            /** @description ignored */
            revision?: unknown;
            /** @description ignored */
            run?: unknown;
            /** @description ignored */
            rotatedAt?: unknown;
            /** @description ignored */
            renewAt?: unknown;
            /** @description ignored */
            credentialsExpireAt?: unknown;
            /** @description ignored */
            archivedAt?: unknown;
            /** @description ignored */
            lastEnd?: unknown;
            /** @description ignored */
            vanishedAt?: unknown;
            /** @description ignored */
            roleSecondsGranted?: unknown;
            /** @description ignored */
            runFields?: unknown;
            /** @description ignored */
            actions?: unknown;
            /** @description write-only: Stint keeps them in the vault and never shows them */
            secrets?: {
                accessKeyId: string;
                secretAccessKey: string;
            };
        };
        AwsIamRoleFederatedReplacement: {
            sessionName: string;
            region: string;
            labels?: string[];
            environment?: string;
            pinned?: boolean;
            limits?: {
                maxSessionSeconds?: number;
                maxLeases?: number;
                idleSeconds?: number;
            };
            /** Format: date-time */
            validUntil?: string;
            onDemand?: boolean;
            profileName?: string;
            /** @enum {string} */
            delivery?: "credentials-file" | "credential-process" | "endpoint-only";
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "awsIamRoleFederated";
            /** Format: uuid */
            idpId: string;
            idpArn: string;
            roleArn: string;
            roleSeconds?: number;
            separateIdentity?: boolean;
            /** @description ignored */
            sessionId?: unknown;
            /** @description ignored */
            status?: unknown;
            /** @description ignored */
            startDateTime?: unknown;
            /** @description ignored */
            duration?: unknown;
            /** @description ignored */
            createdAt?: unknown;
            /** @description ignored */
            revision?: unknown;
            /** @description ignored */
            run?: unknown;
            /** @description ignored */
            rotatedAt?: unknown;
            /** @description ignored */
            renewAt?: unknown;
            /** @description ignored */
            credentialsExpireAt?: unknown;
            /** @description ignored */
            archivedAt?: unknown;
            /** @description ignored */
            lastEnd?: unknown;
            /** @description ignored */
            vanishedAt?: unknown;
            /** @description ignored */
            roleSecondsGranted?: unknown;
            /** @description ignored */
            runFields?: unknown;
            /** @description ignored */
            actions?: unknown;
            /** @description write-only: Stint keeps them in the vault and never shows them */
            secrets?: {
                accessKeyId: string;
                secretAccessKey: string;
            };
        };
        AwsIamRoleChainedReplacement: {
            sessionName: string;
            region: string;
            labels?: string[];
            environment?: string;
            pinned?: boolean;
            limits?: {
                maxSessionSeconds?: number;
                maxLeases?: number;
                idleSeconds?: number;
            };
            /** Format: date-time */
            validUntil?: string;
            onDemand?: boolean;
            profileName?: string;
            /** @enum {string} */
            delivery?: "credentials-file" | "credential-process" | "endpoint-only";
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "awsIamRoleChained";
            /** Format: uuid */
            parentSessionId: string;
            roleArn: string;
            roleSessionName: string;
            externalId?: string;
            sourceIdentity?: string;
            tags?: {
                [key: string]: string;
            };
            policyArns?: string[];
            policy?: string;
            mfaSerial?: string;
            roleSeconds?: number;
            /** @description ignored */
            sessionId?: unknown;
            /** @description ignored */
            status?: unknown;
            /** @description ignored */
            startDateTime?: unknown;
            /** @description ignored */
            duration?: unknown;
            /** @description ignored */
            createdAt?: unknown;
            /** @description ignored */
            revision?: unknown;
            /** @description ignored */
            run?: unknown;
            /** @description ignored */
            rotatedAt?: unknown;
            /** @description ignored */
            renewAt?: unknown;
            /** @description ignored */
            credentialsExpireAt?: unknown;
            /** @description ignored */
            archivedAt?: unknown;
            /** @description ignored */
            lastEnd?: unknown;
            /** @description ignored */
            vanishedAt?: unknown;
            /** @description ignored */
            roleSecondsGranted?: unknown;
            /** @description ignored */
            runFields?: unknown;
            /** @description ignored */
            actions?: unknown;
            /** @description write-only: Stint keeps them in the vault and never shows them */
            secrets?: {
                accessKeyId: string;
                secretAccessKey: string;
            };
        };
        AwsSsoRoleReplacement: {
            sessionName: string;
            region: string;
            labels?: string[];
            environment?: string;
            pinned?: boolean;
            limits?: {
                maxSessionSeconds?: number;
                maxLeases?: number;
                idleSeconds?: number;
            };
            /** Format: date-time */
            validUntil?: string;
            onDemand?: boolean;
            profileName?: string;
            /** @enum {string} */
            delivery?: "credentials-file" | "credential-process" | "endpoint-only";
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "awsSsoRole";
            /** Format: uuid */
            integrationId: string;
            accountId: string;
            accountName: string;
            roleName: string;
            email?: string;
            /** @description ignored */
            sessionId?: unknown;
            /** @description ignored */
            status?: unknown;
            /** @description ignored */
            startDateTime?: unknown;
            /** @description ignored */
            duration?: unknown;
            /** @description ignored */
            createdAt?: unknown;
            /** @description ignored */
            revision?: unknown;
            /** @description ignored */
            run?: unknown;
            /** @description ignored */
            rotatedAt?: unknown;
            /** @description ignored */
            renewAt?: unknown;
            /** @description ignored */
            credentialsExpireAt?: unknown;
            /** @description ignored */
            archivedAt?: unknown;
            /** @description ignored */
            lastEnd?: unknown;
            /** @description ignored */
            vanishedAt?: unknown;
            /** @description ignored */
            roleSecondsGranted?: unknown;
            /** @description ignored */
            runFields?: unknown;
            /** @description ignored */
            actions?: unknown;
            /** @description write-only: Stint keeps them in the vault and never shows them */
            secrets?: {
                accessKeyId: string;
                secretAccessKey: string;
            };
        };
        AzureReplacement: {
            sessionName: string;
            region: string;
            labels?: string[];
            environment?: string;
            pinned?: boolean;
            limits?: {
                maxSessionSeconds?: number;
                maxLeases?: number;
                idleSeconds?: number;
            };
            /** Format: date-time */
            validUntil?: string;
            onDemand?: boolean;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "azure";
            /** @enum {string} */
            delivery?: "azure-cli" | "endpoint-only";
            /** Format: uuid */
            integrationId: string;
            /** Format: uuid */
            tenantId: string;
            /** Format: uuid */
            subscriptionId: string;
            subscriptionName: string;
            /** @description ignored */
            sessionId?: unknown;
            /** @description ignored */
            status?: unknown;
            /** @description ignored */
            startDateTime?: unknown;
            /** @description ignored */
            duration?: unknown;
            /** @description ignored */
            createdAt?: unknown;
            /** @description ignored */
            revision?: unknown;
            /** @description ignored */
            run?: unknown;
            /** @description ignored */
            rotatedAt?: unknown;
            /** @description ignored */
            renewAt?: unknown;
            /** @description ignored */
            credentialsExpireAt?: unknown;
            /** @description ignored */
            archivedAt?: unknown;
            /** @description ignored */
            lastEnd?: unknown;
            /** @description ignored */
            vanishedAt?: unknown;
            /** @description ignored */
            roleSecondsGranted?: unknown;
            /** @description ignored */
            runFields?: unknown;
            /** @description ignored */
            actions?: unknown;
            /** @description write-only: Stint keeps them in the vault and never shows them */
            secrets?: {
                accessKeyId: string;
                secretAccessKey: string;
            };
        };
        /** @description JSON merge patch (RFC 7396) on the fields of the session; null removes a field */
        SessionPatch: {
            [key: string]: unknown;
        };
        StartResult: {
            session: components["schemas"]["Session"];
            findings: components["schemas"]["Finding"][];
        };
        /** @description something on this machine that keeps tools from using the session */
        Finding: {
            code: string;
            message: string;
            next: string;
        };
        PendingResult: {
            session: components["schemas"]["Session"];
            prompts: components["schemas"]["Prompt"][];
            findings: components["schemas"]["Finding"][];
        };
        Prompt: {
            /** Format: uuid */
            promptId: string;
            /** @enum {string} */
            kind: "mfa" | "confirm" | "unlock" | "login" | "device-code" | "saml" | "choice";
            /** Format: uuid */
            sessionId?: string;
            /** Format: uuid */
            integrationId?: string;
            account?: string;
            role?: string;
            device?: string;
            text: string;
            url?: string;
            code?: string;
            choices?: string[];
            /** Format: date-time */
            expiresAt: string;
        };
        StopResult: {
            session: components["schemas"]["Session"];
            /** @description until when copies of the credentials still work: the cloud cannot revoke them */
            issuedUntil?: string;
            leftovers: components["schemas"]["Leftover"][];
            historyWritten: boolean;
        };
        /** @description what could not be removed; Stint tries again */
        Leftover: {
            sessionId: string;
            file: string;
            /** @description for an AWS session */
            profileName?: string;
            what: string;
            reason: string;
        };
        RunList: {
            items: components["schemas"]["RunSummary"][];
        };
        RunSummary: {
            runId: string;
            /** Format: date-time */
            startedAt: string;
            startedBy: string;
            /** Format: date-time */
            endedAt?: string;
            /** @enum {string} */
            reason?: "stopped" | "cancelled" | "max-duration" | "idle" | "lease-limit" | "valid-until" | "expired" | "superseded" | "removed" | "dependency-removed" | "integration-logout" | "locked" | "shutdown" | "crashed" | "failed";
            message?: string;
            renewals: number;
            /** Format: date-time */
            renewedAt?: string;
        };
        ProcessCredentials: {
            /** @enum {number} */
            Version: 1;
            AccessKeyId: string;
            SecretAccessKey: string;
            SessionToken: string;
            Expiration: string;
            AccountId?: string;
        };
        OpenedLease: {
            lease: components["schemas"]["Lease"];
            token: string;
            /** @description a file with the token; it and its folder are removed with the lease */
            tokenFile: string;
            /** @description the SDK endpoint of the session, on loopback */
            url: string;
            /** @description for an Azure session: a configuration folder for the Azure CLI */
            azureConfigDir?: string;
        };
        Lease: {
            /** Format: uuid */
            leaseId: string;
            /** Format: uuid */
            runId: string;
            /** @enum {string} */
            kind: "exec" | "endpoint" | "credential-process";
            process?: string;
            /** Format: date-time */
            openedAt: string;
            /** Format: date-time */
            lastUsedAt: string;
            uses: number;
            /** Format: date-time */
            closedAt?: string;
            reason?: string;
        };
        NewLease: {
            /** @enum {string} */
            kind: "exec" | "endpoint" | "credential-process";
            /** @description name of the program that uses it, without its arguments */
            process?: string;
            /** @description for a lease of kind exec: Stint closes the lease when this process ends */
            pid?: number;
        };
        LeaseList: {
            items: components["schemas"]["Lease"][];
        };
        ContainerCredentials: {
            AccessKeyId: string;
            SecretAccessKey: string;
            Token: string;
            Expiration: string;
            AccountId?: string;
        };
        SdkRefusal: {
            code: string;
            message: string;
            error: string;
            error_description: string;
        };
        IdentityToken: {
            access_token: string;
            /** @description seconds since the epoch */
            expires_on: string;
            /** @description exactly as requested, because SDKs compare it */
            resource: string;
            /** @enum {string} */
            token_type: "Bearer";
        };
        IntegrationList: {
            items: components["schemas"]["Integration"][];
        };
        Integration: components["schemas"]["AwsSsoIntegration"] | components["schemas"]["AzureIntegration"];
        AwsSsoIntegration: {
            name: string;
            scopes?: string[];
            clientId?: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "awsSso";
            region: string;
            /** Format: uri */
            startUrl: string;
            /** Format: uuid */
            integrationId: string;
            /** @enum {string} */
            status: "logged-out" | "logging-in" | "logged-in";
            /** Format: date-time */
            loggedInUntil?: string;
            /** Format: date-time */
            lastSync?: string;
            /** @description what the last successful sync changed */
            lastSyncResult?: {
                added: number;
                changed: number;
                unchanged: number;
                vanished: number;
                skipped: string[];
            };
            /** @description progress of the sync that is running */
            sync?: {
                /** Format: date-time */
                startedAt: string;
                total?: number;
                done: number;
                found: number;
            };
            /** @description why the last sync failed; removed when the next one begins */
            lastSyncFailure?: {
                /** Format: date-time */
                at: string;
                detail: string;
                next?: string;
            };
        };
        AzureIntegration: {
            name: string;
            scopes?: string[];
            clientId?: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "azure";
            tenantId: string;
            /** Format: uri */
            authorityHost?: string;
            /** Format: uuid */
            integrationId: string;
            /** @enum {string} */
            status: "logged-out" | "logging-in" | "logged-in";
            /** Format: date-time */
            loggedInUntil?: string;
            /** Format: date-time */
            lastSync?: string;
            /** @description what the last successful sync changed */
            lastSyncResult?: {
                added: number;
                changed: number;
                unchanged: number;
                vanished: number;
                skipped: string[];
            };
            /** @enum {string} */
            credential?: "client-secret" | "client-certificate";
            /** @description progress of the sync that is running */
            sync?: {
                /** Format: date-time */
                startedAt: string;
                total?: number;
                done: number;
                found: number;
            };
            /** @description why the last sync failed; removed when the next one begins */
            lastSyncFailure?: {
                /** Format: date-time */
                at: string;
                detail: string;
                next?: string;
            };
        };
        NewIntegration: components["schemas"]["NewAwsSsoIntegration"] | components["schemas"]["NewAzureIntegration"];
        NewAwsSsoIntegration: {
            name: string;
            scopes?: string[];
            clientId?: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "awsSso";
            region: string;
            /** Format: uri */
            startUrl: string;
        };
        NewAzureIntegration: {
            name: string;
            scopes?: string[];
            clientId?: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "azure";
            tenantId: string;
            /** Format: uri */
            authorityHost?: string;
            /** @description what its application signs in with; write-only. If omitted, a person signs in */
            secrets?: {
                clientSecret?: string;
                clientCertificate?: string;
            };
        };
        /** @description JSON merge patch (RFC 7396) on the fields of the integration (`secrets` replaces those of an Azure application); null removes a field */
        IntegrationPatch: {
            [key: string]: unknown;
        };
        SignInResult: {
            integration: components["schemas"]["Integration"];
        };
        PendingSignIn: {
            integration: components["schemas"]["Integration"];
            prompts: components["schemas"]["Prompt"][];
        };
        IntegrationSync: {
            integration: components["schemas"]["Integration"];
            result: components["schemas"]["SyncResult"];
        };
        SyncResult: {
            added: number;
            changed: number;
            unchanged: number;
            vanished: number;
            skipped: string[];
        };
        IdentityProviderList: {
            items: components["schemas"]["IdentityProvider"][];
        };
        IdentityProvider: {
            /** Format: uuid */
            idpId: string;
            name: string;
            /** Format: uri */
            url: string;
        };
        NewIdentityProvider: {
            name: string;
            /** Format: uri */
            url: string;
        };
        /** @description JSON merge patch (RFC 7396) on the fields of the identity provider; null removes a field */
        IdentityProviderPatch: {
            [key: string]: unknown;
        };
        PromptList: {
            items: components["schemas"]["Prompt"][];
        };
        PromptAnswer: {
            answer: string;
        } | {
            /** @enum {boolean} */
            cancel: true;
        };
        Event: {
            /** @enum {string} */
            type: "session";
            session: components["schemas"]["Session"];
        } | {
            /** @enum {string} */
            type: "session-removed";
            /** Format: uuid */
            sessionId: string;
        } | {
            /** @enum {string} */
            type: "prompt";
            prompt: components["schemas"]["Prompt"];
        } | {
            /** @enum {string} */
            type: "prompt-closed";
            /** Format: uuid */
            promptId: string;
            /** @enum {string} */
            outcome: "answered" | "cancelled" | "expired";
        } | {
            /** @enum {string} */
            type: "integration";
            integration: components["schemas"]["Integration"];
        } | {
            /** @enum {string} */
            type: "integration-removed";
            /** Format: uuid */
            integrationId: string;
        } | {
            /** @enum {string} */
            type: "idp";
            idp: components["schemas"]["IdentityProvider"];
        } | {
            /** @enum {string} */
            type: "idp-removed";
            /** Format: uuid */
            idpId: string;
        } | {
            /** @enum {string} */
            type: "history";
            /** @enum {string} */
            kind: "session-created" | "session-updated" | "session-removed" | "session-started" | "session-rotated" | "session-stopped" | "rotation-failed" | "section-restored" | "lease-opened" | "lease-closed" | "prompt-raised" | "prompt-closed" | "login" | "logout" | "integration-created" | "integration-updated" | "integration-removed" | "integration-synced" | "token-issued" | "token-revoked" | "keys-reset";
            sessionId?: string;
        } | {
            /** @enum {string} */
            type: "settings";
        } | {
            /** @enum {string} */
            type: "vault";
            locked: boolean;
        } | {
            /** @enum {string} */
            type: "reset";
        };
        HistoryPage: {
            items: components["schemas"]["HistoryEntry"][];
            nextCursor?: string;
        };
        HistoryEntry: {
            entryId: number;
            /** Format: date-time */
            at: string;
            /** @enum {string} */
            kind: "session-created" | "session-updated" | "session-removed" | "session-started" | "session-rotated" | "session-stopped" | "rotation-failed" | "section-restored" | "lease-opened" | "lease-closed" | "prompt-raised" | "prompt-closed" | "login" | "logout" | "integration-created" | "integration-updated" | "integration-removed" | "integration-synced" | "token-issued" | "token-revoked" | "keys-reset";
            sessionId?: string;
            sessionName?: string;
            runId?: string;
            /** @enum {string} */
            reason?: "stopped" | "cancelled" | "max-duration" | "idle" | "lease-limit" | "valid-until" | "expired" | "superseded" | "removed" | "dependency-removed" | "integration-logout" | "locked" | "shutdown" | "crashed" | "failed";
            message?: string;
            by: string;
            snapshot?: {
                [key: string]: unknown;
            };
        };
        Settings: {
            /**
             * @description region of new AWS sessions
             * @default us-east-1
             */
            defaultRegion: string;
            /**
             * @description location of new Azure sessions
             * @default eastus
             */
            defaultLocation: string;
            /**
             * @description delivery of AWS sessions that name none
             * @default credentials-file
             * @enum {string}
             */
            defaultDelivery: "credentials-file" | "credential-process" | "endpoint-only";
            /**
             * @description what happens to active sessions when Stint quits
             * @default stop-sessions
             * @enum {string}
             */
            onQuit: "stop-sessions" | "keep-sessions";
            /** @description AWS_SHARED_CREDENTIALS_FILE, else ~/.aws/credentials */
            awsCredentialsFile: string;
            /** @description AWS_CONFIG_FILE, else ~/.aws/config */
            awsConfigFile: string;
            /** @description AZURE_CONFIG_DIR, else ~/.azure */
            azureConfigDir: string;
            /**
             * Format: uri
             * @description AWS_ENDPOINT_URL
             */
            awsEndpointUrl?: string;
            /**
             * Format: uri
             * @description AWS_ENDPOINT_URL_STS
             */
            awsStsEndpointUrl?: string;
            /**
             * Format: uri
             * @description AWS_ENDPOINT_URL_SSO
             */
            awsSsoEndpointUrl?: string;
            /**
             * Format: uri
             * @description AWS_ENDPOINT_URL_SSO_OIDC
             */
            awsSsoOidcEndpointUrl?: string;
            /**
             * Format: uri
             * @description AZURE_AUTHORITY_HOST
             */
            azureAuthorityHost?: string;
            /**
             * Format: uri
             * @description Resource Manager of a private cloud; Microsoft’s own clouds are known
             */
            azureResourceManagerUrl?: string;
            /**
             * Format: uri
             * @description HTTP_PROXY
             */
            httpProxy?: string;
            /**
             * Format: uri
             * @description HTTPS_PROXY
             */
            httpsProxy?: string;
            /** @description NO_PROXY */
            noProxy?: string;
            /** @description AWS_CA_BUNDLE or REQUESTS_CA_BUNDLE: extra certificates to trust */
            caBundle?: string;
        };
        SettingsPatch: {
            /** @description region of new AWS sessions */
            defaultRegion?: string;
            /** @description location of new Azure sessions */
            defaultLocation?: string;
            /**
             * @description delivery of AWS sessions that name none
             * @enum {string}
             */
            defaultDelivery?: "credentials-file" | "credential-process" | "endpoint-only";
            /**
             * @description what happens to active sessions when Stint quits
             * @enum {string}
             */
            onQuit?: "stop-sessions" | "keep-sessions";
            /** @description AWS_SHARED_CREDENTIALS_FILE, else ~/.aws/credentials */
            awsCredentialsFile?: string;
            /** @description AWS_CONFIG_FILE, else ~/.aws/config */
            awsConfigFile?: string;
            /** @description AZURE_CONFIG_DIR, else ~/.azure */
            azureConfigDir?: string;
            /**
             * Format: uri
             * @description AWS_ENDPOINT_URL
             */
            awsEndpointUrl?: string | null;
            /**
             * Format: uri
             * @description AWS_ENDPOINT_URL_STS
             */
            awsStsEndpointUrl?: string | null;
            /**
             * Format: uri
             * @description AWS_ENDPOINT_URL_SSO
             */
            awsSsoEndpointUrl?: string | null;
            /**
             * Format: uri
             * @description AWS_ENDPOINT_URL_SSO_OIDC
             */
            awsSsoOidcEndpointUrl?: string | null;
            /**
             * Format: uri
             * @description AZURE_AUTHORITY_HOST
             */
            azureAuthorityHost?: string | null;
            /**
             * Format: uri
             * @description Resource Manager of a private cloud; Microsoft’s own clouds are known
             */
            azureResourceManagerUrl?: string | null;
            /**
             * Format: uri
             * @description HTTP_PROXY
             */
            httpProxy?: string | null;
            /**
             * Format: uri
             * @description HTTPS_PROXY
             */
            httpsProxy?: string | null;
            /** @description NO_PROXY */
            noProxy?: string | null;
            /** @description AWS_CA_BUNDLE or REQUESTS_CA_BUNDLE: extra certificates to trust */
            caBundle?: string | null;
        };
        IssuedToken: {
            tokenId: string;
            /** @description secret; shown only once */
            token: string;
            /** Format: date-time */
            expiresAt: string;
        };
        TokenRequest: {
            /** @description who uses it; the history shows it */
            name?: string;
            /** @enum {string} */
            role?: "owner" | "operator" | "viewer" | "window" | "credentials";
            scopes?: ("sessions:create" | "sessions:read" | "sessions:update" | "sessions:delete" | "sessions:start" | "sessions:stop" | "sessions:rotate" | "credentials:read" | "integrations:read" | "integrations:manage" | "settings:read" | "settings:update" | "prompts:answer" | "history:read" | "tokens:manage" | "metrics:read" | "owner:manage")[];
            /** @description binds it to this one session */
            sessionId?: string;
            /** @description seconds until it expires; 1800 if omitted */
            expires_in?: number;
        };
        TokenList: {
            items: components["schemas"]["TokenInfo"][];
        };
        TokenInfo: {
            tokenId: string;
            name: string;
            /** @enum {string} */
            role: "owner" | "operator" | "viewer" | "window" | "credentials";
            scopes: ("sessions:create" | "sessions:read" | "sessions:update" | "sessions:delete" | "sessions:start" | "sessions:stop" | "sessions:rotate" | "credentials:read" | "integrations:read" | "integrations:manage" | "settings:read" | "settings:update" | "prompts:answer" | "history:read" | "tokens:manage" | "metrics:read" | "owner:manage")[];
            sessionId?: string;
            /** Format: date-time */
            issuedAt: string;
            /** Format: date-time */
            expiresAt: string;
            /** Format: date-time */
            revokedAt?: string;
        };
        TokenVerification: {
            valid: boolean;
            subject?: string;
            scopes?: ("sessions:create" | "sessions:read" | "sessions:update" | "sessions:delete" | "sessions:start" | "sessions:stop" | "sessions:rotate" | "credentials:read" | "integrations:read" | "integrations:manage" | "settings:read" | "settings:update" | "prompts:answer" | "history:read" | "tokens:manage" | "metrics:read" | "owner:manage")[];
        };
        TokenVerificationRequest: {
            token: string;
        };
        Owner: {
            pid: number;
            version: string;
            /** @description loopback port, if it listens on one */
            port?: number;
            vault: {
                locked: boolean;
                /** @enum {string} */
                method: "keychain" | "passphrase";
                detail: string;
            };
            /** @description warnings about the workspace and its files */
            notices: string[];
        };
        WindowAddress: {
            /** @description secret until it is used: its fragment is a one-time code */
            url: string;
        };
        OwnerEnding: {
            pid: number;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The owner */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description `request-untrusted`: The request comes from an untrusted page or program */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    handshake: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Handshake"];
            };
        };
        responses: {
            /** @description The proof, or the token */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HandshakeResult"];
                };
            };
            /** @description `unauthenticated`: No valid client token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request-untrusted`: The request comes from an untrusted page or program */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body-too-large`: The request body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `media-type-unsupported`: The body must be JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSessions: {
        parameters: {
            query?: {
                /** @description only active sessions, or only those that are not */
                active?: "true" | "false";
                /** @description also archived sessions */
                archived?: "true" | "false";
                type?: "awsIamUser" | "awsIamRoleFederated" | "awsIamRoleChained" | "awsSsoRole" | "azure";
                /** @description part of a name, account, role, region or label */
                q?: string;
                /** @description repeat it for several; a session must have all of them */
                label?: string | string[];
                /** @description if omitted, the order of the window */
                sort?: "startDateTime" | "sessionName" | "status" | "type" | "region" | "-startDateTime" | "-sessionName" | "-status" | "-type" | "-region";
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of sessions */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionPage"];
                };
            };
            /** @description `unauthenticated`: No valid client token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `scope-missing`: The client token does not allow this; `request-untrusted`: The request comes from an untrusted page or program */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate-limited`: Too many failed attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewSession"];
            };
        };
        responses: {
            /** @description The session, not started yet */
            201: {
                headers: {
                    ETag: string;
                    Location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description `unauthenticated`: No valid client token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `scope-missing`: The client token does not allow this; `request-untrusted`: The request comes from an untrusted page or program */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `already-exists`: Already exists; `file-unreadable`: A file cannot be read */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body-too-large`: The request body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `media-type-unsupported`: The body must be JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `vault-locked`: The vault is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate-limited`: Too many failed attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `file-unwritable`: A file cannot be written; `vault-unreadable`: The vault cannot be decrypted */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSession: {
        parameters: {
            query?: never;
            header?: {
                "If-None-Match"?: string;
            };
            path: {
                /** @description the sessionId */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session */
            200: {
                headers: {
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description The session has not changed */
            304: {
                headers: {
                    ETag: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unauthenticated`: No valid client token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `scope-missing`: The client token does not allow this; `request-untrusted`: The request comes from an untrusted page or program */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate-limited`: Too many failed attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replaceSession: {
        parameters: {
            query?: never;
            header?: {
                /** @description the ETag of the session when it was read */
                "If-Match"?: string;
            };
            path: {
                /** @description the sessionId */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SessionReplacement"];
            };
        };
        responses: {
            /** @description The changed session */
            200: {
                headers: {
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description `unauthenticated`: No valid client token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `scope-missing`: The client token does not allow this; `request-untrusted`: The request comes from an untrusted page or program */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `file-unreadable`: A file cannot be read */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `revision-stale`: Someone else changed it */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body-too-large`: The request body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `media-type-unsupported`: The body must be JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `vault-locked`: The vault is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `revision-required`: If-Match is missing */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate-limited`: Too many failed attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `file-unwritable`: A file cannot be written; `vault-unreadable`: The vault cannot be decrypted */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteSession: {
        parameters: {
            query?: never;
            header?: {
                /** @description the ETag of the session when it was read */
                "If-Match"?: string;
            };
            path: {
                /** @description the sessionId */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session was removed */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unauthenticated`: No valid client token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `scope-missing`: The client token does not allow this; `request-untrusted`: The request comes from an untrusted page or program */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `file-unreadable`: A file cannot be read */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `revision-stale`: Someone else changed it */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `vault-locked`: The vault is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate-limited`: Too many failed attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `file-unwritable`: A file cannot be written; `vault-unreadable`: The vault cannot be decrypted */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateSession: {
        parameters: {
            query?: never;
            header?: {
                /** @description the ETag of the session when it was read */
                "If-Match"?: string;
            };
            path: {
                /** @description the sessionId */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/merge-patch+json": components["schemas"]["SessionPatch"];
                "application/json": components["schemas"]["SessionPatch"];
            };
        };
        responses: {
            /** @description The changed session */
            200: {
                headers: {
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description `unauthenticated`: No valid client token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `scope-missing`: The client token does not allow this; `request-untrusted`: The request comes from an untrusted page or program */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `file-unreadable`: A file cannot be read */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `revision-stale`: Someone else changed it */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body-too-large`: The request body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `media-type-unsupported`: The body must be JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `vault-locked`: The vault is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate-limited`: Too many failed attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `file-unwritable`: A file cannot be written; `vault-unreadable`: The vault cannot be decrypted */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    startSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the sessionId */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description move your own section of the profile name aside while the session is active */
                    replaceSection?: boolean;
                    /** @description names of the environment variables of the caller */
                    callerEnvironment?: string[];
                    /** @description started for one command: stop the session with its last lease, if this request starts it */
                    untilLastLease?: boolean;
                    /** @description nobody is there: refuse instead of asking a question */
                    unattended?: boolean;
                };
            };
        };
        responses: {
            /** @description The session, active */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StartResult"];
                };
            };
            /** @description Somebody has to answer a question. The work then continues; follow it on /v1/events */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PendingResult"];
                };
            };
            /** @description `unauthenticated`: No valid client token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `scope-missing`: The client token does not allow this; `request-untrusted`: The request comes from an untrusted page or program */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `prompt-expired`: Nobody answered in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `section-occupied`: Your own profile section or account is in the way; `session-archived`: The session is archived; `session-ended`: The session or sign-in ended; `person-needed`: Somebody has to answer a question; `file-unreadable`: A file cannot be read; `secret-missing`: A secret is missing; `secret-unreadable`: A secret in the vault cannot be used; `dependency-missing`: Something the session depends on was removed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body-too-large`: The request body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `media-type-unsupported`: The body must be JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `vault-locked`: The vault is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate-limited`: Too many failed attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `type-unsupported`: Not supported by this version */
            501: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `cloud-refused`: The cloud refused the request */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `owner-ending`: Stint is shutting down; `file-unwritable`: A file cannot be written; `vault-unreadable`: The vault cannot be decrypted; `browser-unavailable`: No browser to sign in with; `cloud-unreachable`: The cloud cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rotateSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the sessionId */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session, active */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StartResult"];
                };
            };
            /** @description Somebody has to answer a question. The work then continues; follow it on /v1/events */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PendingResult"];
                };
            };
            /** @description `unauthenticated`: No valid client token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `scope-missing`: The client token does not allow this; `request-untrusted`: The request comes from an untrusted page or program */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `prompt-expired`: Nobody answered in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session-not-active`: The session is not active; `session-ended`: The session or sign-in ended; `file-unreadable`: A file cannot be read; `secret-missing`: A secret is missing; `secret-unreadable`: A secret in the vault cannot be used; `dependency-missing`: Something the session depends on was removed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `vault-locked`: The vault is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate-limited`: Too many failed attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `type-unsupported`: Not supported by this version */
            501: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `cloud-refused`: The cloud refused the request */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `owner-ending`: Stint is shutting down; `file-unwritable`: A file cannot be written; `vault-unreadable`: The vault cannot be decrypted; `browser-unavailable`: No browser to sign in with; `cloud-unreachable`: The cloud cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    stopSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the sessionId */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session, inactive */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StopResult"];
                };
            };
            /** @description `unauthenticated`: No valid client token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `scope-missing`: The client token does not allow this; `request-untrusted`: The request comes from an untrusted page or program */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate-limited`: Too many failed attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    forgetSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the sessionId */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The sign-in was forgotten */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unauthenticated`: No valid client token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `scope-missing`: The client token does not allow this; `request-untrusted`: The request comes from an untrusted page or program */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `vault-locked`: The vault is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate-limited`: Too many failed attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `file-unwritable`: A file cannot be written; `vault-unreadable`: The vault cannot be decrypted */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRuns: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the sessionId */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The runs */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunList"];
                };
            };
            /** @description `unauthenticated`: No valid client token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `scope-missing`: The client token does not allow this; `request-untrusted`: The request comes from an untrusted page or program */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `file-unreadable`: A file cannot be read */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate-limited`: Too many failed attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCredentials: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the sessionId */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The current credentials */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProcessCredentials"];
                };
            };
            /** @description `unauthenticated`: No valid client token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `scope-missing`: The client token does not allow this; `request-untrusted`: The request comes from an untrusted page or program */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session-not-active`: The session is not active */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `vault-locked`: The vault is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate-limited`: Too many failed attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `vault-unreadable`: The vault cannot be decrypted */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listLeases: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the sessionId */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Leases of this run and of earlier ones, at most 500 */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LeaseList"];
                };
            };
            /** @description `unauthenticated`: No valid client token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `scope-missing`: The client token does not allow this; `request-untrusted`: The request comes from an untrusted page or program */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate-limited`: Too many failed attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    openLease: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the sessionId */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewLease"];
            };
        };
        responses: {
            /** @description The lease, open until it is closed or the run ends. Its token is shown only once */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenedLease"];
                };
            };
            /** @description `unauthenticated`: No valid client token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `scope-missing`: The client token does not allow this; `request-untrusted`: The request comes from an untrusted page or program */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session-not-active`: The session is not active; `leases-used-up`: The run has no leases left */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body-too-large`: The request body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `media-type-unsupported`: The body must be JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate-limited`: Too many failed attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `file-unwritable`: A file cannot be written */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    closeLease: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the leaseId */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The lease, whose token no longer works */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Lease"];
                };
            };
            /** @description `unauthenticated`: No valid client token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `scope-missing`: The client token does not allow this; `request-untrusted`: The request comes from an untrusted page or program */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate-limited`: Too many failed attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getContainerCredentials: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the sessionId */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The credentials, from memory: the request never waits for a sign-in */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContainerCredentials"];
                };
            };
            /** @description `invalid-request`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SdkRefusal"];
                };
            };
            /** @description `unauthenticated`: No valid client token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SdkRefusal"];
                };
            };
            /** @description `request-untrusted`: The request comes from an untrusted page or program */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SdkRefusal"];
                };
            };
            /** @description `session-not-active`: The session is not active; `vault-unreadable`: The vault cannot be decrypted */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SdkRefusal"];
                };
            };
            /** @description `vault-locked`: The vault is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SdkRefusal"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SdkRefusal"];
                };
            };
        };
    };
    getIdentityToken: {
        parameters: {
            query: {
                /** @description such as https://vault.azure.net */
                resource: string;
                "api-version"?: "2019-08-01" | "2017-09-01";
                client_id?: string;
                clientid?: string;
                object_id?: string;
                principal_id?: string;
                mi_res_id?: string;
                msi_res_id?: string;
            };
            header?: never;
            path: {
                /** @description the sessionId */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The token, valid for at least 400 s, so that SDKs cache it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IdentityToken"];
                };
            };
            /** @description `invalid-request`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SdkRefusal"];
                };
            };
            /** @description `unauthenticated`: No valid client token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SdkRefusal"];
                };
            };
            /** @description `request-untrusted`: The request comes from an untrusted page or program */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SdkRefusal"];
                };
            };
            /** @description `session-not-active`: The session is not active; `file-unwritable`: A file cannot be written; `vault-unreadable`: The vault cannot be decrypted; `secret-missing`: A secret is missing; `secret-unreadable`: A secret in the vault cannot be used; `dependency-missing`: Something the session depends on was removed; `prompt-expired`: Nobody answered in time; `cloud-refused`: The cloud refused the request */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SdkRefusal"];
                };
            };
            /** @description `vault-locked`: The vault is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SdkRefusal"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SdkRefusal"];
                };
            };
            /** @description `cloud-unreachable`: The cloud cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SdkRefusal"];
                };
            };
        };
    };
    listIntegrations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IntegrationList"];
                };
            };
            /** @description `unauthenticated`: No valid client token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `scope-missing`: The client token does not allow this; `request-untrusted`: The request comes from an untrusted page or program */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate-limited`: Too many failed attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createIntegration: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewIntegration"];
            };
        };
        responses: {
            /** @description The integration, signed out */
            201: {
                headers: {
                    Location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Integration"];
                };
            };
            /** @description `unauthenticated`: No valid client token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `scope-missing`: The client token does not allow this; `request-untrusted`: The request comes from an untrusted page or program */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `file-unreadable`: A file cannot be read */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body-too-large`: The request body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `media-type-unsupported`: The body must be JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `vault-locked`: The vault is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate-limited`: Too many failed attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `file-unwritable`: A file cannot be written; `vault-unreadable`: The vault cannot be decrypted */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getIntegration: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the integrationId */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The integration */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Integration"];
                };
            };
            /** @description `unauthenticated`: No valid client token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `scope-missing`: The client token does not allow this; `request-untrusted`: The request comes from an untrusted page or program */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate-limited`: Too many failed attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteIntegration: {
        parameters: {
            query?: {
                /** @description whether its sessions stay in the workspace */
                sessions?: "keep" | "remove";
            };
            header?: never;
            path: {
                /** @description the integrationId */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The integration was removed */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unauthenticated`: No valid client token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `scope-missing`: The client token does not allow this; `request-untrusted`: The request comes from an untrusted page or program */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `file-unreadable`: A file cannot be read */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `vault-locked`: The vault is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate-limited`: Too many failed attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `file-unwritable`: A file cannot be written; `vault-unreadable`: The vault cannot be decrypted */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateIntegration: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the integrationId */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/merge-patch+json": components["schemas"]["IntegrationPatch"];
                "application/json": components["schemas"]["IntegrationPatch"];
            };
        };
        responses: {
            /** @description The integration */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Integration"];
                };
            };
            /** @description `unauthenticated`: No valid client token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `scope-missing`: The client token does not allow this; `request-untrusted`: The request comes from an untrusted page or program */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `file-unreadable`: A file cannot be read */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body-too-large`: The request body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `media-type-unsupported`: The body must be JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `vault-locked`: The vault is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate-limited`: Too many failed attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `file-unwritable`: A file cannot be written; `vault-unreadable`: The vault cannot be decrypted */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    signInIntegration: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the integrationId */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /**
                     * @description in a browser on this machine, or with a code in a browser anywhere
                     * @enum {string}
                     */
                    method?: "browser" | "device-code";
                };
            };
        };
        responses: {
            /** @description The integration is signed in */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignInResult"];
                };
            };
            /** @description A person has to sign in. The work then continues; follow it on /v1/events */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PendingSignIn"];
                };
            };
            /** @description `unauthenticated`: No valid client token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `scope-missing`: The client token does not allow this; `request-untrusted`: The request comes from an untrusted page or program */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `prompt-expired`: Nobody answered in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session-ended`: The session or sign-in ended; `file-unreadable`: A file cannot be read; `secret-missing`: A secret is missing; `secret-unreadable`: A secret in the vault cannot be used */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body-too-large`: The request body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `media-type-unsupported`: The body must be JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `vault-locked`: The vault is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate-limited`: Too many failed attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `cloud-refused`: The cloud refused the request */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `file-unwritable`: A file cannot be written; `vault-unreadable`: The vault cannot be decrypted; `cloud-unreachable`: The cloud cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    signOutIntegration: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the integrationId */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The integration, signed out */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Integration"];
                };
            };
            /** @description `unauthenticated`: No valid client token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `scope-missing`: The client token does not allow this; `request-untrusted`: The request comes from an untrusted page or program */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `file-unreadable`: A file cannot be read */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `vault-locked`: The vault is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate-limited`: Too many failed attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `file-unwritable`: A file cannot be written; `vault-unreadable`: The vault cannot be decrypted */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    syncIntegration: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the integrationId */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The sessions are up to date */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IntegrationSync"];
                };
            };
            /** @description A person has to sign in. The work then continues; follow it on /v1/events */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PendingSignIn"];
                };
            };
            /** @description `unauthenticated`: No valid client token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `scope-missing`: The client token does not allow this; `request-untrusted`: The request comes from an untrusted page or program */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `prompt-expired`: Nobody answered in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session-ended`: The session or sign-in ended; `file-unreadable`: A file cannot be read; `secret-missing`: A secret is missing; `secret-unreadable`: A secret in the vault cannot be used */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `vault-locked`: The vault is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate-limited`: Too many failed attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `cloud-refused`: The cloud refused the request */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `file-unwritable`: A file cannot be written; `vault-unreadable`: The vault cannot be decrypted; `cloud-unreachable`: The cloud cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listIdentityProviders: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IdentityProviderList"];
                };
            };
            /** @description `unauthenticated`: No valid client token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `scope-missing`: The client token does not allow this; `request-untrusted`: The request comes from an untrusted page or program */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate-limited`: Too many failed attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createIdentityProvider: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewIdentityProvider"];
            };
        };
        responses: {
            /** @description The identity provider */
            201: {
                headers: {
                    Location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IdentityProvider"];
                };
            };
            /** @description `unauthenticated`: No valid client token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `scope-missing`: The client token does not allow this; `request-untrusted`: The request comes from an untrusted page or program */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `file-unreadable`: A file cannot be read */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body-too-large`: The request body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `media-type-unsupported`: The body must be JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate-limited`: Too many failed attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `file-unwritable`: A file cannot be written */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getIdentityProvider: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the idpId */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The identity provider */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IdentityProvider"];
                };
            };
            /** @description `unauthenticated`: No valid client token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `scope-missing`: The client token does not allow this; `request-untrusted`: The request comes from an untrusted page or program */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate-limited`: Too many failed attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteIdentityProvider: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the idpId */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The identity provider was removed */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unauthenticated`: No valid client token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `scope-missing`: The client token does not allow this; `request-untrusted`: The request comes from an untrusted page or program */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `file-unreadable`: A file cannot be read */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate-limited`: Too many failed attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `file-unwritable`: A file cannot be written */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateIdentityProvider: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the idpId */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/merge-patch+json": components["schemas"]["IdentityProviderPatch"];
                "application/json": components["schemas"]["IdentityProviderPatch"];
            };
        };
        responses: {
            /** @description The identity provider */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IdentityProvider"];
                };
            };
            /** @description `unauthenticated`: No valid client token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `scope-missing`: The client token does not allow this; `request-untrusted`: The request comes from an untrusted page or program */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `file-unreadable`: A file cannot be read */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body-too-large`: The request body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `media-type-unsupported`: The body must be JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate-limited`: Too many failed attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `file-unwritable`: A file cannot be written */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listPrompts: {
        parameters: {
            query?: {
                /** @description only those that this session waits for: its own, its parents’ and its integration’s */
                session?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Open questions, oldest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PromptList"];
                };
            };
            /** @description `unauthenticated`: No valid client token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `scope-missing`: The client token does not allow this; `request-untrusted`: The request comes from an untrusted page or program */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate-limited`: Too many failed attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    answerPrompt: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the promptId */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PromptAnswer"];
            };
        };
        responses: {
            /** @description The question was answered or cancelled */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unauthenticated`: No valid client token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `scope-missing`: The client token does not allow this; `request-untrusted`: The request comes from an untrusted page or program */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `prompt-closed`: The question is already closed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body-too-large`: The request body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `media-type-unsupported`: The body must be JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `vault-locked`: The vault is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate-limited`: Too many failed attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `file-unwritable`: A file cannot be written; `vault-unreadable`: The vault cannot be decrypted; `keychain-unavailable`: The keychain cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    streamEvents: {
        parameters: {
            query?: never;
            header?: {
                "Last-Event-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The stream, which ends with the owner */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["Event"];
                };
            };
            /** @description `unauthenticated`: No valid client token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `scope-missing`: The client token does not allow this; `request-untrusted`: The request comes from an untrusted page or program */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate-limited`: Too many failed attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listHistory: {
        parameters: {
            query?: {
                /** @description a sessionId, also of a removed session */
                session?: string;
                kind?: "session-created" | "session-updated" | "session-removed" | "session-started" | "session-rotated" | "session-stopped" | "rotation-failed" | "section-restored" | "lease-opened" | "lease-closed" | "prompt-raised" | "prompt-closed" | "login" | "logout" | "integration-created" | "integration-updated" | "integration-removed" | "integration-synced" | "token-issued" | "token-revoked" | "keys-reset";
                from?: string;
                to?: string;
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the history */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HistoryPage"];
                };
            };
            /** @description `unauthenticated`: No valid client token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `scope-missing`: The client token does not allow this; `request-untrusted`: The request comes from an untrusted page or program */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate-limited`: Too many failed attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The settings */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Settings"];
                };
            };
            /** @description `unauthenticated`: No valid client token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `scope-missing`: The client token does not allow this; `request-untrusted`: The request comes from an untrusted page or program */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate-limited`: Too many failed attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/merge-patch+json": components["schemas"]["SettingsPatch"];
                "application/json": components["schemas"]["SettingsPatch"];
            };
        };
        responses: {
            /** @description The changed settings */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Settings"];
                };
            };
            /** @description `unauthenticated`: No valid client token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `scope-missing`: The client token does not allow this; `request-untrusted`: The request comes from an untrusted page or program */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `file-unreadable`: A file cannot be read */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body-too-large`: The request body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `media-type-unsupported`: The body must be JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate-limited`: Too many failed attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `file-unwritable`: A file cannot be written */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listTokens: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The client tokens, except those that expired more than a week ago */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenList"];
                };
            };
            /** @description `unauthenticated`: No valid client token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `scope-missing`: The client token does not allow this; `request-untrusted`: The request comes from an untrusted page or program */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `file-unreadable`: A file cannot be read */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate-limited`: Too many failed attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TokenRequest"];
            };
        };
        responses: {
            /** @description The token, shown only once */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IssuedToken"];
                };
            };
            /** @description `unauthenticated`: No valid client token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `scope-missing`: The client token does not allow this; `request-untrusted`: The request comes from an untrusted page or program */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body-too-large`: The request body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `media-type-unsupported`: The body must be JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `vault-locked`: The vault is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate-limited`: Too many failed attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `file-unwritable`: A file cannot be written; `vault-unreadable`: The vault cannot be decrypted */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the tokenId */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The token was revoked */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unauthenticated`: No valid client token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `scope-missing`: The client token does not allow this; `request-untrusted`: The request comes from an untrusted page or program */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate-limited`: Too many failed attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `file-unwritable`: A file cannot be written */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    verifyToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TokenVerificationRequest"];
            };
        };
        responses: {
            /** @description Whether it is valid */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenVerification"];
                };
            };
            /** @description `unauthenticated`: No valid client token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `scope-missing`: The client token does not allow this; `request-untrusted`: The request comes from an untrusted page or program */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body-too-large`: The request body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `media-type-unsupported`: The body must be JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-request`: The request is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `vault-locked`: The vault is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate-limited`: Too many failed attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `vault-unreadable`: The vault cannot be decrypted */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resetSigningKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All client tokens were revoked */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unauthenticated`: No valid client token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `scope-missing`: The client token does not allow this; `request-untrusted`: The request comes from an untrusted page or program */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `vault-locked`: The vault is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate-limited`: Too many failed attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `file-unwritable`: A file cannot be written; `vault-unreadable`: The vault cannot be decrypted */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOwner: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The owner and its state */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Owner"];
                };
            };
            /** @description `unauthenticated`: No valid client token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `scope-missing`: The client token does not allow this; `request-untrusted`: The request comes from an untrusted page or program */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate-limited`: Too many failed attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createWindowAddress: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The address, on loopback */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WindowAddress"];
                };
            };
            /** @description `unauthenticated`: No valid client token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `scope-missing`: The client token does not allow this; `request-untrusted`: The request comes from an untrusted page or program */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate-limited`: Too many failed attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    releaseOwner: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The owner, which ends after this answer */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnerEnding"];
                };
            };
            /** @description `unauthenticated`: No valid client token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `scope-missing`: The client token does not allow this; `request-untrusted`: The request comes from an untrusted page or program */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate-limited`: Too many failed attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    stopOwner: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The owner, which ends after this answer */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnerEnding"];
                };
            };
            /** @description `unauthenticated`: No valid client token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `scope-missing`: The client token does not allow this; `request-untrusted`: The request comes from an untrusted page or program */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate-limited`: Too many failed attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOpenApi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OpenAPI 3.1 */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description `unauthenticated`: No valid client token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `scope-missing`: The client token does not allow this; `request-untrusted`: The request comes from an untrusted page or program */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate-limited`: Too many failed attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
