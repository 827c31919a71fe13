import { writeFile } from 'node:fs/promises';
import { authorizationPage } from './authorization-table.ts';

await writeFile('docs/authorization.md', authorizationPage());
