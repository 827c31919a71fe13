import { bodyOf, neckY } from '../costume/cloth.ts';
import { darken, lighten, mix, type Color } from '../drawing/color.ts';
import { n } from '../drawing/geometry.ts';
import { inkFor, type Sitting } from '../drawing/sitting.ts';
import { ellipse, fill, group, line } from '../drawing/svg.ts';
import type { Accessory } from '../person/traits.ts';

/** Animals that sit on a shoulder; the one towards which the face does not turn. */
export const COMPANIONS: Readonly<Partial<Record<Accessory, (sitting: Sitting, color: Color) => string>>> = {
  parrot: (sitting, color) => seated(sitting, parrot(sitting, color)),
  raven: (sitting, color) => seated(sitting, raven(sitting, color)),
  owl: (sitting, color) => seated(sitting, owl(sitting, color)),
  cat: (sitting, color) => seated(sitting, cat(sitting, color)),
};

/** Animals are drawn around their feet, facing right, about 200 units tall. */
function seated(sitting: Sitting, animal: string): string {
  const body = bodyOf(sitting);
  const side = sitting.person.turn >= 0 ? -1 : 1;
  // Beside the head also where heads are large and shoulders narrow.
  const x = side * Math.max(Math.min(body.shoulder * 0.92, 205), sitting.head.cheek + 50);
  const size = sitting.manner.head === 'chibi' ? 0.82 : 1.02;
  const y = neckY(sitting) + 62 - (1 - body.shoulder / 240) * 10;
  return group(animal, `transform="translate(${n(x)} ${n(y)}) scale(${-side * size} ${size})"`);
}

const edge = (sitting: Sitting, path: string, color: Color): string =>
  sitting.manner.lineWidth ? line(path, inkFor(sitting, color), sitting.manner.lineWidth * 0.8) : '';

const part = (sitting: Sitting, path: string, color: Color): string => fill(path, color) + edge(sitting, path, color);

const eye = (x: number, y: number, r: number): string =>
  ellipse({ x, y, rx: r, ry: r }, '#fbf7ee') +
  ellipse({ x: x + 1, y, rx: r * 0.55, ry: r * 0.6 }, '#17131c') +
  ellipse({ x: x - 1, y: y - r * 0.3, rx: r * 0.2, ry: r * 0.2 }, '#ffffff');

const feet = (color: Color): string => line('M-18 -6v14m-8 0h20M14 -6v14m-8 0h20', color, 8);

function parrot(sitting: Sitting, color: Color): string {
  const wing = mix(color, '#2f6fc8', 0.86);
  return (
    part(sitting, 'M-30 -20L-62 130L-34 140L-4 4Z', darken(color, 0.2)) +
    part(sitting, 'M-46 -60Q-52 -150 4 -168Q58 -158 50 -84Q46 -20 4 4Q-38 -6 -46 -60Z', color) +
    part(sitting, 'M-40 -78Q-8 -92 6 -40Q2 -2 -40 30Q-58 -30 -40 -78Z', wing) +
    fill('M-34 -34Q-8 -40 2 -20Q-6 6 -34 20Z', '#e6b93a') +
    part(sitting, 'M-14 -186Q34 -214 60 -172Q66 -130 22 -122Q-24 -130 -14 -186Z', lighten(color, 0.08)) +
    ellipse({ x: 32, y: -164, rx: 20, ry: 19 }, '#f8f2e4') +
    part(sitting, 'M50 -186Q86 -180 78 -132Q66 -148 48 -150Z', '#2b2a2f') +
    eye(32, -168, 9) +
    feet('#4a4a4e')
  );
}

