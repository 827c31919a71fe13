import type { ObjectionItem } from '#contract/objection.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { listOpenObjections, type Objection } from '#drizzle/queries/admin/objections.ts';
import type { Handler } from '../handler.ts';
import { listOfPage, pageRequest } from '../page.ts';

export function listObjections({ database }: { readonly database: Database }): Handler<'listObjections'> {
  return async ({ query }) => {
    const page = await listOpenObjections(database, pageRequest(query));
    return { status: 200, body: listOfPage(page, page.items.map(present)) };
  };
}

function present({ id, accountId, rule, decision, createdAt, comment, paths, texts, terms }: Objection): ObjectionItem {
  return {
    id,
    accountId,
    rule,
    decision,
    createdAt: createdAt.toISOString(),
    texts: texts.map((text, index) => ({ path: paths[index] ?? '', text, term: terms[index] ?? '' })),
    comment,
  };
}
