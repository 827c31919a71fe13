import type { StreamedChange } from './change-listener.ts';

/** What changed of one account, to be read together. */
export interface AccountChanges {
  readonly credits: boolean;
  readonly generationIds: readonly string[];
  readonly notificationIds: readonly string[];
  /** Avatars whose favorite or rating changed. */
  readonly avatarIds: readonly string[];
}

/** Bounds one read; the rest is read next. */
const IDS_MAX = 200;

interface Gathered {
  credits: boolean;
  readonly generation: Set<string>;
  readonly notification: Set<string>;
  readonly marks: Set<string>;
}

/** Changes by account, each at most once, until they are read. */
export interface ChangesByAccount {
  add(change: StreamedChange): void;
  /** Those of which something is left. */
  accounts(): string[];
  /** Removes and returns what one read should cover; undefined when nothing is left. */
  drain(accountId: string): AccountChanges | undefined;
}

export function createChangesByAccount(): ChangesByAccount {
  const accounts = new Map<string, Gathered>();

  function gatheredOf(accountId: string): Gathered {
    const known = accounts.get(accountId);
    if (known) return known;
    const gathered = {
      credits: false,
      generation: new Set<string>(),
      notification: new Set<string>(),
      marks: new Set<string>(),
    };
    accounts.set(accountId, gathered);
    return gathered;
  }

  return {
    add(change) {
      const gathered = gatheredOf(change.accountId);
      if (change.channel === 'credits') gathered.credits = true;
      else if (change.channel === 'marks') for (const id of change.ids) gathered.marks.add(id);
      else gathered[change.channel].add(change.id);
    },
    accounts: () => [...accounts.keys()],
    drain(accountId) {
      const gathered = accounts.get(accountId);
      if (!gathered) return undefined;
      const { credits, generation, notification, marks } = gathered;
      gathered.credits = false;
      const changes = {
        credits,
        generationIds: removeFirst(generation),
        notificationIds: removeFirst(notification),
        avatarIds: removeFirst(marks),
      };
      if (generation.size + notification.size + marks.size === 0) accounts.delete(accountId);
      return changes;
    },
  };
}

function removeFirst(ids: Set<string>): string[] {
  const removed = [...ids].slice(0, IDS_MAX);
  for (const id of removed) ids.delete(id);
  return removed;
}
