import * as z from 'zod';
import type { Vault } from '../../services/vault/vault.ts';
import type { ApiApp } from '../context.ts';
import { defineRoute } from '../define-route.ts';
import { leftoverSchema } from '../schemas/leftover.ts';
import { json } from '../schemas/resource.ts';

const tag = 'vault';

const stateFields = {
  locked: z.boolean(),
  method: z.enum(['keychain', 'passphrase']).describe('where its key is'),
  detail: z.string(),
};
const stateSchema = z.object(stateFields).meta({ id: 'VaultState' });
const passphraseSchema = z.string().min(1).max(1024);

const lock = defineRoute({
  operationId: 'lockVault',
  method: 'post',
  path: '/v1/lock',
  tag,
  summary:
    'Lock the vault: Stint forgets its key and all secrets. The setting `onLock` decides about active sessions',
  scope: 'owner:manage',
  responses: {
    200: {
      description: 'The vault is locked. Again: the same, with no session stopped',
      content: json(
        z
          .object({
            ...stateFields,
            stopped: z
              .array(z.object({ sessionId: z.string(), sessionName: z.string() }))
              .describe('the sessions that this has stopped'),
            leftovers: z.array(leftoverSchema),
          })
          .meta({ id: 'LockResult' }),
      ),
    },
  },
});

const unlock = defineRoute({
  operationId: 'unlockVault',
  method: 'post',
  path: '/v1/unlock',
  tag,
  summary: 'Unlock the vault. A key in the keychain needs no passphrase',
  scope: 'prompts:answer',
  request: {
    body: {
      required: true,
      content: json(
        z
          .strictObject({ passphrase: passphraseSchema.optional() })
          .meta({ id: 'Unlock', writeOnly: true }),
      ),
    },
  },
  responses: {
    200: { description: 'The vault is unlocked', content: json(stateSchema) },
  },
  problems: [
    'vault-locked',
    'too-many-attempts',
    'vault-unreadable',
    'keychain-unavailable',
    'file-unwritable',
  ],
});

const rewrap = defineRoute({
  operationId: 'changePassphrase',
  method: 'post',
  path: '/v1/passphrase',
  tag,
  summary: 'Change the passphrase of the vault, or move its key between keychain and passphrase',
  scope: 'owner:manage',
  roles: ['owner'],
  request: {
    body: {
      required: true,
      content: json(
        z
          .strictObject({
            method: z.enum(['keychain', 'passphrase']).describe('where the key is from now on'),
            current: passphraseSchema
              .optional()
              .describe('the passphrase that opens the vault now, if one does'),
            passphrase: passphraseSchema.optional().describe('the new one, for that method'),
          })
          .meta({ id: 'PassphraseChange', writeOnly: true }),
      ),
    },
  },
  responses: {
    200: {
      description: 'The key is there, in the vault and its copies',
      content: json(stateSchema),
    },
  },
  problems: [
    'vault-locked',
    'too-many-attempts',
    'vault-unreadable',
    'keychain-unavailable',
    'file-unwritable',
  ],
});

export function addVaultRoutes(app: ApiApp): void {
  app.openapi(lock, async (c) => {
    const { vault, vaultLock } = c.env.services;
    const { stopped, leftovers } = await vaultLock.lock({ by: c.get('principal').subject });
    return c.json({ ...stateOf(vault), stopped: [...stopped], leftovers: [...leftovers] }, 200);
  });

  app.openapi(unlock, async (c) => {
    const { vault, vaultLock } = c.env.services;
    const { passphrase } = c.req.valid('json');
    await vaultLock.unlock({ passphrase, by: c.get('principal').subject });
    return c.json(stateOf(vault), 200);
  });

  app.openapi(rewrap, async (c) => {
    const { vault, history } = c.env.services;
    const { method, current, passphrase } = c.req.valid('json');
    await vault.rewrap(method, { current, passphrase });
    const { subject: by } = c.get('principal');
    history.append({ kind: 'vault-rewrapped', message: vault.status().detail, by });
    return c.json(stateOf(vault), 200);
  });
}

function stateOf(vault: Vault): z.infer<typeof stateSchema> {
  const { locked, method, detail } = vault.status();
  return { locked, method, detail };
}
