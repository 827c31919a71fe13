import { darken, lighten, shade, type Color } from '../drawing/color.ts';
import { closedPath, mirrored, n, openPath, type Curve } from '../drawing/geometry.ts';
import type { Sitting } from '../drawing/sitting.ts';
import { clipped, ellipse, fill, line, repeat } from '../drawing/svg.ts';
import { bodyOf, cloth, neckY, torsoShading } from './cloth.ts';
import { garment, garmentCurve } from './garment.ts';
import type { Dress } from './dress.ts';
import { patternOn } from './pattern.ts';

interface Tailoring {
  readonly cloth: Color;
  readonly shirt: Color;
  /** Undefined: the collar is open. */
  readonly tie: Color | undefined;
  /** Buttoned to the neck although no tie is worn: a bow tie lies on it. */
  readonly closed?: boolean;
  readonly crest?: boolean;
  readonly weave?: boolean;
  readonly waistcoat?: Color;
}

/** Shirt, tie and jacket with lapels. */
export function tailored(sitting: Sitting, parts: Tailoring): Dress {
  const y = neckY(sitting);
  const k = bodyOf(sitting).shoulder / 210;
  const torso = garmentCurve(sitting, 70, 8);
  const { neck } = bodyOf(sitting);
  const front: Curve = [
    [-neck - 6, y - 26],
    [-neck * 0.5, y + 10],
    [0, y + 22],
    [neck * 0.5, y + 10],
    [neck + 6, y - 26],
    [64 * k, y + 60],
    [0, y + 344],
    [-64 * k, y + 60],
  ];
  const waistcoat = parts.waistcoat
    ? cloth(
        sitting,
        [
          [-70 * k, y + 60],
          [0, y + 170],
          [70 * k, y + 60],
          [60 * k, y + 600],
          [-60 * k, y + 600],
        ],
        parts.waistcoat,
      )
    : '';
  return {
    torso:
      cloth(sitting, torso, parts.cloth) +
      patternOn(sitting, parts.cloth, torso) +
      (parts.weave ? clipped(weave(parts.cloth, y), sitting.defs.clip(closedPath(torso))) : '') +
      torsoShading(sitting, parts.cloth, torso) +
      cloth(sitting, front, parts.shirt) +
      waistcoat +
      (parts.tie === undefined ? (shut(sitting, parts) ? '' : openCollar(sitting, k)) : drawTie(sitting, parts.tie)) +
      shirtCollar(sitting, parts.shirt, k) +
      lapels(sitting, parts.cloth, k) +
      (parts.crest ? crest(-112 * k, y + 176) : ''),
  };
}

/** A crossed weave in two tones; the torso clips it. */
function weave(color: Color, y: number): string {
  const stroke = (d: string, tone: Color): string => line(d, tone, 2.2, 0.32);
  return repeat(
    46,
    (i) =>
      stroke(`M${n(-520 + i * 23)} ${n(y - 60)}l600 700`, darken(color, 0.4)) +
      stroke(`M${n(520 - i * 23)} ${n(y - 60)}l-600 700`, lighten(color, 0.4)),
  );
}

export function shirtCollar(sitting: Sitting, color: Color, k: number): string {
  const y = neckY(sitting);
  const neck = bodyOf(sitting).neck;
  return [-1, 1]
    .map((s) =>
      cloth(
        sitting,
        `M${n(s * (neck + 2))} ${n(y - 50)}L${n(s * (neck + 22))} ${n(y - 8)}L${n(s * 44 * k)} ${n(y + 66)}L${n(s * 3)} ${n(y + 26)}Q${n(s * neck * 0.8)} ${n(y + 4)} ${n(s * (neck + 2))} ${n(y - 50)}Z`,
        s > 0 ? shade(color, 0.12) : color,
        { fine: true },
      ),
    )
    .join('');
}

const shut = ({ person }: Sitting, { closed = false }: Tailoring): boolean =>
  closed || person.worn.bowtie !== undefined || person.worn.neckerchief !== undefined;

/** Skin that an open collar shows. */
function openCollar(sitting: Sitting, k: number): string {
  const y = neckY(sitting);
  return fill(`M${n(-30 * k)} ${n(y - 20)}H${n(30 * k)}L0 ${n(y + 110)}Z`, sitting.palette.skin);
}

