/** Keys of the query cache. A list's key begins with its parent's, so that one invalidation covers both. */
export const keys = {
  profile: ['me'],
  signInOptions: ['sign-in-options'],
  startup: ['startup'],
  /** Begin with the key of the options, which are kept when another user signs in. */
  oidc: ['sign-in-options', 'oidc'],
  silentSignIn: ['sign-in-options', 'silently'],
  signInAnswer: (search: string) => ['sign-in-options', 'answer', search],
  credits: ['credits'],
  prices: ['prices'],
  /** Unfinished and recently finished generations, written by the event stream. */
  live: ['live'],
  projects: ['projects'],
  /** Without an id: all projects. */
  project: (...projectId: [string?]) => ['project', ...projectId],
  avatars: (...projectId: [string?]) => ['avatars', ...projectId],
  /** Begins with the key of the project's unfiltered gallery. */
  filteredAvatars: (projectId: string, query: string) => ['avatars', projectId, query],
  trash: ['avatars', 'trash'],
  /** Without an id: all that were read one by one. */
  avatar: (...avatarId: [string?]) => ['avatar', ...avatarId],
  similar: (avatarId: string) => ['avatar', avatarId, 'similar'],
  shares: (avatarId: string) => ['avatar', avatarId, 'shares'],
  uses: (avatarId: string) => ['avatar', avatarId, 'uses'],
  /** What a link shows to a visitor. */
  shared: (token: string) => ['shared', token],
  promptPreview: (request: string) => ['prompt-preview', request],
  promptSuggestions: (request: string) => ['prompt-suggestions', request],
  recentPrompts: ['recent-prompts'],
  /** The workflow of a generation. */
  workflow: (generationId: string) => ['workflow', generationId],
  /** The finished generation of an avatar. */
  generation: (generationId: string) => ['generation', generationId],
  /** All preset queries; by itself, the first hundred presets. */
  presets: ['presets'],
  presetGallery: (q: string, category: string) => ['presets', 'gallery', q, category],
  preset: (presetId: string) => ['presets', 'one', presetId],
  transfers: ['transfers'],
  /** Names of the generations in the statement. */
  generationNames: ['generation-names'],
  usage: (...parts: string[]) => ['usage', ...parts],
  /** The notification lists and the unread count. */
  notifications: ['notifications'],
  notificationList: (unread: boolean) => ['notifications', 'list', unread ? 'unread' : 'all'],
  unreadNotifications: ['notifications', 'unread'],
  webhook: ['webhook'],
  apiKeys: ['api-keys'],
  /** Data for admins only. */
  admin: (...parts: string[]) => ['admin', ...parts],
  /** The studio's queue. */
  queue: ['queue'],
  batch: (batchId: string) => ['batch', batchId],
} as const;
