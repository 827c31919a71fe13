import type { Color } from '../drawing/color.ts';
import type { Sitting } from '../drawing/sitting.ts';
import type { Hat } from '../person/traits.ts';
import { bicorne, brimmedHat, tricorne, wizard } from './brims.ts';
import { beanie, beret, cap, flatCap, peakedCap, sailorCap, visorCap } from './caps.ts';
import { jester, judgeWig, mitre, partyHat } from './crests.ts';
import { combatHelmet, fireHelmet, hardHat, sportHelmet } from './helmets.ts';
import { hijab, hood } from './hoods.ts';
import { halo, knightHelmet, pithHelmet, ushanka, vikingHelmet } from './old-helmets.ts';
import { antlers, ears, feathers, headband, horns, laurel, tiara } from './ornaments.ts';
import { fez, mortarboard, nurseCap, santa, tightCap, toque } from './soft-hats.ts';
import { nemes, veil, wimple } from './veils.ts';
import type { Headwear } from './worn.ts';
import { bandana, bonnet, headscarf, turban } from './wraps.ts';
import { crown, flowers, headphones } from './wreaths.ts';

/** What the hair does under each: stays, is pressed flat under it, or disappears. `rise` is its height above the crown, figure units. */
export const HAT_FIT: Readonly<Record<Hat, { readonly hair: 'free' | 'covered' | 'hidden'; readonly rise: number }>> = {
  antlers: { hair: 'free', rise: 170 },
  bandana: { hair: 'covered', rise: 40 },
  beanie: { hair: 'covered', rise: 96 },
  beret: { hair: 'covered', rise: 60 },
  bicorne: { hair: 'covered', rise: 96 },
  boater: { hair: 'covered', rise: 60 },
  bonnet: { hair: 'covered', rise: 64 },
  bowler: { hair: 'covered', rise: 96 },
  bucket: { hair: 'covered', rise: 64 },
  bunnyears: { hair: 'free', rise: 190 },
  campaign: { hair: 'covered', rise: 120 },
  cap: { hair: 'covered', rise: 64 },
  catears: { hair: 'free', rise: 96 },
  combat: { hair: 'covered', rise: 70 },
  conical: { hair: 'covered', rise: 96 },
  cowboy: { hair: 'covered', rise: 110 },
  crown: { hair: 'free', rise: 64 },
  deerstalker: { hair: 'covered', rise: 72 },
  feathers: { hair: 'free', rise: 200 },
  fedora: { hair: 'covered', rise: 96 },
  fez: { hair: 'free', rise: 84 },
  firehelmet: { hair: 'covered', rise: 84 },
  flatcap: { hair: 'covered', rise: 44 },
  flowers: { hair: 'free', rise: 40 },
  halo: { hair: 'free', rise: 96 },
  hardhat: { hair: 'covered', rise: 72 },
  headband: { hair: 'free', rise: 40 },
  headphones: { hair: 'free', rise: 64 },
  headscarf: { hair: 'hidden', rise: 40 },
  helmet: { hair: 'covered', rise: 84 },
  hijab: { hair: 'hidden', rise: 44 },
  hood: { hair: 'free', rise: 96 },
  horns: { hair: 'free', rise: 120 },
  jester: { hair: 'covered', rise: 150 },
  judgewig: { hair: 'hidden', rise: 48 },
  laurel: { hair: 'free', rise: 40 },
  mitre: { hair: 'covered', rise: 170 },
  mortarboard: { hair: 'covered', rise: 80 },
  nemes: { hair: 'hidden', rise: 64 },
  nursecap: { hair: 'free', rise: 64 },
  party: { hair: 'free', rise: 190 },
  peaked: { hair: 'covered', rise: 78 },
  pith: { hair: 'covered', rise: 96 },
  sailorcap: { hair: 'covered', rise: 44 },
  santa: { hair: 'covered', rise: 120 },
  skullcap: { hair: 'free', rise: 40 },
  sombrero: { hair: 'covered', rise: 130 },
  sporthelmet: { hair: 'covered', rise: 76 },
  sunhat: { hair: 'covered', rise: 64 },
  surgical: { hair: 'hidden', rise: 60 },
  swimcap: { hair: 'hidden', rise: 40 },
  tiara: { hair: 'free', rise: 64 },
  tophat: { hair: 'covered', rise: 160 },
  toque: { hair: 'covered', rise: 170 },
  tricorne: { hair: 'covered', rise: 70 },
  turban: { hair: 'covered', rise: 106 },
  ushanka: { hair: 'covered', rise: 84 },
  veil: { hair: 'free', rise: 44 },
  viking: { hair: 'covered', rise: 140 },
  visorcap: { hair: 'free', rise: 40 },
  wimple: { hair: 'hidden', rise: 48 },
  wizard: { hair: 'covered', rise: 190 },
};

