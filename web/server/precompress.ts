import { globSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** Smaller files are not worth compressing. */
const WORTH_IT_BYTES = 1_024;
const TEXT = '**/*.{js,css,html,svg,json}';

/** Writes `.br` and `.gz` next to each text file at build time, so that serving needs no CPU for compression. */
export async function precompress(dir: string): Promise<void> {
  for (const name of globSync(TEXT, { cwd: dir })) {
    const file = join(dir, name);
    const bytes = await readFile(file);
    if (bytes.length < WORTH_IT_BYTES) continue;
    const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
    await writeFile(`${file}.br`, await promisify(brotliCompress)(bytes, { params }));
    await writeFile(`${file}.gz`, await promisify(gzip)(bytes, { level: constants.Z_BEST_COMPRESSION }));
  }
}
