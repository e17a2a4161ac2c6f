import { text } from 'node:stream/consumers';

/*
 * The child process behind keychain.ts: one request on standard input, one reply on standard
 * output. It may hang in the native call; its parent kills it then.
 */

type Request = { readonly service: string } & (
  | { readonly operation: 'read' | 'remove'; readonly account: string }
  | { readonly operation: 'write'; readonly account: string; readonly value: string }
);

async function answer(): Promise<{ value: string | null } | { error: string }> {
  try {
    const request = JSON.parse(await text(process.stdin)) as Request;
    const { service } = request;
    const { default: keytar } = await import('keytar');
    switch (request.operation) {
      case 'read':
        return { value: await keytar.getPassword(service, request.account) };
      case 'write':
        await keytar.setPassword(service, request.account, request.value);
        return { value: null };
      case 'remove':
        await keytar.deletePassword(service, request.account);
        return { value: null };
    }
  } catch (error) {
    return { error: (error as Error).message };
  }
}

void answer().then((reply) => {
  process.stdout.write(JSON.stringify(reply));
});
