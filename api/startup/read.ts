import { readFile } from 'node:fs/promises';
import { startupParts, type Startup } from '#contract/startup.ts';
import { canGenerate } from '#domain/startup/startup-part.ts';
import type { Handler } from '../handler.ts';

const COMPLETE: Startup = { canGenerate: true, parts: [] };

/** @param file written by the launcher; undefined where the parts are started by something else */
export function readStartup(file: string | undefined): Handler<'readStartup'> {
  return async () => ({ status: 200, body: file === undefined ? COMPLETE : await readStatus(file) });
}

/** The launcher replaces the file atomically; one that is missing or of another version says nothing. */
async function readStatus(file: string): Promise<Startup> {
  try {
    const parts = startupParts.parse(JSON.parse(await readFile(file, 'utf8')));
    return { canGenerate: canGenerate(parts), parts };
  } catch {
    return COMPLETE;
  }
}
