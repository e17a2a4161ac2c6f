import type { Command } from 'commander';
import { addExamples } from '../arguments/help.ts';
import type { Context } from '../context.ts';
import { addSessionAdd } from './session/add.ts';
import { addSessionEdit } from './session/edit.ts';
import { addSessionHide } from './session/hide.ts';
import { addSessionList } from './session/list.ts';
import { addSessionForget, addSessionRemove } from './session/remove.ts';
import { addSessionRestore } from './session/restore.ts';
import { addSessionRotateKeys } from './session/rotate-keys.ts';
import { addSessionShow } from './session/show.ts';

export function addSessionCommand(program: Command, context: Context): void {
  const session = program.command('session').description('list, add, change and remove sessions');
  addSessionList(session, context);
  addSessionShow(session, context);
  addSessionAdd(session, context);
  addSessionEdit(session, context);
  addSessionHide(session, context);
  addSessionRestore(session, context);
  addSessionRemove(session, context);
  addSessionForget(session, context);
  addSessionRotateKeys(session, context);
  addExamples(
    session,
    'stint session list',
    'stint session add awsIamUser --name payments --region eu-west-1',
    'stint session edit payments --label web',
  );
}
