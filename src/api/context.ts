import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Principal } from '../models/scope.ts';
import type { LeaseRecord } from '../services/leases/lease-record.ts';
import type { Services } from '../services/services.ts';
import type { RememberedAnswers } from './idempotency/remembered-answers.ts';
import type { WindowFiles } from './window/window-files.ts';

/** How a request arrived. */
export interface Connection {
  readonly kind: 'socket' | 'tcp' | 'in-process';
  /** The loopback port that was connected to; set for `tcp`. */
  readonly port?: number | undefined;
  /** The other user of this machine whose program is connected, named by a lease; for `tcp`. */
  readonly namedUid?: number | undefined;
  /** Who is asking, if the host of the app knows it without a token: the desktop window. */
  readonly principal?: Principal | undefined;
}

export interface ApiEnv {
  readonly Bindings: {
    readonly services: Services;
    readonly connection: Connection;
    /** The name of this owner's event stream: event numbers of another owner are meaningless here. */
    readonly streamId: string;
    /** Of requests with an Idempotency-Key. */
    readonly answers: RememberedAnswers;
    readonly windowFiles: WindowFiles | undefined;
  };
  readonly Variables: {
    readonly principal: Principal;
    /** At the SDK endpoints, the lease of the caller; it may be closed. */
    readonly lease: LeaseRecord;
    /** The route's operation id, for the log. */
    readonly operation: string;
    /** Of the window's page; hono's `secureHeaders` makes it. */
    readonly secureHeadersNonce?: string;
  };
}

export type ApiContext = Context<ApiEnv>;
export type ApiApp = OpenAPIHono<ApiEnv>;