const front = (svg: string): Headwear => ({ behind: '', front: svg });

const DRAW: Readonly<Record<Hat, (sitting: Sitting, color: Color) => Headwear>> = {
  antlers,
  bandana,
  beanie,
  beret,
  bicorne,
  boater: (sitting, color) =>
    brimmedHat(sitting, color, { reach: 70, ends: -2, height: 112, crown: 'flat', taper: 0.98, band: '#8f2f3d' }),
  bonnet,
  bowler: (sitting, color) => brimmedHat(sitting, color, { reach: 52, ends: -26, height: 158, crown: 'round' }),
  bucket: (sitting, color) =>
    brimmedHat(sitting, color, { reach: 62, ends: 62, height: 126, crown: 'flat', taper: 0.8, band: null }),
  bunnyears: (sitting, color) => ears(sitting, color, 'bunnyears'),
  campaign: (sitting, color) => brimmedHat(sitting, color, { reach: 112, ends: 2, height: 188, crown: 'peaked' }),
  cap,
  catears: (sitting, color) => ears(sitting, color, 'catears'),
  combat: combatHelmet,
  conical: (sitting, color) =>
    brimmedHat(sitting, color, { reach: 150, ends: 44, height: 170, crown: 'cone', band: null }),
  cowboy: (sitting, color) => brimmedHat(sitting, color, { reach: 132, ends: -62, height: 174, crown: 'dented' }),
  crown: (sitting, color) => front(crown(sitting, color)),
  deerstalker: (sitting, color) => {
    const ends = brimmedHat(sitting, color, { reach: 34, ends: 40, height: 136, crown: 'round', band: null });
    return { ...ends, front: ends.front + flatCap(sitting, color).front };
  },
  feathers,
  fedora: (sitting, color) => brimmedHat(sitting, color, { reach: 96, ends: 4, height: 168, crown: 'dented' }),
  fez,
  firehelmet: fireHelmet,
  flatcap: flatCap,
  flowers: (sitting) => front(flowers(sitting)),
  halo,
  hardhat: hardHat,
  headband,
  headphones: (sitting, color) => front(headphones(sitting, color)),
  headscarf,
  helmet: knightHelmet,
  hijab,
  hood,
  horns,
  jester,
  judgewig: judgeWig,
  laurel,
  mitre,
  mortarboard,
  nemes,
  nursecap: nurseCap,
  party: partyHat,
  peaked: peakedCap,
  pith: pithHelmet,
  sailorcap: sailorCap,
  santa,
  skullcap: (sitting, color) => tightCap(sitting, color, 'skullcap'),
  sombrero: (sitting, color) =>
    brimmedHat(sitting, color, { reach: 190, ends: -44, height: 196, crown: 'peaked', taper: 0.7, band: '#b23a3c' }),
  sporthelmet: sportHelmet,
  sunhat: (sitting, color) => brimmedHat(sitting, color, { reach: 156, ends: 30, height: 132, crown: 'round' }),
  surgical: (sitting, color) => tightCap(sitting, color, 'surgical'),
  swimcap: (sitting, color) => tightCap(sitting, color, 'swimcap'),
  tiara,
  tophat: (sitting, color) =>
    brimmedHat(sitting, color, { reach: 58, ends: -14, height: 226, crown: 'flat', taper: 1.04, band: '#7a2a34' }),
  toque,
  tricorne,
  turban,
  ushanka,
  veil,
  viking: vikingHelmet,
  visorcap: visorCap,
  wimple,
  wizard,
};

const NONE: Headwear = { behind: '', front: '' };

export function drawHeadwear(sitting: Sitting): Headwear {
  const { hat, hatColor } = sitting.person;
  return hat === undefined ? NONE : DRAW[hat](sitting, hatColor);
}
