import { darken, lighten, mix } from '../drawing/colour.ts';
import type { Sitting } from '../drawing/sitting.ts';
import type { Costume } from '../person/dress-words.ts';
import type { Dress } from './dress.ts';
import { android } from './android.ts';
import { armour } from './armour.ts';
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
  const { costume, cloth: colour } = sitting.person;
  const draw: Readonly<Record<Costume, () => Dress>> = {
    suit: () => tailored(sitting, { cloth: colour, shirt: '#f4f3ef', tie: '#8f2f3d' }),
    blazer: () => tailored(sitting, { cloth: colour, shirt: '#fbfaf6', tie: '#a8323f', crest: true }),
    tweed: () =>
      tailored(sitting, {
        cloth: colour,
        shirt: '#efe7d6',
        tie: '#5d3b2c',
        weave: true,
        waistcoat: mix(colour, '#5a3a2a', 0.5),
      }),
    trench: () => trench(sitting, colour),
    coat: () => labCoat(sitting, colour),
    knit: () => knit(sitting, colour),
    tee: () => tee(sitting, colour),
    shirt: () => shirt(sitting, colour),
    hoodie: () => hoodie(sitting, colour),
    apron: () => apron(sitting, colour),
    dress: () => dress(sitting, colour),
    scarf: () => scarf(sitting, colour),
    jacket: () => jacket(sitting, colour),
    flight: () => flight(sitting, colour),
    spacesuit: () => spacesuit(sitting, colour),
    android: () => android(sitting, colour),
    techwear: () => techwear(sitting, colour),
    scout: () => scout(sitting, colour),
    armour: () => armour(sitting, colour),
    robe: () => robe(sitting, colour, lighten(darken(colour, 0.1), 0.04)),
    cloak: () => cloak(sitting, colour),
    gossamer: () => gossamer(sitting, colour),
    velvet: () => velvet(sitting, colour),
  };
  return draw[costume]();
}
