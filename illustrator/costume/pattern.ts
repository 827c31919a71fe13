import { darken, lighten, mix, type Color } from '../drawing/color.ts';
import { closedPath, n, type Curve } from '../drawing/geometry.ts';
import type { Sitting } from '../drawing/sitting.ts';
import { clipped, ellipse, fill, line, repeat } from '../drawing/svg.ts';
import { neckY } from './cloth.ts';

/** Half the width and the height that a torso may fill, figure units. */
const REACH = 330;
const DEPTH = 760;
const UPRIGHT = new Set(['suit', 'tuxedo', 'waistcoat', 'tweed', 'apron', 'frockcoat', 'trench']);

/** The told pattern over a piece of the main cloth, before its shading. */
export function patternOn(sitting: Sitting, color: Color, shape: Curve): string {
  const { pattern, cloth, costume } = sitting.person;
  if (pattern === undefined || color !== cloth) return '';
  const top = neckY(sitting) - 40;
  const draw = {
    striped: () => (UPRIGHT.has(costume) ? pinstripes(top, pattern.color) : stripes(top, pattern.color)),
    checked: () => checks(top, pattern.color, color),
    dotted: () => dots(top, pattern.color),
    floral: () => blossoms(sitting, top, pattern.color),
    camouflage: () => blotches(sitting, top, color),
    stars: () => stars(sitting, top, pattern.color),
  };
  return clipped(draw[pattern.kind](), sitting.defs.clip(closedPath(shape)));
}

const stripes = (top: number, color: Color): string =>
  repeat(12, (i) =>
    line(`M${-REACH} ${n(top + 62 + i * 58)}Q0 ${n(top + 96 + i * 58)} ${REACH} ${n(top + 62 + i * 58)}`, color, 24),
  );

const pinstripes = (top: number, color: Color): string =>
  repeat(24, (i) => line(`M${n((i - 11.5) * 27)} ${n(top)}V${n(top + DEPTH)}`, color, 3.6, 0.8));

function checks(top: number, color: Color, base: Color): string {
  const dark = darken(base, 0.55);
  const down = repeat(9, (i) => line(`M${n((i - 4) * 74)} ${n(top)}V${n(top + DEPTH)}`, dark, 30, 0.5));
  const across = repeat(10, (i) => line(`M${-REACH} ${n(top + 50 + i * 74)}H${REACH}`, dark, 30, 0.5));
  const thin =
    repeat(9, (i) => line(`M${n((i - 4) * 74 + 37)} ${n(top)}V${n(top + DEPTH)}`, color, 4.5, 0.6)) +
    repeat(10, (i) => line(`M${-REACH} ${n(top + 87 + i * 74)}H${REACH}`, color, 4.5, 0.6));
  return down + across + thin;
}

const dots = (top: number, color: Color): string =>
  repeat(99, (i) => {
    const row = Math.floor(i / 9);
    const x = ((i % 9) - 4) * 68 + (row % 2) * 34 - 17;
    return ellipse({ x, y: top + 40 + row * 60, rx: 13.5, ry: 13.5 }, color);
  });

function blossoms(sitting: Sitting, top: number, color: Color): string {
  const random = sitting.random('blossoms');
  return repeat(40, (i) => {
    const x = ((i % 8) - 3.5) * 80 + random.between(-20, 20);
    const y = top + 40 + Math.floor(i / 8) * 112 + (i % 2) * 50 + random.between(-14, 14);
    const tone = i % 3 === 0 ? '#f2c14e' : i % 3 === 1 ? color : mix(color, '#e0587a', 0.6);
    const petals = repeat(5, (k) => {
      const a = (k / 5) * Math.PI * 2;
      return ellipse({ x: x + Math.cos(a) * 12, y: y + Math.sin(a) * 12, rx: 10, ry: 10 }, tone);
    });
    return (
      line(`M${n(x + 14)} ${n(y + 14)}q12 8 22 4`, '#5f8a58', 6) + petals + ellipse({ x, y, rx: 7, ry: 7 }, '#8a4a2c')
    );
  });
}

function blotches(sitting: Sitting, top: number, base: Color): string {
  const random = sitting.random('blotches');
  const tones = [darken(base, 0.35), lighten(base, 0.28), mix(base, '#6b5338', 0.6)];
  return repeat(42, (i) =>
    ellipse(
      {
        x: random.between(-REACH, REACH),
        y: top + random.between(20, DEPTH),
        rx: random.between(24, 58),
        ry: random.between(14, 30),
        rotate: random.between(-30, 30),
      },
      tones[i % 3]!,
      0.85,
    ),
  );
}

function stars(sitting: Sitting, top: number, color: Color): string {
  const random = sitting.random('stars');
  return repeat(40, () =>
    star(random.between(-REACH, REACH), top + random.between(40, DEPTH), random.between(8, 16), color),
  );
}

/** Five points, `r` from the middle to a tip. */
export function star(x: number, y: number, r: number, color: Color): string {
  const points = Array.from({ length: 10 }, (_, i) => {
    const a = -Math.PI / 2 + (i * Math.PI) / 5;
    const reach = i % 2 ? r * 0.42 : r;
    return `${i ? 'L' : 'M'}${n(x + Math.cos(a) * reach)} ${n(y + Math.sin(a) * reach)}`;
  });
  return fill(`${points.join('')}Z`, color);
}
