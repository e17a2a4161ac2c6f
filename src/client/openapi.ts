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
         * Prove the server to a client, or let a window in
         * @description For a `nonce`, the proof is HMAC-SHA256, keyed with the text of the owner’s token file, over `stint-handshake`, the port and the nonce, joined by line feeds; base64url. A client computes it for the port it connected to and compares before it sends its token, so that a proof from another port is worthless. The `signature` is over `stint-window`, the port and the nonce, by the key pair of the home (ECDSA on P-256 with SHA-256, IEEE P1363, base64url): a browser window that has its public key checks it before it sends anything secret to the next owner. For a `code`, which `stint ui` puts in the fragment of the window’s address, the answer is a client token of the role `window`, which ends with this owner; the public key (SubjectPublicKeyInfo, base64url); and a `ticket` with which the window gets a token from the next owner. For the `token` of a window, the answer is another ticket.
         */
        post: operations["handshake"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try a session before it is saved: obtain credentials, ask whose they are, drop them */
        post: operations["testSession"];
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
    "/v1/sessions/{id}/extend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Extend a session: raise the maximum duration of its run */
        post: operations["extendSession"];
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
    "/v1/sessions/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Bring an archived session back. One that is not archived is unchanged */
        post: operations["restoreSession"];
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
    "/v1/sessions/{id}/console": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make an address that opens the web console of a session */
        post: operations["openConsole"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{id}/rotate-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Replace the access key of an IAM user by a new one, or delete the old one */
        post: operations["rotateAccessKeys"];
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
    "/v1/sessions/{id}/copy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Copy the credentials of an active AWS session once, after a click of its owner */
        post: operations["copyCredentials"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/leases/{id}/credentials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the credentials that a lease lends, in the form of credential_process */
        get: operations["getLeaseCredentials"];
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
    "/v1/lease": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the lease whose token the request carries, and which session it lends */
        get: operations["getOwnLease"];
        put?: never;
        post?: never;
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
        /** Read a lease, and which session it lends */
        get: operations["getLease"];
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
         * @description The managed identity contract of Azure App Service (Microsoft Learn, "How to use managed identities for App Service and Azure Functions", "REST endpoint reference"), and its version of 2017, which the Azure CLI uses. Terraform names the header `x-ms-identity`.
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
    "/azure/{id}/token/{leaseToken}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a token for a resource, in the form of virtual machines (ARM_MSI_ENDPOINT)
         * @description The contract of the metadata service of virtual machines (Microsoft Learn, "How to use managed identities for Azure resources on an Azure VM to acquire an access token"). Its clients send no secret, so the path has the token of the lease.
         */
        get: operations["getIdentityTokenAsVirtualMachine"];
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
    "/v1/profiles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the AWS profiles that Stint uses, and which of them are published */
        get: operations["listProfiles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/profiles/rename": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Rename a profile: its sessions use the new name. A run keeps the name it was delivered under until it ends */
        post: operations["renameProfile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/profiles/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Publish profiles: permanent ones in the AWS config file that run `stint credentials`. Never takes over a profile of the user’s own */
        post: operations["publishProfiles"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/profiles/unpublish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Remove published profiles from the AWS config file, byte for byte */
        post: operations["unpublishProfiles"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Sessions, integrations and identity providers as a file to share, without secrets */
        get: operations["exportSetUp"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Import from another tool: a dry run, or with `apply` in one step. Its files stay */
        post: operations["import"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/import/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take the last import back: a dry run, or with `apply` what is unchanged is removed */
        post: operations["undoImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
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
    "/v1/history/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Verify that no entry of the history was changed, removed, inserted or moved */
        get: operations["verifyHistory"];
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
    "/v1/history/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export the history as a JSON array or as CSV (RFC 4180), newest first
         * @description The answer is streamed. In CSV, a field that a spreadsheet would run as a formula begins with an apostrophe.
         */
        get: operations["exportHistory"];
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
    "/v1/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List everything that Stint holds on this machine: what it wrote, and what it stashed */
        get: operations["listChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/changes/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put one thing back. If a session uses it, that session stops. A published profile also needs settings:update */
        post: operations["restoreChange"];
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
    "/v1/owner/vault": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Replace a vault that is damaged or gone. What was there is renamed, never removed */
        post: operations["restoreVault"];
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
    "/v1/lock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lock the vault: Stint forgets its key and all secrets. The setting `onLock` decides about active sessions */
        post: operations["lockVault"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/unlock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Unlock the vault. A key in the keychain needs no passphrase */
        post: operations["unlockVault"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/passphrase": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change the passphrase of the vault, or move its key between keychain and passphrase */
        post: operations["changePassphrase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the metrics, for Prometheus. None carries a name */
        get: operations["getMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read whether there is a newer release. Stint looks for one at most once a day */
        get: operations["getRelease"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/release/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Look for a newer release now */
        post: operations["checkRelease"];
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
            type: "urn:stint:problem:invalid-request" | "urn:stint:problem:access-unavailable" | "urn:stint:problem:unauthenticated" | "urn:stint:problem:scope-missing" | "urn:stint:problem:owner-only" | "urn:stint:problem:request-untrusted" | "urn:stint:problem:not-found" | "urn:stint:problem:method-not-allowed" | "urn:stint:problem:already-exists" | "urn:stint:problem:section-occupied" | "urn:stint:problem:idempotency-key-in-use" | "urn:stint:problem:session-archived" | "urn:stint:problem:session-not-active" | "urn:stint:problem:key-rotation-conflict" | "urn:stint:problem:not-extendable" | "urn:stint:problem:leases-used-up" | "urn:stint:problem:session-ended" | "urn:stint:problem:person-needed" | "urn:stint:problem:prompt-closed" | "urn:stint:problem:revision-stale" | "urn:stint:problem:idempotency-key-reused" | "urn:stint:problem:body-too-large" | "urn:stint:problem:media-type-unsupported" | "urn:stint:problem:vault-locked" | "urn:stint:problem:revision-required" | "urn:stint:problem:too-many-attempts" | "urn:stint:problem:owner-conflict" | "urn:stint:problem:owner-ending" | "urn:stint:problem:file-unreadable" | "urn:stint:problem:file-unwritable" | "urn:stint:problem:workspace-newer" | "urn:stint:problem:vault-unreadable" | "urn:stint:problem:keychain-unavailable" | "urn:stint:problem:browser-unavailable" | "urn:stint:problem:secret-missing" | "urn:stint:problem:secret-unreadable" | "urn:stint:problem:dependency-missing" | "urn:stint:problem:prompt-expired" | "urn:stint:problem:cloud-refused" | "urn:stint:problem:cloud-unreachable" | "urn:stint:problem:release-untrusted" | "urn:stint:problem:type-unsupported" | "urn:stint:problem:internal";
            title: string;
            status: number;
            /** @description what happened, and to which session */
            detail: string;
            /** @description what to do about it */
            next: string;
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
            signature?: string;
            token?: string;
            expiresAt?: string;
            publicKey?: string;
            ticket?: string;
        };
        Handshake: {
            nonce: string;
        } | {
            code: string;
        } | {
            ticket: string;
        } | {
            token: string;
        };
        SessionTestResult: {
            /** @description who the cloud says it is: an ARN, or the account at Azure */
            identity: string;
            /** @description the AWS account, or the subscription */
            account: string;
            /** @description a start asks for an MFA code, which the test did not */
            mfaUntested: boolean;
        };
        SessionTest: components["schemas"]["AwsIamUserTest"] | components["schemas"]["AwsIamRoleFederatedTest"] | components["schemas"]["AwsIamRoleChainedTest"] | components["schemas"]["AwsSsoRoleTest"] | components["schemas"]["AzureTest"];
        AwsIamUserTest: {
            sessionName: string;
            region: string;
            labels?: string[];
            environment?: string;
            pinned?: boolean;
            hidden?: boolean;
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
            /** Format: uri */
            endpointUrl?: string;
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
             * @description the saved session that is edited: keys that are not sent are its own
             */
            sessionId?: string;
        };
        AwsIamRoleFederatedTest: {
            sessionName: string;
            region: string;
            labels?: string[];
            environment?: string;
            pinned?: boolean;
            hidden?: boolean;
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
            /** Format: uri */
            endpointUrl?: string;
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
             * @description the saved session that is edited: keys that are not sent are its own
             */
            sessionId?: string;
        };
        AwsIamRoleChainedTest: {
            sessionName: string;
            region: string;
            labels?: string[];
            environment?: string;
            pinned?: boolean;
            hidden?: boolean;
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
            /** Format: uri */
            endpointUrl?: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "awsIamRoleChained";
            /** Format: uuid */
            parentSessionId: string;
            roleArn: string;
            roleSessionName?: string;
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
             * @description the saved session that is edited: keys that are not sent are its own
             */
            sessionId?: string;
        };
        AwsSsoRoleTest: {
            sessionName: string;
            region: string;
            labels?: string[];
            environment?: string;
            pinned?: boolean;
            hidden?: boolean;
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
             * @description the saved session that is edited: keys that are not sent are its own
             */
            sessionId?: string;
        };
        AzureTest: {
            sessionName: string;
            region: string;
            labels?: string[];
            environment?: string;
            pinned?: boolean;
            hidden?: boolean;
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
             * @description the saved session that is edited: keys that are not sent are its own
             */
            sessionId?: string;
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
            labels: string[];
            environment?: string;
            pinned: boolean;
            hidden?: boolean;
            limits: {
                maxSessionSeconds?: number;
                maxLeases?: number;
                idleSeconds?: number;
            };
            /** Format: date-time */
            validUntil?: string;
            onDemand?: boolean;
            profileName: string;
            /**
             * @description of the next run
             * @enum {string}
             */
            delivery: "credentials-file" | "credential-process" | "endpoint-only";
            /** Format: uri */
            endpointUrl?: string;
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
                /** @description it may put the profile section of the user aside */
                replacesSection?: boolean;
                /**
                 * Format: date-time
                 * @description since when it is pending because its credentials expired before they were renewed
                 */
                expiredAt?: string;
                /** @description why its credentials could not be renewed; missing once they were */
                renewalFailure?: {
                    /** @description what the last one failed with */
                    message: string;
                    /** @description how many failed in a row */
                    failures: number;
                    /** Format: date-time */
                    since: string;
                    /**
                     * Format: date-time
                     * @description when Stint tries again; missing once a person declined
                     */
                    nextTryAt?: string;
                };
                /** @description fixed at its start, from the session and the settings; an extension changes them */
                limits?: {
                    maxSessionSeconds?: number;
                    maxLeases?: number;
                    idleSeconds?: number;
                };
                /**
                 * Format: date-time
                 * @description when Stint warned that it ends soon
                 */
                warnedAt?: string;
                /** @description how it delivers, whatever the settings say meanwhile */
                delivery?: string;
                /** @description that the run works with; readers get it, whatever was edited */
                region?: string;
                /** @description under which the run delivers (AWS) */
                profileName?: string;
                /** @description of the run, where it has its own (AWS) */
                endpointUrl?: string;
            };
            /** Format: date-time */
            rotatedAt?: string;
            /** Format: date-time */
            renewAt?: string;
            /** Format: date-time */
            credentialsExpireAt?: string;
            clockOffsetSeconds?: number;
            /** Format: date-time */
            archivedAt?: string;
            lastEnd?: {
                /** @enum {string} */
                reason: "stopped" | "cancelled" | "max-duration" | "idle" | "lease-limit" | "valid-until" | "expired" | "superseded" | "removed" | "dependency-removed" | "integration-logout" | "locked" | "shutdown" | "crashed" | "failed";
                /** Format: date-time */
                at: string;
                message: string;
                /** @description what to do about a failure */
                next?: string;
            };
            /** Format: date-time */
            vanishedAt?: string;
            roleSecondsGranted?: number;
            /**
             * Format: date-time
             * @description when the access key was made, if Stint made it
             */
            keyCreatedAt?: string;
            /** @description what a rotation of the access key left to do */
            keyRotation?: {
                /** @enum {string} */
                step: "unfinished" | "old-key-waiting";
                /** Format: date-time */
                since: string;
                /** @description the old access key id, shortened */
                oldKey?: string;
            };
            /** @description the session names no delivery: the settings choose it */
            deliveryIsDefault: boolean;
            /** @description what you can do with it now */
            actions: ("start" | "stop" | "rotate" | "extend" | "rotate-keys" | "restore" | "update" | "delete")[];
        };
        AwsIamRoleFederatedSession: {
            sessionName: string;
            region: string;
            labels: string[];
            environment?: string;
            pinned: boolean;
            hidden?: boolean;
            limits: {
                maxSessionSeconds?: number;
                maxLeases?: number;
                idleSeconds?: number;
            };
            /** Format: date-time */
            validUntil?: string;
            onDemand?: boolean;
            profileName: string;
            /**
             * @description of the next run
             * @enum {string}
             */
            delivery: "credentials-file" | "credential-process" | "endpoint-only";
            /** Format: uri */
            endpointUrl?: string;
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
                /** @description it may put the profile section of the user aside */
                replacesSection?: boolean;
                /**
                 * Format: date-time
                 * @description since when it is pending because its credentials expired before they were renewed
                 */
                expiredAt?: string;
                /** @description why its credentials could not be renewed; missing once they were */
                renewalFailure?: {
                    /** @description what the last one failed with */
                    message: string;
                    /** @description how many failed in a row */
                    failures: number;
                    /** Format: date-time */
                    since: string;
                    /**
                     * Format: date-time
                     * @description when Stint tries again; missing once a person declined
                     */
                    nextTryAt?: string;
                };
                /** @description fixed at its start, from the session and the settings; an extension changes them */
                limits?: {
                    maxSessionSeconds?: number;
                    maxLeases?: number;
                    idleSeconds?: number;
                };
                /**
                 * Format: date-time
                 * @description when Stint warned that it ends soon
                 */
                warnedAt?: string;
                /** @description how it delivers, whatever the settings say meanwhile */
                delivery?: string;
                /** @description that the run works with; readers get it, whatever was edited */
                region?: string;
                /** @description under which the run delivers (AWS) */
                profileName?: string;
                /** @description of the run, where it has its own (AWS) */
                endpointUrl?: string;
            };
            /** Format: date-time */
            rotatedAt?: string;
            /** Format: date-time */
            renewAt?: string;
            /** Format: date-time */
            credentialsExpireAt?: string;
            clockOffsetSeconds?: number;
            /** Format: date-time */
            archivedAt?: string;
            lastEnd?: {
                /** @enum {string} */
                reason: "stopped" | "cancelled" | "max-duration" | "idle" | "lease-limit" | "valid-until" | "expired" | "superseded" | "removed" | "dependency-removed" | "integration-logout" | "locked" | "shutdown" | "crashed" | "failed";
                /** Format: date-time */
                at: string;
                message: string;
                /** @description what to do about a failure */
                next?: string;
            };
            /** Format: date-time */
            vanishedAt?: string;
            roleSecondsGranted?: number;
            /** @description the session names no delivery: the settings choose it */
            deliveryIsDefault: boolean;
            /** @description what you can do with it now */
            actions: ("start" | "stop" | "rotate" | "extend" | "rotate-keys" | "restore" | "update" | "delete")[];
        };
        AwsIamRoleChainedSession: {
            sessionName: string;
            region: string;
            labels: string[];
            environment?: string;
            pinned: boolean;
            hidden?: boolean;
            limits: {
                maxSessionSeconds?: number;
                maxLeases?: number;
                idleSeconds?: number;
            };
            /** Format: date-time */
            validUntil?: string;
            onDemand?: boolean;
            profileName: string;
            /**
             * @description of the next run
             * @enum {string}
             */
            delivery: "credentials-file" | "credential-process" | "endpoint-only";
            /** Format: uri */
            endpointUrl?: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "awsIamRoleChained";
            /** Format: uuid */
            parentSessionId: string;
            roleArn: string;
            roleSessionName?: string;
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
                /** @description it may put the profile section of the user aside */
                replacesSection?: boolean;
                /**
                 * Format: date-time
                 * @description since when it is pending because its credentials expired before they were renewed
                 */
                expiredAt?: string;
                /** @description why its credentials could not be renewed; missing once they were */
                renewalFailure?: {
                    /** @description what the last one failed with */
                    message: string;
                    /** @description how many failed in a row */
                    failures: number;
                    /** Format: date-time */
                    since: string;
                    /**
                     * Format: date-time
                     * @description when Stint tries again; missing once a person declined
                     */
                    nextTryAt?: string;
                };
                /** @description fixed at its start, from the session and the settings; an extension changes them */
                limits?: {
                    maxSessionSeconds?: number;
                    maxLeases?: number;
                    idleSeconds?: number;
                };
                /**
                 * Format: date-time
                 * @description when Stint warned that it ends soon
                 */
                warnedAt?: string;
                /** @description how it delivers, whatever the settings say meanwhile */
                delivery?: string;
                /** @description that the run works with; readers get it, whatever was edited */
                region?: string;
                /** @description under which the run delivers (AWS) */
                profileName?: string;
                /** @description of the run, where it has its own (AWS) */
                endpointUrl?: string;
            };
            /** Format: date-time */
            rotatedAt?: string;
            /** Format: date-time */
            renewAt?: string;
            /** Format: date-time */
            credentialsExpireAt?: string;
            clockOffsetSeconds?: number;
            /** Format: date-time */
            archivedAt?: string;
            lastEnd?: {
                /** @enum {string} */
                reason: "stopped" | "cancelled" | "max-duration" | "idle" | "lease-limit" | "valid-until" | "expired" | "superseded" | "removed" | "dependency-removed" | "integration-logout" | "locked" | "shutdown" | "crashed" | "failed";
                /** Format: date-time */
                at: string;
                message: string;
                /** @description what to do about a failure */
                next?: string;
            };
            /** Format: date-time */
            vanishedAt?: string;
            roleSecondsGranted?: number;
            /** @description the session names no delivery: the settings choose it */
            deliveryIsDefault: boolean;
            /** @description what you can do with it now */
            actions: ("start" | "stop" | "rotate" | "extend" | "rotate-keys" | "restore" | "update" | "delete")[];
        };
        AwsSsoRoleSession: {
            sessionName: string;
            region: string;
            labels: string[];
            environment?: string;
            pinned: boolean;
            hidden?: boolean;
            limits: {
                maxSessionSeconds?: number;
                maxLeases?: number;
                idleSeconds?: number;
            };
            /** Format: date-time */
            validUntil?: string;
            onDemand?: boolean;
            profileName: string;
            /**
             * @description of the next run
             * @enum {string}
             */
            delivery: "credentials-file" | "credential-process" | "endpoint-only";
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
                /** @description it may put the profile section of the user aside */
                replacesSection?: boolean;
                /**
                 * Format: date-time
                 * @description since when it is pending because its credentials expired before they were renewed
                 */
                expiredAt?: string;
                /** @description why its credentials could not be renewed; missing once they were */
                renewalFailure?: {
                    /** @description what the last one failed with */
                    message: string;
                    /** @description how many failed in a row */
                    failures: number;
                    /** Format: date-time */
                    since: string;
                    /**
                     * Format: date-time
                     * @description when Stint tries again; missing once a person declined
                     */
                    nextTryAt?: string;
                };
                /** @description fixed at its start, from the session and the settings; an extension changes them */
                limits?: {
                    maxSessionSeconds?: number;
                    maxLeases?: number;
                    idleSeconds?: number;
                };
                /**
                 * Format: date-time
                 * @description when Stint warned that it ends soon
                 */
                warnedAt?: string;
                /** @description how it delivers, whatever the settings say meanwhile */
                delivery?: string;
                /** @description that the run works with; readers get it, whatever was edited */
                region?: string;
                /** @description under which the run delivers (AWS) */
                profileName?: string;
                /** @description of the run, where it has its own (AWS) */
                endpointUrl?: string;
            };
            /** Format: date-time */
            rotatedAt?: string;
            /** Format: date-time */
            renewAt?: string;
            /** Format: date-time */
            credentialsExpireAt?: string;
            clockOffsetSeconds?: number;
            /** Format: date-time */
            archivedAt?: string;
            lastEnd?: {
                /** @enum {string} */
                reason: "stopped" | "cancelled" | "max-duration" | "idle" | "lease-limit" | "valid-until" | "expired" | "superseded" | "removed" | "dependency-removed" | "integration-logout" | "locked" | "shutdown" | "crashed" | "failed";
                /** Format: date-time */
                at: string;
                message: string;
                /** @description what to do about a failure */
                next?: string;
            };
            /** Format: date-time */
            vanishedAt?: string;
            roleSecondsGranted?: number;
            /** @description the session names no delivery: the settings choose it */
            deliveryIsDefault: boolean;
            /** @description what you can do with it now */
            actions: ("start" | "stop" | "rotate" | "extend" | "rotate-keys" | "restore" | "update" | "delete")[];
        };
        AzureSession: {
            sessionName: string;
            region: string;
            labels: string[];
            environment?: string;
            pinned: boolean;
            hidden?: boolean;
            limits: {
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
            /**
             * @description of the next run
             * @enum {string}
             */
            delivery: "azure-cli" | "endpoint-only";
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
                /** @description it may put the profile section of the user aside */
                replacesSection?: boolean;
                /**
                 * Format: date-time
                 * @description since when it is pending because its credentials expired before they were renewed
                 */
                expiredAt?: string;
                /** @description why its credentials could not be renewed; missing once they were */
                renewalFailure?: {
                    /** @description what the last one failed with */
                    message: string;
                    /** @description how many failed in a row */
                    failures: number;
                    /** Format: date-time */
                    since: string;
                    /**
                     * Format: date-time
                     * @description when Stint tries again; missing once a person declined
                     */
                    nextTryAt?: string;
                };
                /** @description fixed at its start, from the session and the settings; an extension changes them */
                limits?: {
                    maxSessionSeconds?: number;
                    maxLeases?: number;
                    idleSeconds?: number;
                };
                /**
                 * Format: date-time
                 * @description when Stint warned that it ends soon
                 */
                warnedAt?: string;
                /** @description how it delivers, whatever the settings say meanwhile */
                delivery?: string;
                /** @description that the run works with; readers get it, whatever was edited */
                region?: string;
                /** @description under which the run delivers (AWS) */
                profileName?: string;
                /** @description of the run, where it has its own (AWS) */
                endpointUrl?: string;
            };
            /** Format: date-time */
            rotatedAt?: string;
            /** Format: date-time */
            renewAt?: string;
            /** Format: date-time */
            credentialsExpireAt?: string;
            clockOffsetSeconds?: number;
            /** Format: date-time */
            archivedAt?: string;
            lastEnd?: {
                /** @enum {string} */
                reason: "stopped" | "cancelled" | "max-duration" | "idle" | "lease-limit" | "valid-until" | "expired" | "superseded" | "removed" | "dependency-removed" | "integration-logout" | "locked" | "shutdown" | "crashed" | "failed";
                /** Format: date-time */
                at: string;
                message: string;
                /** @description what to do about a failure */
                next?: string;
            };
            /** Format: date-time */
            vanishedAt?: string;
            roleSecondsGranted?: number;
            /** @description the session names no delivery: the settings choose it */
            deliveryIsDefault: boolean;
            /** @description what you can do with it now */
            actions: ("start" | "stop" | "rotate" | "extend" | "rotate-keys" | "restore" | "update" | "delete")[];
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
            hidden?: boolean;
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
            /** Format: uri */
            endpointUrl?: string;
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
            hidden?: boolean;
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
            /** Format: uri */
            endpointUrl?: string;
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
            hidden?: boolean;
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
            /** Format: uri */
            endpointUrl?: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "awsIamRoleChained";
            /** Format: uuid */
            parentSessionId: string;
            roleArn: string;
            roleSessionName?: string;
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
            hidden?: boolean;
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
            hidden?: boolean;
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
            hidden?: boolean;
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
            /** Format: uri */
            endpointUrl?: string;
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
            clockOffsetSeconds?: unknown;
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
            keyCreatedAt?: unknown;
            /** @description ignored */
            keyRotation?: unknown;
            /** @description ignored */
            actions?: unknown;
            /** @description ignored */
            deliveryIsDefault?: unknown;
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
            hidden?: boolean;
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
            /** Format: uri */
            endpointUrl?: string;
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
            clockOffsetSeconds?: unknown;
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
            keyCreatedAt?: unknown;
            /** @description ignored */
            keyRotation?: unknown;
            /** @description ignored */
            actions?: unknown;
            /** @description ignored */
            deliveryIsDefault?: unknown;
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
            hidden?: boolean;
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
            /** Format: uri */
            endpointUrl?: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "awsIamRoleChained";
            /** Format: uuid */
            parentSessionId: string;
            roleArn: string;
            roleSessionName?: string;
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
            clockOffsetSeconds?: unknown;
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
            keyCreatedAt?: unknown;
            /** @description ignored */
            keyRotation?: unknown;
            /** @description ignored */
            actions?: unknown;
            /** @description ignored */
            deliveryIsDefault?: unknown;
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
            hidden?: boolean;
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
            clockOffsetSeconds?: unknown;
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
            keyCreatedAt?: unknown;
            /** @description ignored */
            keyRotation?: unknown;
            /** @description ignored */
            actions?: unknown;
            /** @description ignored */
            deliveryIsDefault?: unknown;
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
            hidden?: boolean;
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
            clockOffsetSeconds?: unknown;
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
            keyCreatedAt?: unknown;
            /** @description ignored */
            keyRotation?: unknown;
            /** @description ignored */
            actions?: unknown;
            /** @description ignored */
            deliveryIsDefault?: unknown;
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
            kind: "mfa" | "confirm" | "unlock" | "login" | "device-code" | "saml" | "sign-in-window" | "choice";
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
            isNew?: boolean;
            askedBy?: {
                /** @enum {string} */
                role: "owner" | "operator" | "viewer" | "window" | "credentials";
                tokenId?: string;
                issuer?: string;
                /** @enum {string} */
                via: "socket" | "port" | "desktop-app";
                subject: string;
            };
            /** Format: date-time */
            expiresAt: string;
        };
        ExtendResult: {
            session: components["schemas"]["Session"];
        };
        ExtendBody: {
            /** @description how much longer the run may last; an hour if omitted */
            seconds?: number;
        };
        StopResult: {
            session: components["schemas"]["Session"];
            /** @description until when copies of the credentials still work: the cloud cannot revoke them */
            issuedUntil?: string;
            leftovers: components["schemas"]["Leftover"][];
            historyWritten: boolean;
        };
        /** @description what could not be removed; Stint tries again every minute */
        Leftover: {
            sessionId: string;
            file: string;
            /** @description for an AWS session */
            profileName?: string;
            what: string;
            reason: string;
        };
        RestoredSession: {
            session: components["schemas"]["Session"];
        };
        RestoreSessionBody: {
            /**
             * Format: date-time
             * @description until when it is valid now; it has no end if omitted
             */
            validUntil?: string;
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
            snapshot?: {
                [key: string]: unknown;
            };
            /** @enum {string} */
            reason?: "stopped" | "cancelled" | "max-duration" | "idle" | "lease-limit" | "valid-until" | "expired" | "superseded" | "removed" | "dependency-removed" | "integration-logout" | "locked" | "shutdown" | "crashed" | "failed";
            message?: string;
            renewals: number;
            /** Format: date-time */
            renewedAt?: string;
        };
        ConsoleAddress: {
            url: string;
            /** @description anyone who opens the address is signed in */
            secret: boolean;
            /**
             * Format: date-time
             * @description until when the address can be opened
             */
            expiresAt?: string;
        };
        ConsoleRequest: {
            /** @description AWS: the service to open, such as `s3` */
            service?: string;
            /** @description AWS: another region of the session’s partition */
            region?: string;
            /** @description AWS: how long the console stays signed in; only for roles assumed with long-term keys or SAML. As long as the credentials if omitted */
            durationSeconds?: number;
        };
        RotateKeysResult: {
            session: components["schemas"]["Session"];
        };
        RotateKeysPending: {
            session: components["schemas"]["Session"];
            prompts: components["schemas"]["Prompt"][];
        };
        RotateKeysRequest: {
            /** @description delete the old key, which an earlier rotation deactivated */
            finish?: boolean;
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
        CopiedCredentials: {
            text: string;
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
            kind: "exec" | "endpoint" | "credential-process" | "static" | "console";
            process?: string;
            pid?: number;
            policyArns?: string[];
            policy?: string;
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
            /** @description the program reads the token from `tokenFile` at each use, so that the next owner can change it */
            tokenInFile?: boolean;
            /** @description the program asks by `stint credentials`, over the socket: the lease stays open when Stint loses its port */
            bySocket?: boolean;
            /** @description as `policyArns` with AWS’s ReadOnlyAccess in the partition of the session */
            readOnly?: boolean;
            /** @description IAM policies that limit what the program may do, beside what the session may do (AWS). Several, `policy` and `readOnly` add up */
            policyArns?: string[];
            /** @description an IAM policy as JSON, with the same effect. At most 2,048 characters together with `policyArns` */
            policy?: string;
            /** @description other users of this machine, such as that of a container, whose programs may use the lease too (Linux) */
            allowedUids?: number[];
        };
        LeaseList: {
            items: components["schemas"]["Lease"][];
        };
        HeldLease: {
            lease: components["schemas"]["Lease"];
            /** @description missing once the session was removed; inactive, or in another run, once it ended */
            session?: {
                sessionId: string;
                sessionName: string;
                /** @enum {string} */
                type: "awsIamUser" | "awsIamRoleFederated" | "awsIamRoleChained" | "awsSsoRole" | "azure";
                /** @enum {string} */
                status: "inactive" | "pending" | "active";
                region: string;
                profileName?: string;
                accountId?: string;
                roleName?: string;
                roleArn?: string;
                subscriptionId?: string;
                tenantId?: string;
                run?: {
                    /** Format: uuid */
                    id: string;
                    /** Format: date-time */
                    startedAt: string;
                    /** Format: date-time */
                    endsAt?: string;
                    untilLastLease?: boolean;
                    /** @description it may put the profile section of the user aside */
                    replacesSection?: boolean;
                    /**
                     * Format: date-time
                     * @description since when it is pending because its credentials expired before they were renewed
                     */
                    expiredAt?: string;
                    /** @description why its credentials could not be renewed; missing once they were */
                    renewalFailure?: {
                        /** @description what the last one failed with */
                        message: string;
                        /** @description how many failed in a row */
                        failures: number;
                        /** Format: date-time */
                        since: string;
                        /**
                         * Format: date-time
                         * @description when Stint tries again; missing once a person declined
                         */
                        nextTryAt?: string;
                    };
                    /** @description fixed at its start, from the session and the settings; an extension changes them */
                    limits?: {
                        maxSessionSeconds?: number;
                        maxLeases?: number;
                        idleSeconds?: number;
                    };
                    /**
                     * Format: date-time
                     * @description when Stint warned that it ends soon
                     */
                    warnedAt?: string;
                    /** @description how it delivers, whatever the settings say meanwhile */
                    delivery?: string;
                    /** @description that the run works with; readers get it, whatever was edited */
                    region?: string;
                    /** @description under which the run delivers (AWS) */
                    profileName?: string;
                    /** @description of the run, where it has its own (AWS) */
                    endpointUrl?: string;
                };
                /** Format: date-time */
                credentialsExpireAt?: string;
                clockOffsetSeconds?: number;
            };
        };
        SdkRefusal: {
            code: string;
            message: string;
            error: string;
            error_description: string;
        };
        ContainerCredentials: {
            AccessKeyId: string;
            SecretAccessKey: string;
            Token: string;
            Expiration: string;
            AccountId?: string;
        };
        IdentityToken: {
            access_token: string;
            /** @description seconds since the epoch */
            expires_on: string;
            /** @description seconds from now */
            expires_in: string;
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
            failoverRegion?: string;
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
            failoverRegion?: string;
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
        ProfileList: {
            items: components["schemas"]["Profile"][];
        };
        Profile: {
            profileName: string;
            sessions: {
                sessionId: string;
                sessionName: string;
                region: string;
                delivery: string;
                /** @enum {string} */
                status: "inactive" | "pending" | "active";
                /** @description the name that its run is delivered under until it ends, where that is another one */
                deliveredAs?: string;
            }[];
            /** @description whether `stint profile publish` keeps it in the config file */
            published: boolean;
            /** @description the sessionId that a published profile asks for */
            publishedFor?: string;
            /** @description true: the session of the published profile is gone */
            sessionGone?: boolean;
            /** @description why some AWS SDKs ignore a profile of this name */
            warning?: string;
        };
        RenamedProfile: {
            items: {
                sessionId: string;
                sessionName: string;
                region: string;
                delivery: string;
                /** @enum {string} */
                status: "inactive" | "pending" | "active";
                /** @description the name that its run is delivered under until it ends, where that is another one */
                deliveredAs?: string;
            }[];
        };
        ProfileRename: {
            from: string;
            to: string;
        };
        PublicationResult: {
            /** @description the AWS config file */
            file: string;
            /** @description the names that are published then */
            published: string[];
            changes: {
                profileName: string;
                /** @description the section before; missing where it is new */
                before?: string;
                /** @description the section then; missing where it is removed */
                after?: string;
            }[];
            skipped: {
                profileName: string;
                reason: string;
            }[];
        };
        ProfilePublication: {
            profileNames?: string[];
            /** @description every profile */
            all?: boolean;
            /** @description only answer what would change */
            dryRun?: boolean;
            /** @description remove published profiles whose session is gone */
            prune?: boolean;
        };
        ProfileUnpublication: {
            profileNames?: string[];
            /** @description every profile */
            all?: boolean;
            /** @description only answer what would change */
            dryRun?: boolean;
        };
        Export: {
            /** @description the file: YAML, without secrets and without ids of this machine */
            content: string;
            /** @description how many sessions it has */
            sessions: number;
            /** @description sessions that it does not have, and why */
            skipped: {
                /** Format: uuid */
                sessionId: string;
                sessionName: string;
                reason: string;
            }[];
        };
        Import: {
            /** @enum {string} */
            from: "aws-config" | "leapp" | "azure-cli" | "aws-sso-cli" | "saml2aws" | "stint";
            /** @description the files that were read; none of them is changed */
            files: {
                name: string;
                path: string;
                found: boolean;
            }[];
            items: {
                /** @enum {string} */
                kind: "identityProvider" | "integration" | "session" | "accessKeys" | "setting" | "other";
                name: string;
                /** @description where in the files it is */
                source: string;
                /**
                 * @description `cannot`: it stays where it is; `reason` says why
                 * @enum {string}
                 */
                outcome: "create" | "exists" | "cannot";
                reason?: string;
                /** @description what is omitted of it, or is different here */
                notes: string[];
                /** @description of what exists, or was made */
                id?: string;
                /** @description what it is made with, no secrets */
                fields?: {
                    [key: string]: unknown;
                };
            }[];
            /** @description about the import as a whole */
            notes: string[];
            applied: boolean;
            /**
             * Format: uuid
             * @description of an import that made something
             */
            importId?: string;
        };
        ImportRequest: {
            /**
             * @description the tool to import from
             * @enum {string}
             */
            from: "aws-config" | "leapp" | "azure-cli" | "aws-sso-cli" | "saml2aws" | "stint";
            /** @description absolute paths of the tool’s files by name, if they are not in their usual place */
            files?: {
                [key: string]: string;
            };
            /** @description of `stint` alone: an export in place of `files`. What only the owner decides is refused in it, unless the owner sends it */
            content?: {
                /** @description what the answer calls it, such as `team.stint` */
                name: string;
                text: string;
            };
            /**
             * @description also copy long-lived access keys to the vault; the files keep them
             * @default false
             */
            withKeys: boolean;
            options?: {
                /** @description Leapp: id of the machine that the workspace comes from; no secret */
                machineId?: string;
                /** @description saml2aws: name of the SAML provider in IAM */
                samlProvider?: string;
            };
            /**
             * @description make what the answer lists; otherwise a dry run
             * @default false
             */
            apply: boolean;
        };
        ImportUndo: {
            /** Format: uuid */
            importId: string;
            from: string;
            /** Format: date-time */
            at: string;
            items: {
                /** @enum {string} */
                kind: "identityProvider" | "integration" | "session" | "accessKeys" | "setting" | "other";
                name: string;
                id: string;
                /**
                 * @description `keep`: it was changed or something else needs it; `gone`: it was removed before
                 * @enum {string}
                 */
                outcome: "remove" | "keep" | "gone";
                reason?: string;
            }[];
            applied: boolean;
        };
        ImportUndoRequest: {
            /**
             * @description remove what the answer lists; otherwise a dry run
             * @default false
             */
            apply: boolean;
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
            kind: "session-created" | "session-updated" | "session-removed" | "session-started" | "session-rotated" | "session-stopped" | "rotation-failed" | "credentials-expired" | "session-ending" | "session-extended" | "section-restored" | "lease-opened" | "lease-closed" | "prompt-raised" | "prompt-closed" | "login" | "logout" | "integration-created" | "integration-updated" | "integration-removed" | "integration-synced" | "identity-provider-created" | "identity-provider-updated" | "identity-provider-removed" | "settings-updated" | "credentials-read" | "import-applied" | "import-undone" | "token-issued" | "token-revoked" | "keys-reset" | "vault-locked" | "vault-unlocked" | "vault-rewrapped" | "key-created" | "key-deactivated" | "key-deleted" | "key-rotation-failed";
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
        HistoryVerification: {
            /** @description no entry was found changed, removed, inserted or moved */
            ok: boolean;
            /** @description how many entries the file has */
            rows: number;
            /** @description the entryId up to which every entry is unchanged; 0 for none */
            checkedTo: number;
            /**
             * @description what the vault says of the end of the history; `locked` and `empty`: nothing, so entries missing at the end cannot be noticed
             * @enum {string}
             */
            vault: "confirms" | "contradicts" | "locked" | "empty";
            /** @description the first entry where something is wrong */
            firstBad?: {
                entryId: number;
                /** @description when it happened, as the entry says */
                at: string;
                /**
                 * @description `changed`: it does not match its own hash; `unlinked`: the entry before it is not the one it was written after; `replaced`: it is not the entry that the vault knows
                 * @enum {string}
                 */
                fault: "changed" | "unlinked" | "replaced";
            };
            /** @description at least how many entries are missing at the end */
            missing?: number;
            /** @description when Stint noticed before that the history up to an entry had been changed */
            found: {
                entryId: number;
                /** Format: date-time */
                at: string;
            }[];
            message: string;
            next?: string;
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
            kind: "session-created" | "session-updated" | "session-removed" | "session-started" | "session-rotated" | "session-stopped" | "rotation-failed" | "credentials-expired" | "session-ending" | "session-extended" | "section-restored" | "lease-opened" | "lease-closed" | "prompt-raised" | "prompt-closed" | "login" | "logout" | "integration-created" | "integration-updated" | "integration-removed" | "integration-synced" | "identity-provider-created" | "identity-provider-updated" | "identity-provider-removed" | "settings-updated" | "credentials-read" | "import-applied" | "import-undone" | "token-issued" | "token-revoked" | "keys-reset" | "vault-locked" | "vault-unlocked" | "vault-rewrapped" | "key-created" | "key-deactivated" | "key-deleted" | "key-rotation-failed";
            sessionId?: string;
            sessionName?: string;
            runId?: string;
            /** @enum {string} */
            reason?: "stopped" | "cancelled" | "max-duration" | "idle" | "lease-limit" | "valid-until" | "expired" | "superseded" | "removed" | "dependency-removed" | "integration-logout" | "locked" | "shutdown" | "crashed" | "failed";
            message?: string;
            by: string;
            actor?: {
                /** @enum {string} */
                role: "owner" | "operator" | "viewer" | "window" | "credentials";
                tokenId?: string;
                issuer?: string;
                /** @enum {string} */
                via: "socket" | "port" | "desktop-app";
            };
            changes?: {
                field: string;
                from?: unknown;
                to?: unknown;
            }[];
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
             * @description what new profiles are named after: {session}, {account}, {accountId}, {role}, {integration}
             * @default {session}
             */
            profileNameTemplate: string;
            /**
             * @description environments of sessions that have none of their own: the first rule that matches decides
             * @default [
             *       {
             *         "pattern": "*-prod | *-prd | *-production | prod-* | prod",
             *         "environment": "production",
             *         "looksAt": "any"
             *       },
             *       {
             *         "pattern": "*-stag* | *-uat | stag*-*",
             *         "environment": "staging",
             *         "looksAt": "any"
             *       },
             *       {
             *         "pattern": "*-dev | *-sandbox | dev-*",
             *         "environment": "development",
             *         "looksAt": "any"
             *       }
             *     ]
             */
            environmentRules: {
                /** @description `*` for any text, in any case; several patterns are separated by ` | ` */
                pattern: string;
                /**
                 * @description the name of the account or subscription, of the session, or `any` of them
                 * @enum {string}
                 */
                looksAt: "any" | "account" | "session";
                environment: string;
            }[];
            /**
             * @description what happens to active sessions when Stint quits
             * @default stop-sessions
             * @enum {string}
             */
            onQuit: "stop-sessions" | "keep-sessions";
            /**
             * @description hours for which Stint tries to renew credentials that have expired; then the session ends
             * @default 12
             */
            renewAfterExpiryHours: number;
            /** @description maximum duration of a run, in seconds, for sessions that have none */
            defaultMaxSessionSeconds?: number;
            /** @description idle limit, in seconds, for sessions that have none and whose readers Stint can see: endpoint-only and credential-process */
            defaultIdleSeconds?: number;
            /**
             * @description the longest a run may last in all once it is extended, in seconds
             * @default 604800
             */
            maxExtendedSeconds: number;
            /**
             * @description minutes before the end of a run at which Stint warns; 0 for no warning
             * @default 5
             */
            limitWarningMinutes: number;
            /**
             * @description what happens to active sessions when the vault is locked
             * @default keep-sessions
             * @enum {string}
             */
            onLock: "keep-sessions" | "stop-sessions";
            /** @description minutes without a command or a click after which the vault is locked; never if not set */
            lockAfterIdleMinutes?: number;
            /**
             * @description what the desktop app does when the screen is locked; on Linux with dbus-monitor
             * @default keep-sessions
             * @enum {string}
             */
            onScreenLock: "keep-sessions" | "lock-vault" | "stop-sessions";
            /**
             * @description whether the desktop app starts, in the tray, when you log in to this machine
             * @default false
             */
            openAtLogin: boolean;
            /**
             * @description whether Stint looks once a day for a newer release while you use its window
             * @default true
             */
            checkForUpdates: boolean;
            /** @description AWS_SHARED_CREDENTIALS_FILE, else ~/.aws/credentials */
            awsCredentialsFile: string;
            /** @description AWS_CONFIG_FILE, else ~/.aws/config */
            awsConfigFile: string;
            /** @description AZURE_CONFIG_DIR, else ~/.azure */
            azureConfigDir: string;
            /**
             * @description how AWS files change: a new file each time, or in place for bind mounts of containers
             * @default replace
             * @enum {string}
             */
            awsFileWrites: "replace" | "in-place";
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
             * @description AWS_ENDPOINT_URL_IAM
             */
            awsIamEndpointUrl?: string;
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
             * @description AWS_ENDPOINT_URL_SIGNIN: where the web console is signed in to
             */
            awsSigninEndpointUrl?: string;
            /** @description AWS_USE_FIPS_ENDPOINT: endpoints with FIPS 140 cryptography, for STS and Identity Center */
            awsUseFipsEndpoint?: boolean;
            /** @description AWS_USE_DUALSTACK_ENDPOINT: endpoints with IPv6, for STS and Identity Center */
            awsUseDualstackEndpoint?: boolean;
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
             * @description web portal of a private cloud; Microsoft’s own clouds are known
             */
            azurePortalUrl?: string;
            /** @description more resources, separated by commas, whose tokens az gets beside the usual ones */
            azureResources?: string;
            /**
             * @description what opens web consoles: your usual browser, or a Chrome profile or Firefox container per session
             * @default default
             * @enum {string}
             */
            consoleBrowser: "default" | "chrome-profile" | "firefox-container";
            /** @description days after which an archived session is removed with its secrets; it is kept if not set */
            archivedDays?: number;
            /** @description days after which the old access key of an IAM user is deleted once it is rotated; only `--finish` deletes it if not set */
            deleteOldKeyAfterDays?: number;
            /**
             * @description days after which client tokens are signed with a new key; earlier ones stay valid
             * @default 30
             */
            tokenKeyDays: number;
            /** @description you in CloudTrail: role session names of chained roles that have none begin with it; your user name if not set */
            roleSessionPerson?: string;
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
            /** @description AWS_CA_BUNDLE or REQUESTS_CA_BUNDLE: extra certificates to trust, a file or folder */
            caBundle?: string;
            /** @description REQUESTS_CA_BUNDLE beside another AWS_CA_BUNDLE: the certificates for Azure */
            azureCaBundle?: string;
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
            /** @description what new profiles are named after: {session}, {account}, {accountId}, {role}, {integration} */
            profileNameTemplate?: string;
            /** @description environments of sessions that have none of their own: the first rule that matches decides */
            environmentRules?: {
                /** @description `*` for any text, in any case; several patterns are separated by ` | ` */
                pattern: string;
                /**
                 * @description the name of the account or subscription, of the session, or `any` of them
                 * @enum {string}
                 */
                looksAt: "any" | "account" | "session";
                environment: string;
            }[];
            /**
             * @description what happens to active sessions when Stint quits
             * @enum {string}
             */
            onQuit?: "stop-sessions" | "keep-sessions";
            /** @description hours for which Stint tries to renew credentials that have expired; then the session ends */
            renewAfterExpiryHours?: number;
            /** @description maximum duration of a run, in seconds, for sessions that have none */
            defaultMaxSessionSeconds?: number | null;
            /** @description idle limit, in seconds, for sessions that have none and whose readers Stint can see: endpoint-only and credential-process */
            defaultIdleSeconds?: number | null;
            /** @description the longest a run may last in all once it is extended, in seconds */
            maxExtendedSeconds?: number;
            /** @description minutes before the end of a run at which Stint warns; 0 for no warning */
            limitWarningMinutes?: number;
            /**
             * @description what happens to active sessions when the vault is locked
             * @enum {string}
             */
            onLock?: "keep-sessions" | "stop-sessions";
            /** @description minutes without a command or a click after which the vault is locked; never if not set */
            lockAfterIdleMinutes?: number | null;
            /**
             * @description what the desktop app does when the screen is locked; on Linux with dbus-monitor
             * @enum {string}
             */
            onScreenLock?: "keep-sessions" | "lock-vault" | "stop-sessions";
            /** @description whether the desktop app starts, in the tray, when you log in to this machine */
            openAtLogin?: boolean;
            /** @description whether Stint looks once a day for a newer release while you use its window */
            checkForUpdates?: boolean;
            /** @description AWS_SHARED_CREDENTIALS_FILE, else ~/.aws/credentials */
            awsCredentialsFile?: string;
            /** @description AWS_CONFIG_FILE, else ~/.aws/config */
            awsConfigFile?: string;
            /** @description AZURE_CONFIG_DIR, else ~/.azure */
            azureConfigDir?: string;
            /**
             * @description how AWS files change: a new file each time, or in place for bind mounts of containers
             * @enum {string}
             */
            awsFileWrites?: "replace" | "in-place";
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
             * @description AWS_ENDPOINT_URL_IAM
             */
            awsIamEndpointUrl?: string | null;
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
             * @description AWS_ENDPOINT_URL_SIGNIN: where the web console is signed in to
             */
            awsSigninEndpointUrl?: string | null;
            /** @description AWS_USE_FIPS_ENDPOINT: endpoints with FIPS 140 cryptography, for STS and Identity Center */
            awsUseFipsEndpoint?: boolean | null;
            /** @description AWS_USE_DUALSTACK_ENDPOINT: endpoints with IPv6, for STS and Identity Center */
            awsUseDualstackEndpoint?: boolean | null;
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
             * @description web portal of a private cloud; Microsoft’s own clouds are known
             */
            azurePortalUrl?: string | null;
            /** @description more resources, separated by commas, whose tokens az gets beside the usual ones */
            azureResources?: string | null;
            /**
             * @description what opens web consoles: your usual browser, or a Chrome profile or Firefox container per session
             * @enum {string}
             */
            consoleBrowser?: "default" | "chrome-profile" | "firefox-container";
            /** @description days after which an archived session is removed with its secrets; it is kept if not set */
            archivedDays?: number | null;
            /** @description days after which the old access key of an IAM user is deleted once it is rotated; only `--finish` deletes it if not set */
            deleteOldKeyAfterDays?: number | null;
            /** @description days after which client tokens are signed with a new key; earlier ones stay valid */
            tokenKeyDays?: number;
            /** @description you in CloudTrail: role session names of chained roles that have none begin with it; your user name if not set */
            roleSessionPerson?: string | null;
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
            /** @description AWS_CA_BUNDLE or REQUESTS_CA_BUNDLE: extra certificates to trust, a file or folder */
            caBundle?: string | null;
            /** @description REQUESTS_CA_BUNDLE beside another AWS_CA_BUNDLE: the certificates for Azure */
            azureCaBundle?: string | null;
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
            /** @description seconds until it expires; 1800 if omitted. At most 30 days, or 366 with no scope but metrics:read */
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
            /** @enum {string} */
            role?: "owner" | "operator" | "viewer" | "window" | "credentials";
            scopes?: ("sessions:create" | "sessions:read" | "sessions:update" | "sessions:delete" | "sessions:start" | "sessions:stop" | "sessions:rotate" | "credentials:read" | "integrations:read" | "integrations:manage" | "settings:read" | "settings:update" | "prompts:answer" | "history:read" | "tokens:manage" | "metrics:read" | "owner:manage")[];
            /** @description the one session that it is bound to */
            sessionId?: string;
            /**
             * Format: date-time
             * @description missing for the owner’s token
             */
            expiresAt?: string;
        };
        TokenVerificationRequest: {
            token: string;
        };
        ChangeList: {
            items: components["schemas"]["Change"][];
        };
        Change: {
            /** @description stays the same as long as Stint holds it */
            id: string;
            /** @enum {string} */
            kind: "section" | "subscription" | "account" | "tokens" | "stash" | "published-profile" | "file" | "journal" | "lease-folder" | "azure-folder" | "home" | "agent" | "browser" | "service" | "keychain";
            /** @description the file or folder */
            file?: string;
            /** @description in words */
            what: string;
            /** @description the session it belongs to; without a name where that is no longer there */
            session?: {
                sessionId: string;
                sessionName?: string;
            };
            /** Format: date-time */
            since?: string;
            /** @description whether it can be put back by itself */
            restorable: boolean;
            /** @description what putting it back does, or what to do instead */
            how: string;
        };
        RestoreResult: {
            /** @description whether Stint holds it no longer */
            restored: boolean;
            /** @description the session that this has stopped */
            stopped?: {
                sessionId: string;
                sessionName: string;
            };
            /** @description until when copies of its credentials that were made elsewhere still work */
            issuedUntil?: string;
            leftovers: components["schemas"]["Leftover"][];
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
                /** @description what to do about it while it is locked */
                next?: string;
                /** @description why the keychain could not be used, while the vault waits for it */
                keychainFailure?: string;
            };
            /** @description whether it was started where it can show windows */
            hasScreen?: boolean;
            /** @description the OpenID Connect issuer of `issuer.json`, if there is that file */
            trustedIssuer?: {
                file: string;
                /** @description missing while the file cannot be used */
                issuer?: string;
                audience?: string;
                problem?: {
                    detail: string;
                    next: string;
                };
            };
            /** @description warnings about the workspace and its files */
            notices: string[];
            /** @description what stops left behind; Stint tries again every minute */
            leftovers: components["schemas"]["Leftover"][];
        };
        WindowAddress: {
            /** @description secret until it is used: its fragment is a one-time code */
            url: string;
        };
        RestoredVault: {
            locked: boolean;
            detail: string;
            /** @description the new names of what was there */
            kept: string[];
            /** @description when the restored version was written */
            writtenAt?: string;
        };
        OwnerEnding: {
            pid: number;
        };
        LockResult: {
            locked: boolean;
            /**
             * @description where its key is
             * @enum {string}
             */
            method: "keychain" | "passphrase";
            detail: string;
            /** @description the sessions that this has stopped */
            stopped: {
                sessionId: string;
                sessionName: string;
            }[];
            leftovers: components["schemas"]["Leftover"][];
        };
        VaultState: {
            locked: boolean;
            /**
             * @description where its key is
             * @enum {string}
             */
            method: "keychain" | "passphrase";
            detail: string;
        };
        Unlock: {
            passphrase?: string;
        };
        PassphraseChange: {
            /**
             * @description where the key is from now on
             * @enum {string}
             */
            method: "keychain" | "passphrase";
            /** @description the passphrase that opens the vault now, if one does */
            current?: string;
            /** @description the new one, for that method */
            passphrase?: string;
        };
        ReleaseState: {
            /** @description of the owner */
            version: string;
            /** @description why Stint does not look by itself, if it does not */
            off?: string;
            /** @description the latest release, if it is newer */
            newer?: {
                version: string;
                /** Format: date-time */
                publishedAt: string;
                /**
                 * Format: uri
                 * @description where to read about it and get it
                 */
                page?: string;
            };
            /**
             * Format: date-time
             * @description when that was last known
             */
            checkedAt?: string;
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
                /**
                 * @example {
                 *       "nonce": "q83vEjRWeJCrze8SNFZ4kA"
                 *     }
                 */
                "application/json": components["schemas"]["Handshake"];
            };
        };
        responses: {
            /** @description The proofs, or what the window gets */
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
    testSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "type": "awsIamUser",
                 *       "sessionName": "payments",
                 *       "region": "eu-west-1",
                 *       "secrets": {
                 *         "accessKeyId": "AKIAIOSFODNN7EXAMPLE",
                 *         "secretAccessKey": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["SessionTest"];
            };
        };
        responses: {
            /** @description It works. Nothing was saved, and nobody was asked anything */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionTestResult"];
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
            /** @description `person-needed`: Somebody has to answer a question; `file-unreadable`: A file cannot be read; `secret-missing`: A secret is missing; `secret-unreadable`: A secret in the vault cannot be used; `dependency-missing`: Something the session depends on was removed */
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
            /** @description `access-unavailable`: Client tokens cannot be checked now; `vault-unreadable`: The vault cannot be decrypted; `browser-unavailable`: No browser to sign in with; `cloud-unreachable`: The cloud cannot be reached */
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
    listSessions: {
        parameters: {
            query?: {
                /** @description only active sessions, or only those that are not */
                active?: "true" | "false";
                /** @description also archived sessions */
                archived?: "true" | "false";
                /** @description also hidden sessions that are not running */
                hidden?: "true" | "false";
                /** @example inactive */
                status?: "inactive" | "pending" | "active";
                /** @example awsIamUser */
                type?: "awsIamUser" | "awsIamRoleFederated" | "awsIamRoleChained" | "awsSsoRole" | "azure";
                /** @description region or location */
                region?: string;
                name?: string;
                environment?: string;
                /** @description name or ARN of the role */
                role?: string;
                delivery?: string;
                /** @description last started then or later */
                startedFrom?: string;
                /** @description last started then or earlier */
                startedTo?: string;
                /** @description its credentials or its run end then or later */
                endsFrom?: string;
                /** @description its credentials or its run end then or earlier */
                endsTo?: string;
                /** @description the sessionId */
                id?: string;
                /** @description id or name of the account or subscription */
                account?: string;
                /** @description name of the profile */
                profile?: string;
                /** @description the integrationId */
                integration?: string;
                /** @description the sessionId of the session before it in the chain */
                parent?: string;
                /** @description the idpId of its identity provider */
                idp?: string;
                pinned?: "true" | "false";
                /** @description part of a name, account, role, region or label */
                q?: string;
                /** @description only the active AWS session whose current credentials have this access key id */
                accessKeyId?: string;
                /** @description repeat it for several; a session must have all of them */
                label?: string | string[];
                /**
                 * @description if omitted, the order of the window; `starts`: how often it was started in the last 90 days
                 * @example -startDateTime
                 */
                sort?: "startDateTime" | "sessionName" | "status" | "type" | "region" | "starts" | "-startDateTime" | "-sessionName" | "-status" | "-type" | "-region" | "-starts";
                /** @description only these fields of each session, separated by commas, with `sessionId` and `type` */
                fields?: string;
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
            /** @description `vault-locked`: The vault is locked */
            423: {
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
            /** @description `access-unavailable`: Client tokens cannot be checked now; `vault-unreadable`: The vault cannot be decrypted */
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
    createSession: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description a text in double quotes, such as a new UUID for each thing to create: the same request again creates nothing and gets the same answer, for a day and as long as this owner runs
                 * @example "7d0c6f3e-18a4-4b7c-9a52-3f61e8d2c905"
                 */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "type": "awsIamUser",
                 *       "sessionName": "payments",
                 *       "region": "eu-west-1",
                 *       "profileName": "payments",
                 *       "limits": {
                 *         "maxSessionSeconds": 28800
                 *       },
                 *       "secrets": {
                 *         "accessKeyId": "AKIAIOSFODNN7EXAMPLE",
                 *         "secretAccessKey": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
                 *       }
                 *     }
                 */
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
            /** @description `already-exists`: Already exists; `idempotency-key-in-use`: A request with this Idempotency-Key is under way; `file-unreadable`: A file cannot be read */
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
            /** @description `invalid-request`: The request is not valid; `idempotency-key-reused`: The Idempotency-Key belongs to another request */
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
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access-unavailable`: Client tokens cannot be checked now; `file-unwritable`: A file cannot be written; `vault-unreadable`: The vault cannot be decrypted */
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
                /**
                 * @description the sessionId
                 * @example 0c8f7a52-92f1-4b1c-9d5e-8d6f6c1f2a11
                 */
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
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access-unavailable`: Client tokens cannot be checked now */
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
    replaceSession: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description the ETag of the session when it was read
                 * @example "3"
                 */
                "If-Match"?: string;
            };
            path: {
                /**
                 * @description the sessionId
                 * @example 0c8f7a52-92f1-4b1c-9d5e-8d6f6c1f2a11
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "type": "awsIamUser",
                 *       "sessionName": "payments",
                 *       "region": "eu-central-1",
                 *       "profileName": "payments",
                 *       "limits": {
                 *         "maxSessionSeconds": 28800
                 *       }
                 *     }
                 */
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
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access-unavailable`: Client tokens cannot be checked now; `file-unwritable`: A file cannot be written; `vault-unreadable`: The vault cannot be decrypted */
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
                /**
                 * @description the sessionId
                 * @example 0c8f7a52-92f1-4b1c-9d5e-8d6f6c1f2a11
                 */
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
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access-unavailable`: Client tokens cannot be checked now; `file-unwritable`: A file cannot be written; `vault-unreadable`: The vault cannot be decrypted */
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
                /**
                 * @description the sessionId
                 * @example 0c8f7a52-92f1-4b1c-9d5e-8d6f6c1f2a11
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "pinned": true,
                 *       "labels": [
                 *         "team-a"
                 *       ]
                 *     }
                 */
                "application/merge-patch+json": components["schemas"]["SessionPatch"];
                /**
                 * @example {
                 *       "pinned": true,
                 *       "labels": [
                 *         "team-a"
                 *       ]
                 *     }
                 */
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
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access-unavailable`: Client tokens cannot be checked now; `file-unwritable`: A file cannot be written; `vault-unreadable`: The vault cannot be decrypted */
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
                /**
                 * @description the sessionId
                 * @example 0c8f7a52-92f1-4b1c-9d5e-8d6f6c1f2a11
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": {
                    /** @description move your own section of the profile name aside while the session is active */
                    replaceSection?: boolean;
                    /** @description names of the environment variables of the caller */
                    callerEnvironment?: string[];
                    /** @description the screen of the caller (Linux), for a window that this start opens; the owner’s token on the socket only */
                    screen?: {
                        DISPLAY?: string;
                        WAYLAND_DISPLAY?: string;
                        XAUTHORITY?: string;
                        XDG_RUNTIME_DIR?: string;
                        DBUS_SESSION_BUS_ADDRESS?: string;
                    };
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
            /** @description `scope-missing`: The client token does not allow this; `owner-only`: Only the owner can decide this; `request-untrusted`: The request comes from an untrusted page or program */
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
            /** @description `access-unavailable`: Client tokens cannot be checked now; `owner-ending`: Stint is shutting down; `file-unwritable`: A file cannot be written; `vault-unreadable`: The vault cannot be decrypted; `browser-unavailable`: No browser to sign in with; `cloud-unreachable`: The cloud cannot be reached */
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
                /**
                 * @description the sessionId
                 * @example 0c8f7a52-92f1-4b1c-9d5e-8d6f6c1f2a11
                 */
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
            /** @description `access-unavailable`: Client tokens cannot be checked now; `owner-ending`: Stint is shutting down; `file-unwritable`: A file cannot be written; `vault-unreadable`: The vault cannot be decrypted; `browser-unavailable`: No browser to sign in with; `cloud-unreachable`: The cloud cannot be reached */
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
    extendSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description the sessionId
                 * @example 0c8f7a52-92f1-4b1c-9d5e-8d6f6c1f2a11
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "seconds": 3600
                 *     }
                 */
                "application/json": components["schemas"]["ExtendBody"];
            };
        };
        responses: {
            /** @description The session, with the new end in `run.endsAt` */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExtendResult"];
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
            /** @description `session-archived`: The session is archived; `session-not-active`: The session is not active; `not-extendable`: The run cannot be extended */
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
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access-unavailable`: Client tokens cannot be checked now; `file-unwritable`: A file cannot be written */
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
                /**
                 * @description the sessionId
                 * @example 0c8f7a52-92f1-4b1c-9d5e-8d6f6c1f2a11
                 */
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
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access-unavailable`: Client tokens cannot be checked now */
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
    forgetSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description the sessionId
                 * @example 0c8f7a52-92f1-4b1c-9d5e-8d6f6c1f2a11
                 */
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
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access-unavailable`: Client tokens cannot be checked now; `file-unwritable`: A file cannot be written; `vault-unreadable`: The vault cannot be decrypted */
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
    restoreSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description the sessionId
                 * @example 0c8f7a52-92f1-4b1c-9d5e-8d6f6c1f2a11
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "validUntil": "2027-12-31T18:00:00Z"
                 *     }
                 */
                "application/json": components["schemas"]["RestoreSessionBody"];
            };
        };
        responses: {
            /** @description The session, no longer archived */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RestoredSession"];
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
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access-unavailable`: Client tokens cannot be checked now; `file-unwritable`: A file cannot be written */
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
            query?: {
                /** @description the runId */
                id?: string;
                /** @description who started it */
                by?: string;
                /** @example false */
                ended?: "true" | "false";
                reason?: "stopped" | "cancelled" | "max-duration" | "idle" | "lease-limit" | "valid-until" | "expired" | "superseded" | "removed" | "dependency-removed" | "integration-logout" | "locked" | "shutdown" | "crashed" | "failed";
                /** @description then or later */
                startedFrom?: string;
                /** @description then or earlier */
                startedTo?: string;
                /** @description then or later */
                endedFrom?: string;
                /** @description then or earlier */
                endedTo?: string;
            };
            header?: never;
            path: {
                /**
                 * @description the sessionId
                 * @example 0c8f7a52-92f1-4b1c-9d5e-8d6f6c1f2a11
                 */
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
            /** @description `access-unavailable`: Client tokens cannot be checked now */
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
    openConsole: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description the sessionId
                 * @example 2f7b81d4-6c39-4e05-b1a8-d90c5e3f7a62
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "service": "s3"
                 *     }
                 */
                "application/json": components["schemas"]["ConsoleRequest"];
            };
        };
        responses: {
            /** @description For AWS, an address that signs in anyone who opens it. For Azure, a page of the portal, which has its own sign-in */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsoleAddress"];
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
            /** @description `session-not-active`: The session is not active; `leases-used-up`: The run has no leases left; `file-unreadable`: A file cannot be read */
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
            /** @description `access-unavailable`: Client tokens cannot be checked now; `file-unwritable`: A file cannot be written; `vault-unreadable`: The vault cannot be decrypted; `cloud-unreachable`: The cloud cannot be reached */
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
    rotateAccessKeys: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description the sessionId
                 * @example 0c8f7a52-92f1-4b1c-9d5e-8d6f6c1f2a11
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["RotateKeysRequest"];
            };
        };
        responses: {
            /** @description Done. `keyRotation` of the session says whether an old key waits for deletion */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RotateKeysResult"];
                };
            };
            /** @description Somebody has to answer a question. The work then continues; its end is in the history: `key-deactivated`, `key-deleted` or `key-rotation-failed` */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RotateKeysPending"];
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
            /** @description `session-archived`: The session is archived; `key-rotation-conflict`: The state of the access keys does not allow this; `session-ended`: The session or sign-in ended; `file-unreadable`: A file cannot be read; `secret-missing`: A secret is missing; `secret-unreadable`: A secret in the vault cannot be used */
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
            /** @description `access-unavailable`: Client tokens cannot be checked now; `owner-ending`: Stint is shutting down; `file-unwritable`: A file cannot be written; `vault-unreadable`: The vault cannot be decrypted; `cloud-unreachable`: The cloud cannot be reached */
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
    getCredentials: {
        parameters: {
            query?: {
                /** @description whether the reader asks again when they are about to expire */
                kind?: "credential-process" | "static";
                /** @description the process that runs the command which reads them: each has a lease */
                pid?: string;
                /** @description its name, where the process is unknown */
                process?: string;
            };
            header?: never;
            path: {
                /**
                 * @description the sessionId
                 * @example 0c8f7a52-92f1-4b1c-9d5e-8d6f6c1f2a11
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The current credentials. Each reader has a lease until they expire or its process ends */
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
            /** @description `session-not-active`: The session is not active; `leases-used-up`: The run has no leases left */
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
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access-unavailable`: Client tokens cannot be checked now; `file-unwritable`: A file cannot be written; `vault-unreadable`: The vault cannot be decrypted */
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
    copyCredentials: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description the sessionId
                 * @example 0c8f7a52-92f1-4b1c-9d5e-8d6f6c1f2a11
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Lines for a POSIX shell. They count as a read of the keys */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CopiedCredentials"];
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
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access-unavailable`: Client tokens cannot be checked now; `file-unwritable`: A file cannot be written; `vault-unreadable`: The vault cannot be decrypted */
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
    getLeaseCredentials: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description the leaseId
                 * @example 6d1b0b7e-4a55-4c1f-8f0e-2b9f3c7d1e02
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The current credentials of its session (AWS); counts as a use of the lease */
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
            /** @description `prompt-expired`: Nobody answered in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session-not-active`: The session is not active; `person-needed`: Somebody has to answer a question; `file-unreadable`: A file cannot be read; `secret-missing`: A secret is missing; `secret-unreadable`: A secret in the vault cannot be used; `dependency-missing`: Something the session depends on was removed */
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
            /** @description `access-unavailable`: Client tokens cannot be checked now; `file-unwritable`: A file cannot be written; `vault-unreadable`: The vault cannot be decrypted; `browser-unavailable`: No browser to sign in with; `cloud-unreachable`: The cloud cannot be reached */
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
            query?: {
                /** @description the leaseId */
                id?: string;
                kind?: "exec" | "endpoint" | "credential-process" | "static" | "console";
                process?: string;
                /** @description the id of the run */
                run?: string;
                /** @example true */
                open?: "true" | "false";
                /** @description why it was closed */
                reason?: string;
                /** @description then or later */
                openedFrom?: string;
                /** @description then or earlier */
                openedTo?: string;
                /** @description then or later */
                usedFrom?: string;
                /** @description then or earlier */
                usedTo?: string;
                /** @description then or later */
                closedFrom?: string;
                /** @description then or earlier */
                closedTo?: string;
            };
            header?: never;
            path: {
                /**
                 * @description the sessionId
                 * @example 0c8f7a52-92f1-4b1c-9d5e-8d6f6c1f2a11
                 */
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
            /** @description `access-unavailable`: Client tokens cannot be checked now */
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
    openLease: {
        parameters: {
            query?: never;
            header?: {
                /** @description a text in double quotes, such as a new UUID for each thing to create: the same request again creates nothing and gets the same answer, for a day and as long as this owner runs */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description the sessionId
                 * @example 0c8f7a52-92f1-4b1c-9d5e-8d6f6c1f2a11
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "kind": "endpoint"
                 *     }
                 */
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
            /** @description `prompt-expired`: Nobody answered in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency-key-in-use`: A request with this Idempotency-Key is under way; `session-not-active`: The session is not active; `leases-used-up`: The run has no leases left; `person-needed`: Somebody has to answer a question; `file-unreadable`: A file cannot be read; `secret-missing`: A secret is missing; `secret-unreadable`: A secret in the vault cannot be used; `dependency-missing`: Something the session depends on was removed */
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
            /** @description `invalid-request`: The request is not valid; `idempotency-key-reused`: The Idempotency-Key belongs to another request */
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
            /** @description `access-unavailable`: Client tokens cannot be checked now; `file-unwritable`: A file cannot be written; `vault-unreadable`: The vault cannot be decrypted; `browser-unavailable`: No browser to sign in with; `cloud-unreachable`: The cloud cannot be reached */
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
    getOwnLease: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The lease, which may be closed, and its session */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HeldLease"];
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
    getLease: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description the leaseId
                 * @example 6d1b0b7e-4a55-4c1f-8f0e-2b9f3c7d1e02
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The lease, which may be closed, and its session */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HeldLease"];
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
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access-unavailable`: Client tokens cannot be checked now */
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
                /**
                 * @description the leaseId
                 * @example 6d1b0b7e-4a55-4c1f-8f0e-2b9f3c7d1e02
                 */
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
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access-unavailable`: Client tokens cannot be checked now */
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
    getContainerCredentials: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description the sessionId
                 * @example 0c8f7a52-92f1-4b1c-9d5e-8d6f6c1f2a11
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The credentials, from memory: the request never waits for a person. Those of a narrowed lease may have to be obtained */
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
            /** @description `session-not-active`: The session is not active; `person-needed`: Somebody has to answer a question; `file-unreadable`: A file cannot be read; `file-unwritable`: A file cannot be written; `vault-unreadable`: The vault cannot be decrypted; `browser-unavailable`: No browser to sign in with; `secret-missing`: A secret is missing; `secret-unreadable`: A secret in the vault cannot be used; `dependency-missing`: Something the session depends on was removed; `prompt-expired`: Nobody answered in time; `cloud-refused`: The cloud refused the request */
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
    getIdentityToken: {
        parameters: {
            query: {
                /**
                 * @description such as https://vault.azure.net
                 * @example https://vault.azure.net
                 */
                resource: string;
                /** @example 2019-08-01 */
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
                /**
                 * @description the sessionId
                 * @example 9b2f64c1-0d3e-4f7a-8a52-c41d7be05f13
                 */
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
    getIdentityTokenAsVirtualMachine: {
        parameters: {
            query: {
                /**
                 * @description such as https://vault.azure.net
                 * @example https://vault.azure.net
                 */
                resource: string;
                /** @example 2018-02-01 */
                "api-version": "2018-02-01";
                client_id?: string;
                clientid?: string;
                object_id?: string;
                principal_id?: string;
                mi_res_id?: string;
                msi_res_id?: string;
            };
            header: {
                /**
                 * @description true
                 * @example true
                 */
                metadata: "true";
            };
            path: {
                /**
                 * @description the sessionId
                 * @example 9b2f64c1-0d3e-4f7a-8a52-c41d7be05f13
                 */
                id: string;
                /**
                 * @description the token of the lease
                 * @example the token of the lease
                 */
                leaseToken: string;
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
            query?: {
                /** @description the integrationId */
                id?: string;
                /** @example awsSso */
                kind?: "awsSso" | "azure";
                name?: string;
                status?: "logged-out" | "logging-in" | "logged-in";
                region?: string;
                startUrl?: string;
                tenant?: string;
                /** @description then or later */
                syncedFrom?: string;
                /** @description then or earlier */
                syncedTo?: string;
                /** @description then or later */
                loggedInUntilFrom?: string;
                /** @description then or earlier */
                loggedInUntilTo?: string;
            };
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
            /** @description `access-unavailable`: Client tokens cannot be checked now */
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
    createIntegration: {
        parameters: {
            query?: never;
            header?: {
                /** @description a text in double quotes, such as a new UUID for each thing to create: the same request again creates nothing and gets the same answer, for a day and as long as this owner runs */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "kind": "awsSso",
                 *       "name": "acme",
                 *       "region": "eu-west-1",
                 *       "startUrl": "https://acme.awsapps.com/start"
                 *     }
                 */
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
            /** @description `idempotency-key-in-use`: A request with this Idempotency-Key is under way; `file-unreadable`: A file cannot be read */
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
            /** @description `invalid-request`: The request is not valid; `idempotency-key-reused`: The Idempotency-Key belongs to another request */
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
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access-unavailable`: Client tokens cannot be checked now; `file-unwritable`: A file cannot be written; `vault-unreadable`: The vault cannot be decrypted */
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
                /**
                 * @description the integrationId
                 * @example e3a1c5d7-2b4f-4f60-9c8e-71d2a0b9f424
                 */
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
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access-unavailable`: Client tokens cannot be checked now */
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
    deleteIntegration: {
        parameters: {
            query?: {
                /**
                 * @description whether its sessions stay in the workspace
                 * @example remove
                 */
                sessions?: "keep" | "remove";
            };
            header?: never;
            path: {
                /**
                 * @description the integrationId
                 * @example e3a1c5d7-2b4f-4f60-9c8e-71d2a0b9f424
                 */
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
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access-unavailable`: Client tokens cannot be checked now; `file-unwritable`: A file cannot be written; `vault-unreadable`: The vault cannot be decrypted */
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
                /**
                 * @description the integrationId
                 * @example e3a1c5d7-2b4f-4f60-9c8e-71d2a0b9f424
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "acme-main"
                 *     }
                 */
                "application/merge-patch+json": components["schemas"]["IntegrationPatch"];
                /**
                 * @example {
                 *       "name": "acme-main"
                 *     }
                 */
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
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access-unavailable`: Client tokens cannot be checked now; `file-unwritable`: A file cannot be written; `vault-unreadable`: The vault cannot be decrypted */
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
                /**
                 * @description the integrationId
                 * @example e3a1c5d7-2b4f-4f60-9c8e-71d2a0b9f424
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "method": "device-code"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description in a browser on this machine, or with a code in a browser anywhere
                     * @enum {string}
                     */
                    method?: "browser" | "device-code";
                    /** @description what Azure asks for beyond the sign-in, as JSON or in base64 */
                    claimsChallenge?: string;
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
            /** @description `access-unavailable`: Client tokens cannot be checked now; `file-unwritable`: A file cannot be written; `vault-unreadable`: The vault cannot be decrypted; `cloud-unreachable`: The cloud cannot be reached */
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
                /**
                 * @description the integrationId
                 * @example e3a1c5d7-2b4f-4f60-9c8e-71d2a0b9f424
                 */
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
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access-unavailable`: Client tokens cannot be checked now; `file-unwritable`: A file cannot be written; `vault-unreadable`: The vault cannot be decrypted */
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
                /**
                 * @description the integrationId
                 * @example e3a1c5d7-2b4f-4f60-9c8e-71d2a0b9f424
                 */
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
            /** @description `access-unavailable`: Client tokens cannot be checked now; `file-unwritable`: A file cannot be written; `vault-unreadable`: The vault cannot be decrypted; `cloud-unreachable`: The cloud cannot be reached */
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
            query?: {
                /** @description the idpId */
                id?: string;
                name?: string;
                url?: string;
            };
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
            /** @description `access-unavailable`: Client tokens cannot be checked now */
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
    createIdentityProvider: {
        parameters: {
            query?: never;
            header?: {
                /** @description a text in double quotes, such as a new UUID for each thing to create: the same request again creates nothing and gets the same answer, for a day and as long as this owner runs */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Okta",
                 *       "url": "https://acme.okta.com/app/aws/sso/saml"
                 *     }
                 */
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
            /** @description `idempotency-key-in-use`: A request with this Idempotency-Key is under way; `file-unreadable`: A file cannot be read */
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
            /** @description `invalid-request`: The request is not valid; `idempotency-key-reused`: The Idempotency-Key belongs to another request */
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
            /** @description `access-unavailable`: Client tokens cannot be checked now; `file-unwritable`: A file cannot be written */
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
                /**
                 * @description the idpId
                 * @example 48c0e2b6-7f19-4a3d-b5e8-0d9c6a1f2735
                 */
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
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access-unavailable`: Client tokens cannot be checked now */
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
    deleteIdentityProvider: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description the idpId
                 * @example 48c0e2b6-7f19-4a3d-b5e8-0d9c6a1f2735
                 */
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
            /** @description `vault-locked`: The vault is locked */
            423: {
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
            /** @description `access-unavailable`: Client tokens cannot be checked now; `file-unwritable`: A file cannot be written; `vault-unreadable`: The vault cannot be decrypted */
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
                /**
                 * @description the idpId
                 * @example 48c0e2b6-7f19-4a3d-b5e8-0d9c6a1f2735
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Okta Europe"
                 *     }
                 */
                "application/merge-patch+json": components["schemas"]["IdentityProviderPatch"];
                /**
                 * @example {
                 *       "name": "Okta Europe"
                 *     }
                 */
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
            /** @description `vault-locked`: The vault is locked */
            423: {
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
            /** @description `access-unavailable`: Client tokens cannot be checked now; `file-unwritable`: A file cannot be written; `vault-unreadable`: The vault cannot be decrypted */
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
    listProfiles: {
        parameters: {
            query?: {
                profile?: string;
                /** @description sessionId or name of a session that uses it */
                session?: string;
                region?: string;
                delivery?: string;
                status?: "inactive" | "pending" | "active";
                /** @example false */
                published?: "true" | "false";
            };
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
                    "application/json": components["schemas"]["ProfileList"];
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
            /** @description `access-unavailable`: Client tokens cannot be checked now */
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
    renameProfile: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "from": "payments",
                 *       "to": "payments-prod"
                 *     }
                 */
                "application/json": components["schemas"]["ProfileRename"];
            };
        };
        responses: {
            /** @description The sessions that use the new name */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RenamedProfile"];
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
            /** @description `already-exists`: Already exists; `section-occupied`: Your own profile section or account is in the way; `file-unreadable`: A file cannot be read */
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
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access-unavailable`: Client tokens cannot be checked now; `file-unwritable`: A file cannot be written; `vault-unreadable`: The vault cannot be decrypted */
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
    publishProfiles: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "profileNames": [
                 *         "payments"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["ProfilePublication"];
            };
        };
        responses: {
            /** @description What changed in the AWS config file, or would change */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublicationResult"];
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
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access-unavailable`: Client tokens cannot be checked now; `file-unwritable`: A file cannot be written */
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
    unpublishProfiles: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "all": true
                 *     }
                 */
                "application/json": components["schemas"]["ProfileUnpublication"];
            };
        };
        responses: {
            /** @description What changed in the AWS config file, or would change */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublicationResult"];
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
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access-unavailable`: Client tokens cannot be checked now; `file-unwritable`: A file cannot be written */
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
    exportSetUp: {
        parameters: {
            query?: {
                /** @description only sessions with this label, and what they need */
                label?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file, and what it does not have */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Export"];
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
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access-unavailable`: Client tokens cannot be checked now */
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
    import: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "from": "aws-config",
                 *       "apply": true
                 *     }
                 */
                "application/json": components["schemas"]["ImportRequest"];
            };
        };
        responses: {
            /** @description What the files name, and what becomes of it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
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
            /** @description `scope-missing`: The client token does not allow this; `owner-only`: Only the owner can decide this; `request-untrusted`: The request comes from an untrusted page or program */
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
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access-unavailable`: Client tokens cannot be checked now; `file-unwritable`: A file cannot be written; `vault-unreadable`: The vault cannot be decrypted */
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
    undoImport: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "apply": true
                 *     }
                 */
                "application/json": components["schemas"]["ImportUndoRequest"];
            };
        };
        responses: {
            /** @description What the import made, and what becomes of it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportUndo"];
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
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access-unavailable`: Client tokens cannot be checked now; `file-unwritable`: A file cannot be written; `vault-unreadable`: The vault cannot be decrypted */
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
                /** @description the promptId */
                id?: string;
                /** @example mfa */
                kind?: "mfa" | "confirm" | "unlock" | "login" | "device-code" | "saml" | "sign-in-window" | "choice";
                /** @description the integrationId */
                integration?: string;
                account?: string;
                role?: string;
                /** @description then or later */
                expiresFrom?: string;
                /** @description then or earlier */
                expiresTo?: string;
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
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access-unavailable`: Client tokens cannot be checked now */
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
    answerPrompt: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description the promptId
                 * @example b7d93f10-5c2a-4e86-a1f4-92e0c8d5b346
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "answer": "492039"
                 *     }
                 */
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
            /** @description `scope-missing`: The client token does not allow this; `owner-only`: Only the owner can decide this; `request-untrusted`: The request comes from an untrusted page or program */
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
            /** @description `too-many-attempts`: Too many wrong passphrases */
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
            /** @description `access-unavailable`: Client tokens cannot be checked now; `file-unwritable`: A file cannot be written; `vault-unreadable`: The vault cannot be decrypted; `keychain-unavailable`: The keychain cannot be reached */
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
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access-unavailable`: Client tokens cannot be checked now */
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
    verifyHistory: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was found */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HistoryVerification"];
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
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access-unavailable`: Client tokens cannot be checked now */
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
    listHistory: {
        parameters: {
            query?: {
                /**
                 * @description a sessionId, also of a removed session
                 * @example 0c8f7a52-92f1-4b1c-9d5e-8d6f6c1f2a11
                 */
                session?: string;
                kind?: "session-created" | "session-updated" | "session-removed" | "session-started" | "session-rotated" | "session-stopped" | "rotation-failed" | "credentials-expired" | "session-ending" | "session-extended" | "section-restored" | "lease-opened" | "lease-closed" | "prompt-raised" | "prompt-closed" | "login" | "logout" | "integration-created" | "integration-updated" | "integration-removed" | "integration-synced" | "identity-provider-created" | "identity-provider-updated" | "identity-provider-removed" | "settings-updated" | "credentials-read" | "import-applied" | "import-undone" | "token-issued" | "token-revoked" | "keys-reset" | "vault-locked" | "vault-unlocked" | "vault-rewrapped" | "key-created" | "key-deactivated" | "key-deleted" | "key-rotation-failed";
                /** @description who asked: `owner`, `window`, `stint`, or the name or id of a client token */
                actor?: string;
                /** @description why a run or lease ended, or a part of the message */
                detail?: string;
                /** @description a kind to leave out; repeat it for several */
                except?: ("session-created" | "session-updated" | "session-removed" | "session-started" | "session-rotated" | "session-stopped" | "rotation-failed" | "credentials-expired" | "session-ending" | "session-extended" | "section-restored" | "lease-opened" | "lease-closed" | "prompt-raised" | "prompt-closed" | "login" | "logout" | "integration-created" | "integration-updated" | "integration-removed" | "integration-synced" | "identity-provider-created" | "identity-provider-updated" | "identity-provider-removed" | "settings-updated" | "credentials-read" | "import-applied" | "import-undone" | "token-issued" | "token-revoked" | "keys-reset" | "vault-locked" | "vault-unlocked" | "vault-rewrapped" | "key-created" | "key-deactivated" | "key-deleted" | "key-rotation-failed") | ("session-created" | "session-updated" | "session-removed" | "session-started" | "session-rotated" | "session-stopped" | "rotation-failed" | "credentials-expired" | "session-ending" | "session-extended" | "section-restored" | "lease-opened" | "lease-closed" | "prompt-raised" | "prompt-closed" | "login" | "logout" | "integration-created" | "integration-updated" | "integration-removed" | "integration-synced" | "identity-provider-created" | "identity-provider-updated" | "identity-provider-removed" | "settings-updated" | "credentials-read" | "import-applied" | "import-undone" | "token-issued" | "token-revoked" | "keys-reset" | "vault-locked" | "vault-unlocked" | "vault-rewrapped" | "key-created" | "key-deactivated" | "key-deleted" | "key-rotation-failed")[];
                from?: string;
                to?: string;
                /** @example 20 */
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
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access-unavailable`: Client tokens cannot be checked now */
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
    exportHistory: {
        parameters: {
            query?: {
                /** @description a sessionId, also of a removed session */
                session?: string;
                kind?: "session-created" | "session-updated" | "session-removed" | "session-started" | "session-rotated" | "session-stopped" | "rotation-failed" | "credentials-expired" | "session-ending" | "session-extended" | "section-restored" | "lease-opened" | "lease-closed" | "prompt-raised" | "prompt-closed" | "login" | "logout" | "integration-created" | "integration-updated" | "integration-removed" | "integration-synced" | "identity-provider-created" | "identity-provider-updated" | "identity-provider-removed" | "settings-updated" | "credentials-read" | "import-applied" | "import-undone" | "token-issued" | "token-revoked" | "keys-reset" | "vault-locked" | "vault-unlocked" | "vault-rewrapped" | "key-created" | "key-deactivated" | "key-deleted" | "key-rotation-failed";
                /** @description who asked: `owner`, `window`, `stint`, or the name or id of a client token */
                actor?: string;
                /** @description why a run or lease ended, or a part of the message */
                detail?: string;
                /** @description a kind to leave out; repeat it for several */
                except?: ("session-created" | "session-updated" | "session-removed" | "session-started" | "session-rotated" | "session-stopped" | "rotation-failed" | "credentials-expired" | "session-ending" | "session-extended" | "section-restored" | "lease-opened" | "lease-closed" | "prompt-raised" | "prompt-closed" | "login" | "logout" | "integration-created" | "integration-updated" | "integration-removed" | "integration-synced" | "identity-provider-created" | "identity-provider-updated" | "identity-provider-removed" | "settings-updated" | "credentials-read" | "import-applied" | "import-undone" | "token-issued" | "token-revoked" | "keys-reset" | "vault-locked" | "vault-unlocked" | "vault-rewrapped" | "key-created" | "key-deactivated" | "key-deleted" | "key-rotation-failed") | ("session-created" | "session-updated" | "session-removed" | "session-started" | "session-rotated" | "session-stopped" | "rotation-failed" | "credentials-expired" | "session-ending" | "session-extended" | "section-restored" | "lease-opened" | "lease-closed" | "prompt-raised" | "prompt-closed" | "login" | "logout" | "integration-created" | "integration-updated" | "integration-removed" | "integration-synced" | "identity-provider-created" | "identity-provider-updated" | "identity-provider-removed" | "settings-updated" | "credentials-read" | "import-applied" | "import-undone" | "token-issued" | "token-revoked" | "keys-reset" | "vault-locked" | "vault-unlocked" | "vault-rewrapped" | "key-created" | "key-deactivated" | "key-deleted" | "key-rotation-failed")[];
                /** @example 2026-01-01T00:00:00Z */
                from?: string;
                to?: string;
                /** @example csv */
                format?: "json" | "csv";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The entries */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HistoryEntry"][];
                    "text/csv": string;
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
            /** @description `access-unavailable`: Client tokens cannot be checked now */
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
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access-unavailable`: Client tokens cannot be checked now */
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
    updateSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "defaultRegion": "eu-central-1",
                 *       "onQuit": "keep-sessions"
                 *     }
                 */
                "application/merge-patch+json": components["schemas"]["SettingsPatch"];
                /**
                 * @example {
                 *       "defaultRegion": "eu-central-1",
                 *       "onQuit": "keep-sessions"
                 *     }
                 */
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
            /** @description `scope-missing`: The client token does not allow this; `owner-only`: Only the owner can decide this; `request-untrusted`: The request comes from an untrusted page or program */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `section-occupied`: Your own profile section or account is in the way; `file-unreadable`: A file cannot be read */
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
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access-unavailable`: Client tokens cannot be checked now; `file-unwritable`: A file cannot be written; `vault-unreadable`: The vault cannot be decrypted */
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
            query?: {
                /** @description the tokenId */
                id?: string;
                name?: string;
                role?: "owner" | "operator" | "viewer" | "window" | "credentials";
                scope?: "sessions:create" | "sessions:read" | "sessions:update" | "sessions:delete" | "sessions:start" | "sessions:stop" | "sessions:rotate" | "credentials:read" | "integrations:read" | "integrations:manage" | "settings:read" | "settings:update" | "prompts:answer" | "history:read" | "tokens:manage" | "metrics:read" | "owner:manage";
                /** @description the sessionId */
                session?: string;
                /** @example valid */
                state?: "valid" | "expired" | "revoked";
                /** @description then or later */
                issuedFrom?: string;
                /** @description then or earlier */
                issuedTo?: string;
                /** @description then or later */
                expiresFrom?: string;
                /** @description then or earlier */
                expiresTo?: string;
            };
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
            /** @description `access-unavailable`: Client tokens cannot be checked now */
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
    createToken: {
        parameters: {
            query?: never;
            header?: {
                /** @description a text in double quotes, such as a new UUID for each thing to create: the same request again creates nothing and gets the same answer, for a day and as long as this owner runs */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "ci",
                 *       "role": "operator",
                 *       "expires_in": 3600
                 *     }
                 */
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
            /** @description `not-found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency-key-in-use`: A request with this Idempotency-Key is under way */
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
            /** @description `invalid-request`: The request is not valid; `idempotency-key-reused`: The Idempotency-Key belongs to another request */
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
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access-unavailable`: Client tokens cannot be checked now; `file-unwritable`: A file cannot be written; `vault-unreadable`: The vault cannot be decrypted */
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
                /**
                 * @description the tokenId
                 * @example 1f6ad8c3-e027-4b95-8d31-5a7e9c0b2457
                 */
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
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access-unavailable`: Client tokens cannot be checked now; `file-unwritable`: A file cannot be written */
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
                /**
                 * @example {
                 *       "token": "the token to look at"
                 *     }
                 */
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
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access-unavailable`: Client tokens cannot be checked now; `vault-unreadable`: The vault cannot be decrypted */
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
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": {
                    /** @description also clear the list of client tokens */
                    forget?: boolean;
                };
            };
        };
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
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access-unavailable`: Client tokens cannot be checked now; `file-unwritable`: A file cannot be written; `vault-unreadable`: The vault cannot be decrypted */
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
    listChanges: {
        parameters: {
            query?: {
                id?: string;
                kind?: "section" | "subscription" | "account" | "tokens" | "stash" | "published-profile" | "file" | "journal" | "lease-folder" | "azure-folder" | "home" | "agent" | "browser" | "service" | "keychain";
                file?: string;
                /**
                 * @description sessionId or name of its session
                 * @example 0c8f7a52-92f1-4b1c-9d5e-8d6f6c1f2a11
                 */
                session?: string;
                restorable?: "true" | "false";
                /** @description then or later */
                sinceFrom?: string;
                /** @description then or earlier */
                sinceTo?: string;
            };
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
                    "application/json": components["schemas"]["ChangeList"];
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
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access-unavailable`: Client tokens cannot be checked now */
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
    restoreChange: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description the id of the change
                 * @example section-5d1c09ab
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What happened. Again for the same id: the same, without a stopped session */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RestoreResult"];
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
            /** @description `access-unavailable`: Client tokens cannot be checked now; `file-unwritable`: A file cannot be written */
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
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access-unavailable`: Client tokens cannot be checked now */
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
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access-unavailable`: Client tokens cannot be checked now */
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
    restoreVault: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "from": "previous"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description the version before, or a new and empty vault
                     * @enum {string}
                     */
                    from: "previous" | "nothing";
                };
            };
        };
        responses: {
            /** @description The vault that counts now; it may still need its passphrase */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RestoredVault"];
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
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access-unavailable`: Client tokens cannot be checked now; `file-unwritable`: A file cannot be written */
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
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access-unavailable`: Client tokens cannot be checked now */
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
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access-unavailable`: Client tokens cannot be checked now */
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
    lockVault: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The vault is locked. Again: the same, with no session stopped */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LockResult"];
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
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access-unavailable`: Client tokens cannot be checked now */
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
    unlockVault: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "passphrase": "the passphrase of the vault"
                 *     }
                 */
                "application/json": components["schemas"]["Unlock"];
            };
        };
        responses: {
            /** @description The vault is unlocked */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VaultState"];
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
            /** @description `too-many-attempts`: Too many wrong passphrases */
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
            /** @description `access-unavailable`: Client tokens cannot be checked now; `file-unwritable`: A file cannot be written; `vault-unreadable`: The vault cannot be decrypted; `keychain-unavailable`: The keychain cannot be reached */
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
    changePassphrase: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "method": "passphrase",
                 *       "current": "the passphrase of the vault",
                 *       "passphrase": "the next passphrase of the vault"
                 *     }
                 */
                "application/json": components["schemas"]["PassphraseChange"];
            };
        };
        responses: {
            /** @description The key is there, in the vault and its copies */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VaultState"];
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
            /** @description `too-many-attempts`: Too many wrong passphrases */
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
            /** @description `access-unavailable`: Client tokens cannot be checked now; `file-unwritable`: A file cannot be written; `vault-unreadable`: The vault cannot be decrypted; `keychain-unavailable`: The keychain cannot be reached */
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
    getMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The text format of Prometheus, version 0.0.4 */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
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
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access-unavailable`: Client tokens cannot be checked now */
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
    getRelease: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What is known */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReleaseState"];
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
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access-unavailable`: Client tokens cannot be checked now */
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
    checkRelease: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What is known now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReleaseState"];
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
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `cloud-refused`: The cloud refused the request; `release-untrusted`: What is published about releases cannot be trusted */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access-unavailable`: Client tokens cannot be checked now; `file-unwritable`: A file cannot be written; `cloud-unreachable`: The cloud cannot be reached */
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
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access-unavailable`: Client tokens cannot be checked now */
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
}
