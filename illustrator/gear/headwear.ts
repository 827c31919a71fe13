import { mix } from '../drawing/color.ts';
import type { Sitting } from '../drawing/sitting.ts';
import { beanie, cap, fedora, wizard } from './hats.ts';
import type { Headwear } from './worn.ts';
import { hijab, hood } from './hoods.ts';
import { crown, flowers, headphones } from './wreaths.ts';

const NONE: Headwear = { behind: '', front: '' };

export function drawHeadwear(sitting: Sitting): Headwear {
  switch (sitting.person.hat) {
    case undefined:
      return NONE;
    case 'fedora':
      return fedora(
        sitting,
        sitting.person.costume === 'trench' ? '#4a423a' : mix(sitting.person.cloth, '#3a342f', 0.4),
      );
    case 'beanie':
      return beanie(sitting, mix(sitting.person.cloth, '#b5483a', 0.5));
    case 'cap':
      return cap(sitting, mix(sitting.person.cloth, '#2f5f9a', 0.4));
    case 'wizard':
      return wizard(sitting, sitting.person.cloth);
    case 'crown':
      return { behind: '', front: crown(sitting) };
    case 'flowers':
      return { behind: '', front: flowers(sitting) };
    case 'hijab':
      return hijab(sitting, mix(sitting.person.cloth, '#e9ddcc', 0.25));
    case 'headphones':
      return { behind: '', front: headphones(sitting) };
    case 'hood':
      return hood(sitting, sitting.person.cloth);
  }
}
