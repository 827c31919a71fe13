import { drawCostume } from './costume/costume.ts';
import { bodyOf, drawNeck, neckY } from './costume/cloth.ts';
import { n } from './drawing/geometry.ts';
import { lightness } from './drawing/color.ts';
import type { Sitting } from './drawing/sitting.ts';
import { glow, group } from './drawing/svg.ts';
import { drawBeard } from './face/beard.ts';
import { drawEyes } from './face/eyes.ts';
import { drawEars, drawHead } from './face/head.ts';
import { drawMarks } from './face/marks.ts';
import { drawMouth, drawNose } from './face/nose-mouth.ts';
import { drawEyewear } from './gear/eyewear.ts';
import { drawHeadwear } from './gear/headwear.ts';
import { drawHair } from './hair/hair.ts';

/** The whole sitter in figure units, origin between the eyes, ready to be placed by a frame. */
export function drawFigure(sitting: Sitting): string {
  const { person, head, defs } = sitting;
  const hair = drawHair(sitting);
  const dress = drawCostume(sitting);
  const headwear = drawHeadwear(sitting);
  const hidesEars = person.hat === 'hijab';
  const goggles = person.eyewear === 'goggles';
  const glasses = drawEyewear(sitting);
  const face =
    drawHead(sitting) +
    hair.shadow +
    drawMarks(sitting) +
    drawNose(sitting) +
    drawBeard(sitting) +
    drawMouth(sitting) +
    drawEyes(sitting);
  const tilt = (content: string): string =>
    group(content, `transform="rotate(${n(sitting.manner.blocks ? 0 : person.tiltDegrees)} 0 ${n(head.chinY)})"`);
  const contact =
    sitting.manner.shading === 'soft' && lightness(person.cloth) > 0.3
      ? glow(defs, { x: 10, y: neckY(sitting) + 4, rx: bodyOf(sitting).neck * 1.7, ry: 34 }, '#1a0a10', 0.3)
      : '';
  return (
    (dress.behind ?? '') +
    tilt(headwear.behind + hair.back) +
    drawNeck(sitting) +
    contact +
    dress.torso +
    tilt(
      (hidesEars ? '' : drawEars(sitting)) +
        face +
        (goggles ? '' : glasses) +
        hair.front +
        (dress.face ?? '') +
        (goggles ? glasses : '') +
        headwear.front,
    ) +
    (dress.over ?? '')
  );
}
