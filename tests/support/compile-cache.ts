/** For the programs under test, which are given no other variable of ours: without it, each compiles its modules anew. */
export const COMPILE_CACHE: Readonly<Record<string, string>> = given(process.env['NODE_COMPILE_CACHE']);

function given(folder: string | undefined): Record<string, string> {
  return folder === undefined ? {} : { NODE_COMPILE_CACHE: folder };
}
