import { darken, lighten, mix, type Color } from '../drawing/color.ts';
import { n, openPath } from '../drawing/geometry.ts';
import type { Sitting } from '../drawing/sitting.ts';
import { ellipse, fill, glow, line } from '../drawing/svg.ts';
import { eyeCenter } from '../face/eyes.ts';
import type { Accessory } from '../person/traits.ts';
import { pipe, smokes, mask } from './mouth-things.ts';
import { hairFlower, hairBow, plume } from './hair-things.ts';

type Draw = (sitting: Sitting, color: Color) => string;

/** On the skin, under hair and glasses. */
export const ON_SKIN: readonly (readonly [Accessory, Draw])[] = [
  ['facepaint', facePaint],
  ['tattoo', tattoo],
  ['bandage', bandage],
  [
    'mole',
    ({ head, turned, manner }) =>
      ellipse(
        {
          x: turned(22) + head.eyeGap - 6,
          y: head.mouthY - 24,
          rx: manner.blocks ? 6 : 4.6,
          ry: manner.blocks ? 6 : 4.6,
        },
        '#3c241c',
        0.9,
      ),
  ],
  ['rednose', redNose],
  ['nosering', noseRing],
  ['tears', tears],
];

/** In and over the mouth. */
export const AT_MOUTH: readonly (readonly [Accessory, Draw])[] = [
  ['pipe', pipe],
  ['cigar', (sitting, color) => smokes(sitting, color, 15, 92, '#e0602c')],
  ['cigarette', (sitting, color) => smokes(sitting, color, 8, 82, '#e0602c')],
  ['mask', mask],
];

/** In the hair or on the hat. */
export const AT_HEAD: readonly (readonly [Accessory, Draw])[] = [
  ['hairflower', hairFlower],
  ['hairbow', hairBow],
  ['plume', plume],
];

function facePaint(sitting: Sitting, color: Color): string {
  const { head, turned } = sitting;
  const t = turned(20);
  if (
    sitting.person.worn.rednose !== undefined ||
    sitting.person.worn.ruff !== undefined ||
    sitting.person.hat === 'beret'
  ) {
    const eyes = ([-1, 1] as const).map((s) => {
      const [x, y] = eyeCenter(sitting, s);
      return (
        ellipse({ x, y: y - 6, rx: 44, ry: 52 }, color, 0.86) +
        line(`M${n(x)} ${n(y - 54)}v-22M${n(x)} ${n(y + 48)}v22`, '#26242a', 8, 0.85)
      );
    });
    return (
      glow(sitting.defs, { x: t * 0.6, y: 30, rx: head.cheek * 1.05, ry: 190 }, color, 0.8) +
      eyes.join('') +
      ellipse({ x: turned(24), y: head.mouthY + 2, rx: 66, ry: 34 }, color, 0.9)
    );
  }
  const war: Color = mix(color, '#b2303a', 0.75);
  return ([-1, 1] as const)
    .map((s) =>
      [0, 1]
        .map((i) =>
          line(
            openPath([
              [s * (head.eyeGap - 26) + t, head.cheekY + 6 + i * 22],
              [s * (head.eyeGap + 8) + t, head.cheekY + 2 + i * 22],
              [s * (head.eyeGap + 44) + turned(8), head.cheekY - 6 + i * 22],
            ]),
            i ? '#26242a' : war,
            13,
            0.85,
          ),
        )
        .join(''),
    )
    .join('');
}

function tattoo({ head, turned, palette }: Sitting, color: Color): string {
  const ink = mix(color, palette.skinDeep, 0.25);
  const x = -head.eyeGap + turned(14);
  const y = head.cheekY;
  const swirl = (dx: number, dy: number, s: number): string =>
    line(
      `M${n(x + dx)} ${n(y + dy)}q${n(-26 * s)} ${n(10 * s)} ${n(-20 * s)} ${n(34 * s)}q${n(10 * s)} ${n(22 * s)} ${n(28 * s)} ${n(4 * s)}q${n(4 * s)} ${n(-16 * s)} ${n(-12 * s)} ${n(-14 * s)}`,
      ink,
      6,
      0.8,
    );
  return (
    swirl(8, 10, 1) +
    swirl(-22, -66, 0.8) +
    line(`M${n(x - 34)} ${n(y - 44)}l-12 26M${n(x - 22)} ${n(y - 34)}l-16 34`, ink, 6, 0.8) +
    line(`M${n(turned(16) - 22)} ${n(head.crownY + 92)}l22 -22l22 22`, ink, 6, 0.75)
  );
}

function bandage({ head, turned }: Sitting, color: Color): string {
  const x = -44 + turned(16);
  const y = head.crownY + 96;
  const strip = (angle: number): string =>
    `<rect x="${n(x - 44)}" y="${n(y - 13)}" width="88" height="26" rx="12" fill="${color}" stroke="${darken(color, 0.2)}" stroke-width="2.5" transform="rotate(${angle} ${n(x)} ${n(y)})"/>`;
  return strip(28) + strip(-28) + fill(`M${n(x - 11)} ${n(y - 11)}h22v22h-22Z`, lighten(color, 0.25));
}

function redNose({ head, turned }: Sitting, color: Color): string {
  const x = turned(32);
  const y = head.noseY - 8;
  return (
    ellipse({ x, y, rx: 30, ry: 28 }, darken(color, 0.15)) +
    ellipse({ x: x - 2, y: y - 2, rx: 27, ry: 25 }, color) +
    ellipse({ x: x - 10, y: y - 11, rx: 7, ry: 6 }, '#ffffff', 0.75)
  );
}

function noseRing({ head, turned, manner }: Sitting, color: Color): string {
  const x = turned(31);
  const y = head.noseY + 8;
  const ring = `M${n(x - 9)} ${n(y)}a10 11 0 1 0 18 0`;
  return line(ring, darken(color, 0.45), manner.blocks ? 9 : 6.5) + line(ring, lighten(color, 0.2), 3.4);
}

function tears(sitting: Sitting, color: Color): string {
  return ([-1, 1] as const)
    .map((s) => {
      const [x, y] = eyeCenter(sitting, s);
      const drop = (dx: number, dy: number, r: number): string =>
        fill(
          `M${n(x + dx)} ${n(y + dy - r * 1.9)}Q${n(x + dx + r * 1.1)} ${n(y + dy)} ${n(x + dx)} ${n(y + dy + r)}Q${n(x + dx - r * 1.1)} ${n(y + dy)} ${n(x + dx)} ${n(y + dy - r * 1.9)}Z`,
          color,
          0.92,
        );
      return (
        drop(s * 8, 52, 10) + drop(s * 14, 84, 8) + ellipse({ x: x + s * 6, y: y + 50, rx: 3, ry: 4 }, '#ffffff', 0.9)
      );
    })
    .join('');
}
