import { KEY_SCOPES } from '#contract/api-key.ts';
import { API_BASE, type Route } from '#contract/route.ts';
import { ROUTES } from '#contract/routes.ts';

/** Who may use a route, a column each. */
const CALLERS = ['anybody', 'user', 'API key', 'admin', 'service', 'service for a user'] as const;
type Caller = (typeof CALLERS)[number];

/** The cell of a caller: empty when the route answers 401 or 403. */
function cellOf(caller: Caller, { access, only, base, onBehalf }: Route): string {
  if (access === 'public') return 'yes';
  const own = only === 'admin' ? '' : 'own';
  switch (caller) {
    case 'anybody':
      return '';
    case 'user':
      return only === undefined || only === 'user' ? own : '';
    case 'API key':
      return only === undefined && base === undefined && (KEY_SCOPES as readonly string[]).includes(access)
        ? `\`${access}\``
        : '';
    case 'admin':
      return only === 'admin' ? 'all' : only === 'service' ? '' : own;
    case 'service':
      return (only === undefined || only === 'service') && base === undefined ? `\`${access}\`` : '';
    case 'service for a user':
      return onBehalf ? `\`${access}\`` : '';
  }
}

/** docs/authorization.md, from the route table. */
export function authorizationPage(): string {
  const routes = Object.values(ROUTES) as Route[];
  const rows = routes
    .map((route) => [
      `\`${route.method.toUpperCase()} ${route.base ?? API_BASE}${route.path}\``,
      ...CALLERS.map((caller) => cellOf(caller, route)),
    ])
    .toSorted(([a = ''], [b = '']) => a.slice(a.indexOf('/')).localeCompare(b.slice(b.indexOf('/'))));
  const tableRow = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return `# Who may do what

This page is written from the [route table](../contract/routes.ts) by \`npm run authorization\`; a test compares them.

- **anybody** needs no token: sign-in, the manifest, callbacks that are signed, and what the secret
  token of a shared link shows.
- **user** is one who signed in; **admin** has the role of that name. _own_ means that a resource of another account is
  answered like one that does not exist.
- **API key** and **service** need the scope in their column, and reach their own account only. Services are accepted at
  the internal address only.
- **service for a user** names the user in \`X-On-Behalf-Of\`. An empty cell is answered with 403.

${[tableRow(['Route', ...CALLERS]), tableRow(Array.from({ length: CALLERS.length + 1 }, () => '---')), ...rows.map(tableRow)].join('\n')}
`;
}
