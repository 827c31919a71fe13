/** Public exports of the package. */
export { AvatarStudio } from './avatar-studio.ts';
export { InternalAvatarClient, type OnBehalfOfUser } from './internal-avatar-client.ts';
export {
  ConflictError,
  ConnectionError,
  ForbiddenError,
  GenerationFailedError,
  InsufficientCreditsError,
  InvalidRequestError,
  LimitError,
  NotFoundError,
  RefusedError,
  RejectedContentError,
  StudioError,
  UnauthorizedError,
  UnavailableError,
  type ProblemCode,
} from './errors.ts';
export type { AvatarBatch, Avatars } from './avatars.ts';
export type { StudioEvent } from './event-stream.ts';
export type { CompletedGeneration, Generations, Priority, WaitOptions } from './generations.ts';
export type { CallOptions, ClientOptions, CreateOptions, Token } from './options.ts';
export type { List, ListOptions, Page } from './pages.ts';
export type { CreditReads, Presets, Projects } from './reads.ts';
export type * from './contract-types.ts';
