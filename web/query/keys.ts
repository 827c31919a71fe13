/** Names of everything in the query cache. A list's key begins with its parent's, so that one invalidation reaches both. */
export const keys = {
  me: ['me'],
  signInOptions: ['sign-in-options'],
  credits: ['credits'],
  prices: ['prices'],
  /** Unfinished and lately finished generations, written by the event stream. */
  live: ['live'],
  projects: ['projects'],
  /** Without an id: every one. */
  project: (...projectId: [string?]) => ['project', ...projectId],
  avatars: (...projectId: [string?]) => ['avatars', ...projectId],
  avatar: (avatarId: string) => ['avatar', avatarId],
  presets: ['presets'],
} as const;
