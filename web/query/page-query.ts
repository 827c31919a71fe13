/** The query of one page of a list; an empty cursor is the first. */
export function pageQuery(limit: number, cursor: string): string {
  return new URLSearchParams({ limit: String(limit), ...(cursor && { cursor }) }).toString();
}
