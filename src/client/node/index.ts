/* What the npm package exports as `stint/client`; docs/client.md describes it. */

export { Problem, type ProblemCode, type ProblemDocument } from '../../models/problem.ts';
export { allSessions, type AllSessions } from '../all-sessions.ts';
export { createClient, type Client, type Schemas } from '../client.ts';
export type { ReceivedEvent } from '../event-stream.ts';
export type { AnswerOf, CallOptions, Method, PathFor, QueryOf, SentBody } from '../routes.ts';
export {
  fetchTransport,
  type ClientRequest,
  type ClientResponse,
  type Transport,
} from '../transport.ts';
export { connect } from './connect.ts';
export { OwnerFailure } from './owner-failure.ts';
