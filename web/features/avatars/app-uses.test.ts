import { describe, expect, it } from 'vitest';
import type { Use } from './api/use-avatar-details.ts';
import { usesByApp } from './app-uses.ts';

const NOW = Date.parse('2026-11-23T12:00:00.000Z');
const use = (appId: string, appName: string, createdAt: string): Use => ({
  id: createdAt,
  avatarId: 'a',
  appId,
  appName,
  action: 'shown',
  referenceId: null,
  referenceType: null,
  metadata: {},
  createdAt,
});

describe('usesByApp', () => {
  it('counts uses per app, most used first, under each app’s latest name', () => {
    const apps = usesByApp(
      [
        use('chat', 'Chat 2', '2026-11-23T09:00:00.000Z'),
        use('forge', 'Story forge', '2026-11-22T09:00:00.000Z'),
        use('chat', 'Chat', '2026-11-21T09:00:00.000Z'),
      ],
      NOW,
    );
    expect(apps.map(({ appName, count }) => [appName, count])).toEqual([
      ['Chat 2', 2],
      ['Story forge', 1],
    ]);
  });

  it('returns daily counts for fourteen days, today last, and counts older uses in the total only', () => {
    const [app] = usesByApp(
      [use('chat', 'Chat', '2026-11-23T09:00:00.000Z'), use('chat', 'Chat', '2026-11-01T09:00:00.000Z')],
      NOW,
    );
    expect(app?.daily).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
    expect(app?.count).toBe(2);
  });
});