/** @param low where its tip hangs, figure units below the neck */
export function drawTie(sitting: Sitting, color: Color, low = 344): string {
  const y = neckY(sitting);
  const k = bodyOf(sitting).shoulder / 210;
  const knot = `M${n(-17 * k)} ${n(y + 20)}H${n(17 * k)}L${n(11 * k)} ${n(y + 56)}H${n(-11 * k)}Z`;
  const blade = `M${n(-11 * k)} ${n(y + 54)}H${n(11 * k)}L${n(30 * k)} ${n(y + low - 44)}L0 ${n(y + low)}L${n(-30 * k)} ${n(y + low - 44)}Z`;
  return (
    cloth(sitting, blade, color, { fine: true }) +
    line(
      `M${n(-16 * k)} ${n(y + 120)}l${n(32 * k)} -24M${n(-20 * k)} ${n(y + 170)}l${n(40 * k)} -30`,
      lighten(color, 0.35),
      5,
      0.6,
    ) +
    cloth(sitting, knot, lighten(color, 0.08), { fine: true })
  );
}

export function lapels(sitting: Sitting, color: Color, k: number): string {
  const y = neckY(sitting);
  const neck = bodyOf(sitting).neck;
  const right = `M${n(neck + 8)} ${n(y - 34)}L${n(neck + 46)} ${n(y + 6)}L${n(122 * k)} ${n(y + 84)}L${n(96 * k)} ${n(y + 104)}L${n(112 * k)} ${n(y + 124)}Q${n(60 * k)} ${n(y + 230)} ${n(4)} ${n(y + 330)}Q${n(34 * k)} ${n(y + 150)} ${n(neck + 8)} ${n(y - 34)}Z`;
  const left = flipped(right);
  return (
    cloth(sitting, left, lighten(color, 0.07)) +
    cloth(sitting, right, lighten(color, 0.02)) +
    line(
      openPath([
        [0, y + 330],
        [4, y + 700],
        [4, y + 1300],
      ]),
      shade(color, 0.8),
      4,
      0.6,
    ) +
    [400, 520].map((dy) => ellipse({ x: 16, y: y + dy, rx: 8, ry: 8 }, shade(color, 0.8))).join('')
  );
}

/** The same path on the other side: every x changes its sign. */
function flipped(path: string): string {
  let isX = true;
  return path.replace(/[A-Za-z]|-?\d+(\.\d+)?/g, (token) => {
    if (/[A-Za-z]/.test(token)) {
      isX = true;
      return token;
    }
    const value = isX ? n(-Number(token)) : token;
    isX = !isX;
    return value;
  });
}

function crest(x: number, y: number): string {
  return (
    fill(
      `M${n(x - 20)} ${n(y - 22)}H${n(x + 20)}V${n(y)}Q${n(x + 18)} ${n(y + 22)} ${n(x)} ${n(y + 32)}Q${n(x - 18)} ${n(y + 22)} ${n(x - 20)} ${n(y)}Z`,
      '#d9b04a',
    ) + line(`M${n(x)} ${n(y - 14)}V${n(y + 20)}M${n(x - 12)} ${n(y)}H${n(x + 12)}`, '#7a2733', 5)
  );
}

export function labCoat(sitting: Sitting, color: Color): Dress {
  const y = neckY(sitting);
  const k = bodyOf(sitting).shoulder / 210;
  const scrubs = sitting.person.under ?? '#4f9a9a';
  return {
    torso:
      garment(sitting, color, 70, 8) +
      cloth(
        sitting,
        [
          [-66 * k, y - 20],
          [0, y + 84],
          [66 * k, y - 20],
          [74 * k, y + 60],
          [10, y + 360],
          [-74 * k, y + 60],
        ],
        scrubs,
      ) +
      cloth(
        sitting,
        `M${n(-64 * k)} ${n(y - 26)}L0 ${n(y + 96)}L${n(64 * k)} ${n(y - 26)}L${n(50 * k)} ${n(y - 30)}L0 ${n(y + 66)}L${n(-50 * k)} ${n(y - 30)}Z`,
        lighten(scrubs, 0.2),
        { fine: true },
      ) +
      lapels(sitting, color, k),
  };
}

export function trench(sitting: Sitting, color: Color): Dress {
  const y = neckY(sitting);
  const k = bodyOf(sitting).shoulder / 210;
  const raised: Curve = [
    [56 * k, y + 46],
    [70 * k, y - 60],
    [98 * k, y - 84],
    [128 * k, y - 8],
    [136 * k, y + 60],
    [78 * k, y + 150],
    [30 * k, y + 200],
  ];
  return {
    torso:
      tailored(sitting, { cloth: color, shirt: '#f1efe9', tie: sitting.person.worn.tie }).torso +
      cloth(sitting, mirrored(raised), lighten(color, 0.1)) +
      cloth(sitting, raised, lighten(color, 0.02)) +
      [-1, 1]
        .map((s) =>
          cloth(
            sitting,
            [
              [s * 150 * k, y + 26],
              [s * 216 * k, y + 52],
              [s * 224 * k, y + 74],
              [s * 152 * k, y + 50],
            ],
            lighten(color, 0.12),
            { fine: true },
          ),
        )
        .join(''),
  };
}
