/** Allows only paths of this origin, so that a sign-in link can't redirect to another site. */
export function sameOriginPath(next: string | null): string {
  return next?.startsWith('/') && !/^\/[/\\]/u.test(next) ? next : '/projects';
}
