/** The query of one page of a list; an empty cursor is the first. */
export function pageQuery(limit: number, cursor: string): { limit: number; cursor?: string } {
  return { limit, ...(cursor && { cursor }) };
}
