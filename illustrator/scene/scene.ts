import type { Color } from '../drawing/color.ts';
import { createDefinitions } from '../drawing/svg.ts';
import { createRandomStream } from '../person/seeded-random.ts';
import { bokeh, burst, felt, paper, pastel, plain } from './graphic.ts';
import { cockpit } from './cockpit.ts';
import { blinds, castle, cathedral, drape } from './halls.ts';
import { beach, dusk, hills, mountains, snow } from './landscapes.ts';
import { arcane, library } from './libraries.ts';
import { moonlit, night, space } from './night.ts';
import { cafe, clinic, home, lab, office, studio } from './rooms.ts';
import { city, desert, neon } from './urban.ts';
import { blossom, forest, garden } from './woods.ts';
import type { SceneName, Weather } from './scene-names.ts';
import { drawWeather } from './weather.ts';
import type { Scene, Stage } from './stage.ts';

const DRAW: Readonly<Record<SceneName, (stage: Stage) => Scene>> = {
  studio,
  office,
  clinic,
  library,
  cafe,
  home,
  city,
  garden,
  blossom,
  hills,
  beach,
  mountains,
  snow,
  cockpit,
  pastel,
  bokeh,
  felt,
  burst,
  plain,
  forest,
  arcane,
  cathedral,
  moonlit,
  castle,
  neon,
  lab,
  space,
  night,
  desert,
  drape,
  paper,
  blinds,
  dusk,
};

export function drawScene(
  name: SceneName,
  seed: number,
  width: number,
  height: number,
  accent: Color,
  weather?: Weather,
): Scene {
  const defs = createDefinitions('s');
  const scene = DRAW[name]({ width, height, defs, accent, random: createRandomStream(seed, `scene ${name}`) });
  const sky =
    weather === undefined
      ? ''
      : drawWeather(weather, { width, height, defs, accent, random: createRandomStream(seed, 'weather') });
  const near = scene.near + sky;
  return { softness: scene.softness, far: defs.text() + scene.far, near: near === '' ? '' : defs.text() + near };
}

/** Light that a set throws on the edges of the sitter, left and right. */
export const RIM_LIGHTS: Readonly<Partial<Record<SceneName, readonly [Color, Color]>>> = {
  neon: ['#ff4fb8', '#2fe9f5'],
  cockpit: ['#49e2ff', '#49e2ff'],
  forest: ['#f4ffbe', '#9cc070'],
  arcane: ['#9fd4ff', '#bda6ff'],
  cathedral: ['#fff0c8', '#ffd694'],
  castle: ['#ffd9a0', '#8f96b8'],
  moonlit: ['#a8d8ff', '#e6d4ff'],
  lab: ['#ffffff', '#c6ecff'],
  space: ['#9fd0ff', '#ffffff'],
  desert: ['#c8733a', '#ffe0a0'],
  drape: ['#ffdca6', '#30160c'],
  dusk: ['#ffe0b0', '#a8a6d8'],
  library: ['#ffdb98', '#6a4a30'],
  bokeh: ['#fff0d0', '#a8bcff'],
  office: ['#ffffff', '#e4eef4'],
  clinic: ['#ffffff', '#d6eef0'],
};
