import { darken, lighten, mix } from '../drawing/color.ts';
import type { Sitting } from '../drawing/sitting.ts';
import type { Costume } from '../person/dress-words.ts';
import type { Dress } from './dress.ts';
import { android } from './android.ts';
import { armor } from './armor.ts';
import { apron, dress, knit, shirt, tee } from './everyday.ts';
import { flight, spacesuit } from './flight.ts';
import { gossamer } from './gossamer.ts';
import { hoodie, jacket, scarf } from './outerwear.ts';
import { cloak, robe } from './robes.ts';
import { scout } from './scout.ts';
import { labCoat, tailored, trench } from './tailored.ts';
import { techwear } from './techwear.ts';
import { velvet } from './velvet.ts';

export function drawCostume(sitting: Sitting): Dress {
  const { costume, cloth: color } = sitting.person;
  const draw: Readonly<Record<Costume, () => Dress>> = {
    suit: () => tailored(sitting, { cloth: color, shirt: '#f4f3ef', tie: '#8f2f3d' }),
    blazer: () => tailored(sitting, { cloth: color, shirt: '#fbfaf6', tie: '#a8323f', crest: true }),
    tweed: () =>
      tailored(sitting, {
        cloth: color,
        shirt: '#efe7d6',
        tie: '#5d3b2c',
        weave: true,
        waistcoat: mix(color, '#5a3a2a', 0.5),
      }),
    trench: () => trench(sitting, color),
    coat: () => labCoat(sitting, color),
    knit: () => knit(sitting, color),
    tee: () => tee(sitting, color),
    shirt: () => shirt(sitting, color),
    hoodie: () => hoodie(sitting, color),
    apron: () => apron(sitting, color),
    dress: () => dress(sitting, color),
    scarf: () => scarf(sitting, color),
    jacket: () => jacket(sitting, color),
    flight: () => flight(sitting, color),
    spacesuit: () => spacesuit(sitting, color),
    android: () => android(sitting, color),
    techwear: () => techwear(sitting, color),
    scout: () => scout(sitting, color),
    armor: () => armor(sitting, color),
    robe: () => robe(sitting, color, lighten(darken(color, 0.1), 0.04)),
    cloak: () => cloak(sitting, color),
    gossamer: () => gossamer(sitting, color),
    velvet: () => velvet(sitting, color),
  };
  return draw[costume]();
}
