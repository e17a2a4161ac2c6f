import { agentSubject } from './agent.ts';
import { commandSubject } from './command.ts';
import { deliverySubject } from './delivery.ts';
import { dueSubject } from './due.ts';
import { endpointSubject } from './endpoint.ts';
import { growthSubject } from './growth.ts';
import type { Subject } from './row.ts';
import { startSubject } from './start.ts';
import { syncSubject } from './sync.ts';
import { windowSubject } from './window.ts';
import { workspaceSubject } from './workspace.ts';

/** Everything that the bench measures, in the order of its table. */
export const subjects: readonly Subject[] = [
  commandSubject,
  endpointSubject,
  startSubject,
  deliverySubject,
  dueSubject,
  workspaceSubject,
  syncSubject,
  agentSubject,
  windowSubject,
  growthSubject,
];
