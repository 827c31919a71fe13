import type { RouteObject } from 'react-router';

/** One route per admin tab. Each page is loaded when it is first opened. */
export const adminRoutes: RouteObject = {
  path: '/admin',
  lazy: async () => ({ Component: (await import('./pages/admin-page.tsx')).AdminPage }),
  children: [
    {
      index: true,
      lazy: async () => ({ Component: (await import('./pages/admin-moderation-page.tsx')).AdminModerationPage }),
    },
    {
      path: 'stats',
      lazy: async () => ({ Component: (await import('./pages/admin-stats-page.tsx')).AdminStatsPage }),
    },
    {
      path: 'accounts',
      lazy: async () => ({ Component: (await import('./pages/admin-accounts-page.tsx')).AdminAccountsPage }),
    },
    {
      path: 'accounts/:accountId',
      lazy: async () => ({ Component: (await import('./pages/admin-account-page.tsx')).AdminAccountPage }),
    },
    ...['generations', 'generations/:generationId'].map((path) => ({
      path,
      lazy: async () => ({ Component: (await import('./pages/admin-generation-page.tsx')).AdminGenerationPage }),
    })),
    {
      path: 'switches',
      lazy: async () => ({ Component: (await import('./pages/admin-switches-page.tsx')).AdminSwitchesPage }),
    },
    {
      path: 'audit',
      lazy: async () => ({ Component: (await import('./pages/admin-audit-page.tsx')).AdminAuditPage }),
    },
  ],
};
