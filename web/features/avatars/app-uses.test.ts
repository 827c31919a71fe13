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

describe('uses by app', () => {
  it('are counted, most first, under the name an app gave itself last', () => {
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

  it('are drawn over fourteen days, today last; older ones are only counted', () => {
    const [app] = usesByApp(
      [use('chat', 'Chat', '2026-11-23T09:00:00.000Z'), use('chat', 'Chat', '2026-11-01T09:00:00.000Z')],
      NOW,
    );
    expect(app?.daily).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
    expect(app?.count).toBe(2);
  });
});
