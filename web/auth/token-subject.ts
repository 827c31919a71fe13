/** The subject of a token, unverified: only to distinguish users in this browser. */
export function subjectOf(token: string): string {
  try {
    const payload = token.split('.')[1] ?? '';
    const { sub } = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/'))) as { sub?: unknown };
    return typeof sub === 'string' ? sub : token;
  } catch {
    return token; // not a JWT: the token itself identifies the user
  }
}
