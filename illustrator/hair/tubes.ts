import { lighten } from '../drawing/color.ts';
import { between, n, openPath, pointAt, type Curve } from '../drawing/geometry.ts';
import { inkFor, type Sitting } from '../drawing/sitting.ts';
import { ellipse, fill, line, repeat } from '../drawing/svg.ts';

/** A round lock: dreadlock, twist. */
export function drawTube({ palette, manner, ...rest }: Sitting, curve: Curve, width: number, tone: number): string {
  const sitting = { palette, manner, ...rest };
  const path = openPath(curve);
  const base = tone < 0 ? palette.hairShade : palette.hair;
  const edge = manner.lineWidth > 0 ? inkFor(sitting, palette.hair) : palette.hairDeep;
  const wraps =
    manner.eyes === 'dot'
      ? ''
      : `<path d="${path}" fill="none" stroke="${palette.hairDeep}" stroke-width="${n(width * 0.7)}" stroke-dasharray="3 19" stroke-opacity=".3"/>` +
        line(path, palette.hairLight, width * 0.3, 0.22);
  return line(path, edge, width + (manner.lineWidth || 3)) + line(path, base, width) + wraps;
}

/** A plait: pairs of lozenges down a curve, thinning to a tied end. */
export function drawBraid(sitting: Sitting, curve: Curve, width: number, links: number): string {
  const { palette, manner, defs } = sitting;
  const ink = inkFor(sitting, palette.hair);
  const paint =
    manner.shading === 'soft'
      ? defs.radial(
          [
            [0, lighten(palette.hair, 0.2)],
            [0.55, palette.hair],
            [1, palette.hairDeep],
          ],
          0.36,
          0.3,
          0.8,
        )
      : palette.hair;
  const link = (i: number): string => {
    const t = i / links;
    const [x, y] = pointAt(curve, t);
    const size = width * (1 - t * 0.42);
    const lobe = (s: 1 | -1): string => {
      const shape = {
        x: x + s * size * 0.3,
        y: y + (s > 0 ? size * 0.26 : 0),
        rx: size * 0.44,
        ry: size * 0.62,
        rotate: s * -34,
      };
      const rim = ellipse(
        { ...shape, rx: shape.rx + (manner.lineWidth || 2.4) * 0.6, ry: shape.ry + (manner.lineWidth || 2.4) * 0.6 },
        manner.lineWidth ? ink : palette.hairDeep,
      );
      return rim + ellipse(shape, paint);
    };
    return lobe(-1) + lobe(1);
  };
  const [ex, ey] = pointAt(curve, 1);
  const tuft = fill(
    `M${n(ex - 8)} ${n(ey)}Q${n(ex - 14)} ${n(ey + 26)} ${n(ex)} ${n(ey + 44)}Q${n(ex + 14)} ${n(ey + 26)} ${n(ex + 8)} ${n(ey)}Z`,
    palette.hair,
  );
  return tuft + repeat(links, link) + ellipse({ x: ex, y: ey, rx: 10, ry: 7 }, '#c9a24a');
}

/** A rounded bundle of hair: bun, knot. */
export function drawBall(sitting: Sitting, x: number, y: number, radius: number): string {
  const { palette, manner, defs } = sitting;
  const rim =
    manner.lineWidth > 0
      ? ellipse(
          { x, y, rx: radius + manner.lineWidth / 2, ry: radius * 0.92 + manner.lineWidth / 2 },
          inkFor(sitting, palette.hair),
        )
      : '';
  const paint =
    manner.shading === 'soft'
      ? defs.radial(
          [
            [0, lighten(palette.hair, 0.22)],
            [0.5, palette.hair],
            [1, palette.hairDeep],
          ],
          0.36,
          0.3,
          0.78,
        )
      : palette.hair;
  const turns =
    manner.eyes === 'dot'
      ? ''
      : [0.35, 0.62, 0.84]
          .map((r) => {
            const arc = `M${n(x - radius * r)} ${n(y + radius * 0.3 * r)}Q${n(x - radius * r * 0.6)} ${n(y - radius * r)} ${n(x + radius * r * 0.7)} ${n(y - radius * 0.62 * r)}`;
            return (
              line(arc, palette.hairDeep, manner.lineWidth || 2.6, 0.5) +
              line(arc.replace('M', 'M'), palette.hairLight, 2.2, 0)
            );
          })
          .join('');
  const light =
    manner.shading === 'cel'
      ? ellipse(
          { x: x - radius * 0.3, y: y - radius * 0.42, rx: radius * 0.34, ry: radius * 0.16, rotate: -28 },
          palette.hairLight,
          0.7,
        )
      : '';
  return rim + ellipse({ x, y, rx: radius, ry: radius * 0.92 }, paint) + turns + light;
}

/** Curls as a cloud of discs, each with its own light. Points are [x, y, radius]. */
export function drawCurls(sitting: Sitting, curls: readonly (readonly [number, number, number])[]): string {
  const { palette, manner, defs } = sitting;
  const paint =
    manner.shading === 'soft'
      ? defs.radial(
          [
            [0, lighten(palette.hair, 0.16)],
            [0.6, palette.hair],
            [1, palette.hairShade],
          ],
          0.36,
          0.3,
          0.75,
        )
      : palette.hair;
  const ink = inkFor(sitting, palette.hair);
  const rims =
    manner.lineWidth > 0
      ? curls
          .map(([x, y, r]) => ellipse({ x, y, rx: r + manner.lineWidth / 2, ry: r + manner.lineWidth / 2 }, ink))
          .join('')
      : '';
  const discs = curls.map(([x, y, r], i) => {
    const disc = ellipse({ x, y, rx: r, ry: r }, paint);
    if (manner.eyes === 'dot') return disc;
    const [sx, sy] = between([x - r * 0.62, y + r * 0.2], [x - r * 0.4, y + r * 0.5], (i % 3) / 3);
    const arc = `M${n(sx)} ${n(sy)}a${n(r * 0.62)} ${n(r * 0.62)} 0 1 1 ${n(r * 0.9)} ${n(r * 0.36)}`;
    const inner = `M${n(x - r * 0.1)} ${n(y + r * 0.16)}a${n(r * 0.26)} ${n(r * 0.26)} 0 1 1 ${n(r * 0.4)} ${n(r * 0.1)}`;
    return (
      disc +
      line(arc, i % 2 ? palette.hairLight : palette.hairDeep, manner.lineWidth ? 3 : 2.6, 0.42) +
      line(inner, palette.hairDeep, 2, 0.3)
    );
  });
  return rims + discs.join('');
}
