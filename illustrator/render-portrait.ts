import sharp from 'sharp';
import { lightness } from './drawing/color.ts';
import { MANNERS } from './drawing/manner.ts';
import { createSitting, type Sitting } from './drawing/sitting.ts';
import { n } from './drawing/geometry.ts';
import { drawFigure } from './figure.ts';
import { compose } from './finish/compose.ts';
import { applyEffect, drawingSize } from './finish/effects.ts';
import { enlarged } from './finish/enlarge.ts';
import { grade } from './finish/grade.ts';
import { createNoise } from './finish/noise.ts';
import { rasterize, type Plate, type Size } from './finish/plate.ts';
import { rasterizeSet } from './finish/rasterize-set.ts';
import { recipeFor } from './finish/recipes.ts';
import { frameFor, type Frame } from './frame.ts';
import { settlePerson } from './person/settle-person.ts';
import type { Portrait, PortraitRequest } from './portrait-types.ts';
import { drawScene, RIM_LIGHTS } from './scene/scene.ts';

/** 0 none .. 9 smallest: the picture is encoded for good when it is saved. */
const PNG_COMPRESSION = 1;
/** Sides the illustrator accepts, pixels. */
const MIN_SIDE_PX = 64;
const MAX_SIDE_PX = 2_048;

/**
 * Draws a portrait without any service: same request, same bytes. Words it does not know are ignored, and no text
 * of the request ever enters the drawing.
 * @throws RangeError when a side is not within 64..2048 pixels
 */
export async function renderPortrait(request: PortraitRequest): Promise<Portrait> {
  const { widthPx, heightPx, style } = request;
  for (const side of [widthPx, heightPx]) {
    if (!Number.isInteger(side) || side < MIN_SIDE_PX || side > MAX_SIDE_PX)
      throw new RangeError(`side must be ${MIN_SIDE_PX}..${MAX_SIDE_PX} pixels, not ${side}`);
  }
  const person = settlePerson(request);
  const sitting = createSitting(person, MANNERS[style]);
  const frame = frameFor(sitting, widthPx, heightPx);
  const recipe = recipeFor(style, request.prompt);
  const draft = drawingSize(recipe, { widthPx, heightPx });

  const body = drawFigure(sitting);
  const edges = recipe.effect === 'pixel' ? ' shape-rendering="crispEdges"' : '';
  const placed = `<g${edges} transform="translate(${n(frame.x)} ${n(frame.y)}) scale(${frame.scale.toFixed(3)})">${body}</g>`;
  const [figure, set] = await Promise.all([
    rasterize(page(frame, draft, sitting.defs.text() + placed), draft),
    drawSet(request, sitting, frame, draft),
  ]);
  const plate = compose(set, figure, recipe, RIM_LIGHTS[person.scene]);
  grade(plate, recipe, () => createNoise(person.seed, 'grain'));
  const finished = await applyEffect(plate, {
    set,
    figure,
    recipe,
    seed: person.seed,
    eyesAt: (frame.y + sitting.head.eyeY * frame.scale) / frame.height,
    skinLightness: lightness(person.skin),
    duotone: /two.?(colou?r|tone)|duotone/i.test(request.prompt),
  });
  return {
    bytes: await encode(finished, recipe.effect === 'pixel', { widthPx, heightPx }),
    mimeType: 'image/png',
    widthPx,
    heightPx,
    credit: null,
    notDrawn: person.notDrawn,
  };
}

/** Far layers are drawn with this many pixels on the shorter side, sharp ones with more. */
const FAR_SHORT_PX = 256;

function drawSet(request: PortraitRequest, { person }: Sitting, frame: Frame, draft: Size): Promise<Plate> {
  const scene = drawScene(person.scene, person.seed, frame.width, frame.height, person.accent, person.weather);
  const crisp = request.style === 'pixel' || request.style === 'vector' || request.style === 'comic';
  const scaled = (share: number): Size => ({
    widthPx: Math.ceil(draft.widthPx * share),
    heightPx: Math.ceil(draft.heightPx * share),
  });
  const short = Math.min(draft.widthPx, draft.heightPx);
  const far = scene.softness > 0 ? scaled(Math.min(1, FAR_SHORT_PX / short)) : scaled(crisp ? 1 : 0.5);
  const meet = scaled(crisp ? 1 : 0.5);
  const layers = {
    far: page(frame, far, scene.far),
    farSize: far,
    blurPx: ((scene.softness * Math.min(far.widthPx, far.heightPx)) / 1000) * (far.widthPx / meet.widthPx),
    near: scene.near === '' ? '' : page(frame, meet, scene.near),
    meetSize: meet,
  };
  return rasterizeSet(layers, draft);
}

function page(frame: Frame, size: Size, content: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size.widthPx}" height="${size.heightPx}" viewBox="0 0 ${n(frame.width)} ${n(frame.height)}" preserveAspectRatio="none">${content}</svg>`;
}

/** PNG, without loss: quicker to write and to read than WebP of a quality that shows no trace of its own. */
async function encode(plate: Plate, blocks: boolean, { widthPx, heightPx }: Size): Promise<Buffer> {
  const raw = sharp(plate.data, { raw: { width: plate.width, height: plate.height, channels: 3 } });
  if (blocks)
    return raw
      .resize(widthPx, heightPx, { kernel: 'nearest', fit: 'fill' })
      .png({ palette: true, colors: 64, dither: 0, effort: 1 })
      .toBuffer();
  const { data } = enlarged(plate, { widthPx, heightPx });
  return sharp(data, { raw: { width: widthPx, height: heightPx, channels: 3 } })
    .png({ compressionLevel: PNG_COMPRESSION })
    .toBuffer();
}
