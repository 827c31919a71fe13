/** Path or query parameters by name; undefined ones are omitted. */
export type ParameterValues = Readonly<Record<string, string | number | boolean | undefined>>;

/**
 * Fills in the parameters of a path template and appends the query.
 *
 * @throws Error when a path parameter is missing or empty
 */
export function requestUrl(path: string, values: ParameterValues = {}, query: ParameterValues = {}): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined || value === '') throw new Error(`${path} needs ${name}`);
    return encodeURIComponent(value);
  });
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) parameters.set(name, String(value));
  return parameters.size === 0 ? filled : `${filled}?${parameters}`;
}
