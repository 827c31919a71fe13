/** Only our own paths: a link must not send people elsewhere after they signed in. */
export function sameOriginPath(next: string | null): string {
  return next?.startsWith('/') && !/^\/[/\\]/u.test(next) ? next : '/projects';
}
