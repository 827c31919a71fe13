import { drawCostume } from './costume/costume.ts';
import { bodyOf, drawNeck, neckY } from './costume/cloth.ts';
import { n } from './drawing/geometry.ts';
import { lightness, type Color } from './drawing/color.ts';
import type { Sitting } from './drawing/sitting.ts';
import { glow, group } from './drawing/svg.ts';
import { drawBeard } from './face/beard.ts';
import { drawEyes } from './face/eyes.ts';
import { drawEars, drawHead } from './face/head.ts';
import { drawMarks } from './face/marks.ts';
import { drawMouth } from './face/mouth.ts';
import { drawNose } from './face/nose.ts';
import { cape } from './gear/cape.ts';
import { COMPANIONS } from './gear/companions.ts';
import { drawEyewear } from './gear/eyewear.ts';
import { AT_HEAD, AT_MOUTH, ON_SKIN } from './gear/face-things.ts';
import { drawHeadwear, HAT_FIT } from './gear/headwear.ts';
import { NECKWEAR } from './gear/neckwear.ts';
import { drawHair } from './hair/hair.ts';
import type { Accessory } from './person/traits.ts';

type Drawings = readonly (readonly [Accessory, (sitting: Sitting, color: Color) => string])[];

/** Of a list of things those that are worn, in the list's order. */
function worn(sitting: Sitting, drawings: Drawings): string {
  return drawings
    .map(([kind, draw]) => {
      const color = sitting.person.worn[kind];
      return color === undefined ? '' : draw(sitting, color);
    })
    .join('');
}

/** The whole sitter in figure units, origin between the eyes, ready to be placed by a frame. */
export function drawFigure(sitting: Sitting): string {
  const { person, head, defs } = sitting;
  const hair = drawHair(sitting);
  const dress = drawCostume(sitting);
  const headwear = drawHeadwear(sitting);
  const hidesEars = person.hat !== undefined && HAT_FIT[person.hat].hair === 'hidden' && person.hat !== 'swimcap';
  const goggles = person.eyewear === 'goggles';
  const glasses = drawEyewear(sitting);
  const caped = person.worn.cape === undefined ? undefined : cape(sitting, person.worn.cape);
  const face =
    drawHead(sitting) +
    hair.shadow +
    worn(sitting, PAINTED) +
    drawMarks(sitting) +
    drawNose(sitting) +
    drawBeard(sitting) +
    drawMouth(sitting) +
    drawEyes(sitting) +
    worn(sitting, AT_FRONT);
  const tilt = (content: string): string =>
    group(content, `transform="rotate(${n(sitting.manner.blocks ? 0 : person.tiltDegrees)} 0 ${n(head.chinY)})"`);
  const contact =
    sitting.manner.shading === 'soft' && lightness(person.cloth) > 0.3
      ? glow(defs, { x: 10, y: neckY(sitting) + 4, rx: bodyOf(sitting).neck * 1.7, ry: 34 }, '#1a0a10', 0.3)
      : '';
  return (
    (caped?.behind ?? '') +
    (dress.behind ?? '') +
    tilt(headwear.behind + hair.back) +
    drawNeck(sitting) +
    contact +
    dress.torso +
    (caped?.clasp ?? '') +
    worn(sitting, NECKWEAR) +
    tilt(
      (hidesEars ? '' : drawEars(sitting)) +
        face +
        worn(sitting, AT_MOUTH) +
        (goggles ? '' : glasses) +
        hair.front +
        (dress.face ?? '') +
        (goggles ? glasses : '') +
        headwear.front +
        worn(sitting, AT_HEAD),
    ) +
    (dress.over ?? '') +
    worn(sitting, Object.entries(COMPANIONS) as unknown as Drawings)
  );
}

/** Rings and noses lie on the nose, which is drawn after the skin. */
const IN_FRONT: ReadonlySet<Accessory> = new Set(['rednose', 'nosering', 'tears']);
const AT_FRONT: Drawings = ON_SKIN.filter(([kind]) => IN_FRONT.has(kind));
const PAINTED: Drawings = ON_SKIN.filter(([kind]) => !IN_FRONT.has(kind));
