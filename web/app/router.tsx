import { createBrowserRouter, Navigate } from 'react-router';
import { AvatarPage } from './pages/avatar-page.tsx';
import { DevelopingPage } from './pages/developing-page.tsx';
import { ErrorPage } from './pages/error-page.tsx';
import { ProjectPage } from './pages/project-page.tsx';
import { ProjectsPage } from './pages/projects-page.tsx';
import { SignInPage } from './pages/sign-in-page.tsx';
import { StudioLayout } from './shell/studio-layout.tsx';

/** Every view and every open dialog has its address. */
export function createRouter() {
  return createBrowserRouter([
    { path: '/sign-in', element: <SignInPage />, errorElement: <ErrorPage /> },
    {
      element: <StudioLayout />,
      errorElement: <ErrorPage />,
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
            { path: 'make', element: null },
          ],
        },
        { path: '/projects/:projectId/avatars/:avatarId', element: <AvatarPage /> },
        { path: '/developing', element: <DevelopingPage /> },
      ],
    },
  ]);
}
