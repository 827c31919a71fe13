import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { encodeImage } from '#activities/image/encode-image.ts';
import { STYLES, type Style } from '#domain/prompt/style.ts';
import { renderPortrait } from '#illustrator/render-portrait.ts';
import { percentile } from './report/statistics.ts';

const SIDE_PX = 1024;
const FIRST_SEED = 1_000;
/** Prompts a style; more with an argument: `npm run bench:illustrator -- 15`. */
const PROMPTS_A_STYLE = 5;
/** Until the code is compiled. */
const WARM_UP_ROUNDS = 2;
/** Prime to the number of prompts: every style gets others. */
const STRIDE = 7;
const PROMPTS = new URL('../illustrator/evaluation/sheet-prompts.json', import.meta.url);

interface Spent {
  readonly wallMs: number;
  readonly cpuMs: number;
}

/** Importing `encodeImage` limits sharp to one thread an image, as in a worker. */
async function measured<T>(work: () => Promise<T>): Promise<Spent & { readonly result: T }> {
  const before = process.cpuUsage();
  const start = performance.now();
  const result = await work();
  const wallMs = performance.now() - start;
  const { user, system } = process.cpuUsage(before);
  return { wallMs, cpuMs: (user + system) / 1000, result };
}

/**
 * What a portrait of 1024 pixels costs to draw, by style, and as a ratio to encoding the same pixels for storage: the machine may be busy
 * or slow, both then take longer. The same prompts and seeds each time.
 */
const prompts = JSON.parse(await readFile(PROMPTS, 'utf8')) as string[];
const count = Number(process.argv[2] ?? PROMPTS_A_STYLE);
if (!Number.isInteger(count) || count < 1) throw new Error('Prompts a style: a whole number, 1 or more');
const drawn = new Map<Style, Spent[]>(STYLES.map((style) => [style, []]));
const encoded: Spent[] = [];
for (let round = -WARM_UP_ROUNDS; round < count; round += 1) {
  for (const [index, style] of STYLES.entries()) {
    const prompt = prompts[((round + WARM_UP_ROUNDS) * STYLES.length + index * STRIDE) % prompts.length]!;
    const size = { widthPx: SIDE_PX, heightPx: SIDE_PX };
    const drawing = await measured(() =>
      renderPortrait({ style, attributes: {}, prompt, seed: FIRST_SEED + round, ...size }),
    );
    const plain = await sharp(drawing.result.bytes).png({ compressionLevel: 0 }).toBuffer();
    const encoding = await measured(() => encodeImage(plain));
    if (round < 0) continue;
    drawn.get(style)?.push(drawing);
    encoded.push(encoding);
  }
}

const figures = (spent: readonly Spent[], unit: keyof Spent): string =>
  [0.5, 0.95]
    .map((share) =>
      percentile(
        spent.map((one) => one[unit]),
        share,
      )
        .toFixed(0)
        .padStart(5),
    )
    .join(' ');
const report = (name: string, spent: readonly Spent[]): void =>
  console.log(`${name.padEnd(17)}  CPU ms: p50, p95 ${figures(spent, 'cpuMs')}   wall ms: ${figures(spent, 'wallMs')}`);

for (const [style, spent] of drawn) report(style, spent);
const all = [...drawn.values()].flat();
const cpuOf = (spent: readonly Spent[]): number =>
  percentile(
    spent.map(({ cpuMs }) => cpuMs),
    0.5,
  );
report('all styles', all);
report('encoding', encoded);
console.log(`Drawing takes ${(cpuOf(all) / cpuOf(encoded)).toFixed(1)} times the CPU of encoding the same pixels.`);
