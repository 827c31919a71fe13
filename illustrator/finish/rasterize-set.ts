import { enlarged } from './enlarge.ts';
import { opened, rasterize, type Plate, type Size } from './plate.ts';

/** Less blurs nothing, and sharp refuses it. */
const MIN_BLUR_PX = 0.35;

interface SetLayers {
  /** SVG of the far layer, drawn at `farSize`, and its blur in pixels of that size. */
  readonly far: string;
  readonly farSize: Size;
  readonly blurPx: number;
  /** SVG of the near layer with alpha, or empty. */
  readonly near: string;
  /** The size at which the layers meet. */
  readonly meetSize: Size;
}

/** Draws the set: the far layer small and blurred, the near layer over it, both enlarged smoothly. */
export async function rasterizeSet(layers: SetLayers, size: Size): Promise<Plate> {
  const [far, near] = await Promise.all([
    rasterizeFar(layers),
    layers.near === '' ? undefined : rasterize(layers.near, layers.meetSize),
  ]);
  const meeting = enlarged(far, layers.meetSize);
  if (near !== undefined) lay(near.data, meeting.data);
  return enlarged(meeting, size);
}

async function rasterizeFar({ far, farSize, blurPx }: SetLayers): Promise<Plate> {
  const flat = opened(far, farSize).flatten({ background: '#808080' });
  const soft = blurPx >= MIN_BLUR_PX ? flat.blur(blurPx) : flat;
  const { data, info } = await soft.removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: 3 };
}

/** Lays a picture with alpha over an opaque one of the same size. */
function lay(upper: Uint8Array, lower: Uint8Array): void {
  for (let i = 0, j = 0; j < lower.length; i += 4, j += 3) {
    const alpha = upper[i + 3]!;
    if (alpha === 0) continue;
    const share = alpha / 255;
    for (let c = 0; c < 3; c += 1) lower[j + c] = lower[j + c]! + (upper[i + c]! - lower[j + c]!) * share + 0.5;
  }
}
