import { readFile, writeFile } from 'node:fs/promises';
import { withTables } from './configuration-tables.ts';

/** `npm run configuration` writes the tables of docs/configuration.md from the schemas of the processes. */
const PAGE = new URL('../../docs/configuration.md', import.meta.url);

await writeFile(PAGE, withTables(await readFile(PAGE, 'utf8')));