function raven(sitting: Sitting, color: Color): string {
  const light = lighten(color, 0.2);
  return (
    part(sitting, 'M-30 -24L-74 96L-40 100L-4 0Z', darken(color, 0.3)) +
    part(sitting, 'M-46 -56Q-50 -140 4 -156Q56 -146 50 -78Q44 -18 4 4Q-38 -6 -46 -56Z', color) +
    part(sitting, 'M-42 -76Q-8 -92 8 -44Q-2 0 -48 36Q-62 -30 -42 -76Z', light) +
    part(sitting, 'M-14 -172Q28 -200 54 -164Q58 -122 18 -116Q-24 -124 -14 -172Z', color) +
    part(sitting, 'M48 -172L106 -148L46 -138Z', '#3a3a40') +
    eye(30, -158, 8) +
    feet('#3a3a40')
  );
}

function owl(sitting: Sitting, color: Color): string {
  const pale = lighten(color, 0.5);
  const tuft = (s: 1 | -1): string =>
    part(sitting, `M${s * 24} -176L${s * 62} -216L${s * 60} -156Z`, darken(color, 0.2));
  return (
    tuft(-1) +
    tuft(1) +
    part(sitting, 'M-60 -90Q-70 -196 0 -198Q70 -196 60 -90Q58 -8 0 4Q-58 -8 -60 -90Z', color) +
    ellipse({ x: 0, y: -56, rx: 38, ry: 50 }, pale) +
    line(
      'M-18 -80l8 8l8 -8M2 -80l8 8l8 -8M-10 -52l8 8l8 -8M-20 -26l8 8l8 -8M4 -26l8 8l8 -8',
      darken(color, 0.3),
      4.5,
      0.7,
    ) +
    part(sitting, 'M-58 -100Q-30 -80 -42 -10Q-66 -30 -58 -100Z', darken(color, 0.25)) +
    part(sitting, 'M58 -100Q30 -80 42 -10Q66 -30 58 -100Z', darken(color, 0.25)) +
    ellipse({ x: -25, y: -146, rx: 29, ry: 29 }, pale) +
    ellipse({ x: 25, y: -146, rx: 29, ry: 29 }, pale) +
    ellipse({ x: -24, y: -146, rx: 18, ry: 18 }, '#f0b43a') +
    ellipse({ x: 24, y: -146, rx: 18, ry: 18 }, '#f0b43a') +
    ellipse({ x: -24, y: -146, rx: 10, ry: 10 }, '#17131c') +
    ellipse({ x: 24, y: -146, rx: 10, ry: 10 }, '#17131c') +
    part(sitting, 'M-9 -134L9 -134L0 -108Z', '#d8902c') +
    feet('#c9942f')
  );
}

function cat(sitting: Sitting, color: Color): string {
  const pink: Color = '#e9a3ac';
  const ear = (s: 1 | -1): string =>
    part(sitting, `M${s * 12} -164L${s * 46} -216L${s * 58} -146Z`, color) +
    fill(`M${s * 24} -166L${s * 43} -196L${s * 49} -154Z`, pink);
  return (
    line('M-44 -20C-110 -20 -116 60 -78 92', darken(color, 0.1), 24) +
    part(sitting, 'M-54 -50Q-52 -120 0 -124Q54 -120 52 -44Q50 8 0 10Q-52 8 -54 -50Z', color) +
    ear(-1) +
    ear(1) +
    part(sitting, 'M-60 -132Q-54 -188 0 -190Q54 -188 60 -132Q54 -84 0 -80Q-54 -84 -60 -132Z', lighten(color, 0.06)) +
    [-24, 24]
      .map(
        (x) => ellipse({ x, y: -138, rx: 14, ry: 15 }, '#b8cf52') + ellipse({ x, y: -138, rx: 5, ry: 13 }, '#17131c'),
      )
      .join('') +
    fill('M-8 -116h16l-8 10Z', pink) +
    line('M0 -106q-10 12 -20 4M0 -106q10 12 20 4', '#17131c', 3.6, 0.8) +
    line('M-30 -112l-44 -8M-30 -104l-42 6M30 -112l44 -8M30 -104l42 6', '#f3efe8', 2.6, 0.8) +
    ellipse({ x: -22, y: 4, rx: 18, ry: 14 }, lighten(color, 0.14)) +
    ellipse({ x: 22, y: 4, rx: 18, ry: 14 }, lighten(color, 0.14))
  );
}
