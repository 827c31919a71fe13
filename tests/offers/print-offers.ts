import { writeFile } from 'node:fs/promises';
import { offersPage } from './offers-page.ts';

await writeFile('docs/offers.md', offersPage());
