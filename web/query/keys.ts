/** Names of everything in the query cache. A list's key begins with its parent's, so that one invalidation reaches both. */
export const keys = {
  profile: ['me'],
  signInOptions: ['sign-in-options'],
  /** These begin as the options do, which outlive whoever is signed in. */
  oidc: ['sign-in-options', 'oidc'],
  silentSignIn: ['sign-in-options', 'silently'],
  signInAnswer: (search: string) => ['sign-in-options', 'answer', search],
  credits: ['credits'],
  prices: ['prices'],
  /** Unfinished and lately finished generations, written by the event stream. */
  live: ['live'],
  projects: ['projects'],
  /** Without an id: every one. */
  project: (...projectId: [string?]) => ['project', ...projectId],
  avatars: (...projectId: [string?]) => ['avatars', ...projectId],
  /** Begins as the project's whole gallery does. */
  filteredAvatars: (projectId: string, query: string) => ['avatars', projectId, query],
  trash: ['avatars', 'trash'],
  avatar: (avatarId: string) => ['avatar', avatarId],
  similar: (avatarId: string) => ['avatar', avatarId, 'similar'],
  uses: (avatarId: string) => ['avatar', avatarId, 'uses'],
  promptPreview: (request: string) => ['prompt-preview', request],
  promptSuggestions: (request: string) => ['prompt-suggestions', request],
  /** What Temporal says of a generation. */
  workflow: (generationId: string) => ['workflow', generationId],
  /** The generation of an avatar, which is finished. */
  generation: (generationId: string) => ['making', generationId],
  /** Everything about presets; alone it is the first hundred of them. */
  presets: ['presets'],
  presetGallery: (q: string, category: string) => ['presets', 'gallery', q, category],
  preset: (presetId: string) => ['presets', 'one', presetId],
  transfers: ['transfers'],
  /** What generations of the statement are called. */
  generationNames: ['generation-names'],
  usage: (...parts: string[]) => ['usage', ...parts],
  /** The list, and how many of it are unread. */
  notifications: ['notifications'],
  notificationList: (unread: boolean) => ['notifications', 'list', unread ? 'unread' : 'all'],
  unreadNotifications: ['notifications', 'unread'],
  webhook: ['webhook'],
  /** What only admins see. */
  admin: (...parts: string[]) => ['admin', ...parts],
  /** How busy the studio is. */
  queue: ['queue'],
  batch: (batchId: string) => ['batch', batchId],
} as const;
