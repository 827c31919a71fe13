import { darken, lighten, mix, type Color } from '../drawing/color.ts';
import type { Sitting } from '../drawing/sitting.ts';
import type { Costume } from '../person/traits.ts';
import { android } from './android.ts';
import { armor } from './armor.ts';
import type { Dress } from './dress.ts';
import { apron, dress, shirt, tee, turtleneck } from './everyday.ts';
import { flight, spacesuit } from './flight.ts';
import { cassock, frockcoat, judicial, overcoat, royal, uniform } from './formal.ts';
import { gossamer } from './gossamer.ts';
import { denim, puffer, raincoat, waistcoat } from './jackets.ts';
import { cardigan, sweater } from './knits.ts';
import { hoodie, jacket } from './outerwear.ts';
import { cloak, robe } from './robes.ts';
import { scout } from './scout.ts';
import { labCoat, tailored, trench } from './tailored.ts';
import { techwear } from './techwear.ts';
import { blouse, jersey, polo, tank } from './tops.ts';
import { velvet } from './velvet.ts';
import { chefcoat, firecoat, hivis, overalls, scrubs } from './workwear.ts';
import { bathrobe, habit, hero, kimono, poncho, sailorsuit, sari, toga } from './wraps.ts';

const DRAW: Readonly<Record<Costume, (sitting: Sitting, color: Color) => Dress>> = {
  android,
  apron,
  armor,
  bathrobe,
  blazer: (sitting, cloth) =>
    tailored(sitting, { cloth, shirt: shirtOf(sitting, '#fbfaf6'), tie: tieOf(sitting), crest: true }),
  blouse,
  cardigan,
  cassock,
  chefcoat,
  cloak,
  denim,
  dress,
  firecoat,
  flight,
  frockcoat,
  gossamer,
  habit,
  hero,
  hivis,
  hoodie,
  jacket,
  jersey,
  judicial,
  kimono,
  labcoat: labCoat,
  overalls,
  overcoat,
  polo,
  poncho,
  puffer,
  raincoat,
  robe: (sitting, color) => robe(sitting, color, lighten(darken(color, 0.1), 0.04)),
  royal,
  sailorsuit,
  sari,
  scout,
  scrubs,
  shirt,
  spacesuit,
  suit: (sitting, cloth) => tailored(sitting, { cloth, shirt: shirtOf(sitting, '#f4f3ef'), tie: tieOf(sitting) }),
  sweater,
  tank,
  techwear,
  tee,
  toga,
  trench,
  turtleneck,
  tuxedo: (sitting, cloth) =>
    tailored(sitting, { cloth, shirt: shirtOf(sitting, '#fbfaf7'), tie: tieOf(sitting), closed: true }),
  tweed: (sitting, cloth) =>
    tailored(sitting, {
      cloth,
      shirt: shirtOf(sitting, '#efe7d6'),
      tie: tieOf(sitting),
      weave: true,
      waistcoat: mix(cloth, '#5a3a2a', 0.5),
    }),
  uniform,
  velvet,
  waistcoat,
};

const shirtOf = ({ person }: Sitting, usual: Color): Color => person.under ?? usual;
const tieOf = ({ person }: Sitting): Color | undefined => person.worn.tie;

export const drawCostume = (sitting: Sitting): Dress => DRAW[sitting.person.costume](sitting, sitting.person.cloth);
