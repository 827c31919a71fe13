import { createBrowserRouter, Navigate } from 'react-router';
import { SHARED_PAGE_PATH } from '#domain/avatar/share.ts';
import { adminRoutes } from './admin-routes.ts';
import { BrokenView, ErrorPage, NotFoundView } from './pages/error-page.tsx';
import { ProjectPage } from './pages/project-page.tsx';
import { ProjectsPage } from './pages/projects-page.tsx';
import { SignInPage } from './pages/sign-in-page.tsx';
import { StudioLayout } from './shell/studio-layout.tsx';

/** Every view and every dialog has a route. The most visited pages are in the main bundle; the others are loaded on demand. */
export function createRouter() {
  return createBrowserRouter([
    { path: '/sign-in', element: <SignInPage />, errorElement: <ErrorPage /> },
    {
      path: '/sign-in/callback',
      errorElement: <ErrorPage />,
      lazy: async () => ({ Component: (await import('./pages/sign-in-callback-page.tsx')).SignInCallbackPage }),
    },
    {
      path: '/signed-out',
      errorElement: <ErrorPage />,
      lazy: async () => ({ Component: (await import('./pages/signed-out-page.tsx')).SignedOutPage }),
    },
    {
      path: `${SHARED_PAGE_PATH}:token`,
      errorElement: <ErrorPage />,
      lazy: async () => ({ Component: (await import('./pages/shared-avatar-page.tsx')).SharedAvatarPage }),
    },
    {
      element: <StudioLayout />,
      errorElement: <ErrorPage />,
      children: [
        {
          errorElement: <BrokenView />,
          children: [
            { index: true, element: <Navigate replace to="/projects" /> },
            {
              element: <ProjectsPage />,
              children: [
                { path: '/projects', element: null },
                { path: '/projects/new', element: null },
              ],
            },
            {
              path: '/projects/:projectId',
              element: <ProjectPage />,
              children: [
                { index: true, element: null },
                { path: 'new', element: null },
                { path: 'upload', element: null },
              ],
            },
            {
              path: '/projects/:projectId/avatars/:avatarId',
              lazy: async () => ({ Component: (await import('./pages/avatar-page.tsx')).AvatarPage }),
              children: [
                { index: true, element: null },
                { path: 'image', element: null },
                { path: 'persona', element: null },
                { path: 'attributes', element: null },
                { path: 'share', element: null },
                { path: 'new', element: null },
              ],
            },
            {
              lazy: async () => ({ Component: (await import('./pages/presets-page.tsx')).PresetsPage }),
              children: [
                { path: '/presets', element: null },
                { path: '/presets/new', element: null },
                { path: '/presets/:presetId/edit', element: null },
                { path: '/presets/:presetId/use', element: null },
              ],
            },
            {
              path: '/usage',
              lazy: async () => ({ Component: (await import('./pages/usage-page.tsx')).UsagePage }),
            },
            {
              path: '/settings',
              lazy: async () => ({ Component: (await import('./pages/settings-page.tsx')).SettingsPage }),
            },
            {
              path: '/credits',
              lazy: async () => ({ Component: (await import('./pages/credits-page.tsx')).CreditsPage }),
            },
            {
              path: '/notifications',
              lazy: async () => ({ Component: (await import('./pages/notifications-page.tsx')).NotificationsPage }),
            },
            ...['/avatars/:avatarId', '/avatars/:avatarId/report', '/generations/:generationId'].map((path) => ({
              path,
              lazy: async () => ({ Component: (await import('./pages/id-redirect-page.tsx')).IdRedirectPage }),
            })),
            {
              path: '/trash',
              lazy: async () => ({ Component: (await import('./pages/trash-page.tsx')).TrashPage }),
            },
            adminRoutes,
            {
              path: '/queue',
              lazy: async () => ({ Component: (await import('./pages/queue-page.tsx')).QueuePage }),
            },
            { path: '*', element: <NotFoundView /> },
          ],
        },
      ],
    },
  ]);
}
