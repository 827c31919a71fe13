const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s"{}[\],:]+/g;

/** One member of a JSON object, as it was sent. */
export interface JsonMember {
  readonly key: string;
  /** The value's JSON text. */
  readonly json: string;
}

/**
 * The members of an object in their order, repeated keys included, which a parser would merge.
 * @param json valid JSON of an object
 */
export function membersOf(json: string): JsonMember[] {
  const members: JsonMember[] = [];
  let depth = 0;
  let key: string | undefined;
  let valueAt: number | undefined;
  for (const { 0: token, index } of json.matchAll(TOKEN)) {
    const closes = token === '}' || token === ']';
    if (closes) depth -= 1;
    const endsMember = (depth === 0 && closes) || (depth === 1 && token === ',');
    if (endsMember && key !== undefined && valueAt !== undefined) {
      members.push({ key, json: json.slice(valueAt, index).trim() });
      key = valueAt = undefined;
    } else if (depth === 1 && key === undefined && token.startsWith('"')) key = JSON.parse(token) as string;
    else if (depth === 1 && valueAt === undefined && token === ':') valueAt = index + 1;
    if (token === '{' || token === '[') depth += 1;
  }
  return members;
}
