import { createNsfwModerator } from '#activities/moderation/nsfw-moderator.ts';
import { renderPortrait } from '#illustrator/render-portrait.ts';
import { AGE_RANGES, GENDERS, HAIR_COLORS } from '#domain/persona/attributes.ts';
import { imageCheckOutcome, type ImageScores } from '#domain/moderation/image-check.ts';
import type { ImageCheckOutcome } from '#domain/moderation/review.ts';
import { STYLES } from '#domain/prompt/style.ts';

/** Portraits of each style. */
const PORTRAITS_A_STYLE = 20;
const SIDE_PX = 512;
/** Not time-critical. */
const TIMEOUT_MS = 10 * 60_000;

interface FalseAlarmScore {
  readonly style: string;
  readonly outcome: ImageCheckOutcome;
  readonly scores: ImageScores;
  readonly tookMs: number;
}

/** Runs the content check on 300 drawings that are harmless by construction: every hit is a false positive. */
async function measure(): Promise<FalseAlarmScore[]> {
  const moderator = createNsfwModerator({ timeoutMs: TIMEOUT_MS });
  const measured: FalseAlarmScore[] = [];
  for (const style of STYLES) {
    for (let index = 0; index < PORTRAITS_A_STYLE; index += 1) {
      const attributes = {
        gender: GENDERS[index % GENDERS.length],
        ageRange: AGE_RANGES[index % AGE_RANGES.length],
        hairColor: HAIR_COLORS[index % HAIR_COLORS.length]?.value,
      };
      const portrait = { style, attributes, prompt: '', seed: 1_000 + index, widthPx: SIDE_PX, heightPx: SIDE_PX };
      const { bytes } = await renderPortrait(portrait);
      const startedAt = performance.now();
      const scores = await moderator.score(bytes);
      measured.push({ style, outcome: imageCheckOutcome(scores), scores, tookMs: performance.now() - startedAt });
    }
  }
  await moderator.close();
  return measured;
}

const measured = await measure();
const share = (outcome: ImageCheckOutcome) => measured.filter((score) => score.outcome === outcome).length;
const median = measured.map(({ tookMs }) => tookMs).toSorted((a, b) => a - b)[Math.floor(measured.length / 2)] ?? 0;
console.log(
  `${measured.length} drawings: ${share('pass')} pass, ${share('review')} to review, ${share('block')} blocked`,
);
console.log(`median ${median.toFixed(0)} ms an image`);
for (const { style, outcome, scores } of measured) {
  if (outcome !== 'pass') console.log(`${outcome} ${style}: ${JSON.stringify(scores)}`);
}
