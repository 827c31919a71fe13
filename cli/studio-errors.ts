import { problem, type Problem } from '#contract/problem.ts';

/** The studio did not respond. */
export class StudioUnreachable extends Error {
  override readonly name = 'StudioUnreachable';

  constructor(baseUrl: string, cause: unknown) {
    super(`The studio at ${baseUrl} does not respond. Is it running (npm start)?`, { cause });
  }
}

/** The studio refused the request; the message is shown to the user. */
export class StudioRefusal extends Error {
  override readonly name = 'StudioRefusal';
  readonly status: number;
  readonly code: Problem['code'] | undefined;

  constructor(status: number, message: string, code?: Problem['code']) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** Reads an error response. One that is not problem+json, such as a proxy's page, is described by its status. */
export async function refusalFrom(response: Response): Promise<StudioRefusal> {
  const body: unknown = await response.json().catch(() => undefined);
  const parsed = problem.safeParse(body);
  if (!parsed.success)
    return new StudioRefusal(response.status, `The studio responded with status ${response.status}.`);
  const retryAfter = response.headers.get('retry-after');
  return new StudioRefusal(response.status, explainProblem(parsed.data, retryAfter), parsed.data.code);
}

/** A problem as readable text, including what to do. */
export function explainProblem(refused: Problem, retryAfterSeconds: string | null = null): string {
  const { code, title, detail, required, available, errors = [], requestId } = refused;
  const lines = [detail === undefined || detail === title ? `${title}.` : `${title}: ${detail}`];
  if (code === 'insufficient_credits' && required !== undefined && available !== undefined) {
    lines[0] = `Not enough credits: this costs ${required}, and ${available} are available.`;
  }
  lines.push(...errors.map(({ path, message }) => `  ${path}: ${message}`));
  if (retryAfterSeconds !== null) lines.push(`Try again in ${retryAfterSeconds} s.`);
  if (refused.status >= 500) lines.push(`(request ${requestId})`);
  return lines.join('\n');
}
