/** Values of a path or a query by their names; undefined is left out. */
export type ParameterValues = Readonly<Record<string, string | number | boolean | undefined>>;

/**
 * Fills in a path as the API's document writes it.
 *
 * @throws Error when the path names a value that is not given
 */
export function requestUrl(path: string, values: ParameterValues = {}, query: ParameterValues = {}): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined || value === '') throw new Error(`${path} needs ${name}`);
    return encodeURIComponent(value);
  });
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) asked.set(name, String(value));
  return asked.size === 0 ? filled : `${filled}?${asked}`;
}
