import type { Meaning } from '../meaning.ts';
import { SHAVEN } from './hair.ts';

/** Parts of the body, and adjectives that say as much as a noun with "with". */
export const BODY_WORDS: readonly (readonly [Meaning, string])[] = [
  [{ is: 'eyes' }, 'eye, iris, pupil'],
  [{ is: 'eyes', adjective: true }, 'eyed'],
  [{ is: 'skin' }, 'skin, complexion, skin tone, skin color'],
  [{ is: 'skin', adjective: true }, 'skinned, complexioned'],
  [{ is: 'face' }, 'face'],
  [{ is: 'face', adjective: true }, 'faced'],
  [{ is: 'lips' }, 'lip, mouth'],
  [{ is: 'hair', adjective: true }, 'haired'],
  [{ is: 'hair', kind: 'braid', adjective: true }, 'braided hair'],
  [{ is: 'hair', color: 'brunette' }, 'brunette'],
  [{ is: 'hair', color: 'red' }, 'redhead, red head, redheaded, carrot top, red headed'],
  [{ is: 'hair', color: 'blond' }, 'blondie, towhead'],
  [{ is: 'hair', color: 'ginger' }, 'gingerhead'],
  [{ is: 'beard', beard: 'full', adjective: true }, 'bearded, beardy, bewhiskered'],
  [{ is: 'beard', beard: 'moustache', adjective: true }, 'mustached'],
  [{ is: 'beard', beard: 'stubble', adjective: true }, 'unshaven, stubbled'],
  [{ is: 'eyewear', eyewear: 'glasses', adjective: true }, 'bespectacled, spectacled'],
  [{ is: 'hat', hat: 'hood', adjective: true }, 'hooded, cowled'],
  [{ is: 'hat', hat: 'turban', adjective: true }, 'turbaned'],
  [{ is: 'hat', hat: 'veil', adjective: true }, 'veiled'],
  [{ is: 'hat', hat: 'crown', adjective: true }, 'crowned'],
  [{ is: 'hat', hat: 'hijab', adjective: true }, 'hijabi'],
  [{ is: 'hat', hat: 'horns', adjective: true }, 'horned'],
  [{ is: 'accessory', accessory: 'plume', adjective: true }, 'plumed, feathered'],
  [{ is: 'accessory', accessory: 'freckles', adjective: true }, 'freckled, freckly'],
  [{ is: 'accessory', accessory: 'scar', adjective: true }, 'scarred'],
  [{ is: 'accessory', accessory: 'tattoo', adjective: true }, 'tattooed, inked'],
  [{ is: 'accessory', accessory: 'mask', adjective: true }, 'masked'],
  [{ is: 'garment', costume: 'cloak', adjective: true }, 'cloaked, caped'],
  [{ is: 'garment', costume: 'armor', adjective: true }, 'armored'],
  [{ is: 'generic', name: 'robe', adjective: true }, 'robed'],
  [{ is: 'garment', costume: 'suit', adjective: true }, 'suited'],
  [{ is: 'generic', name: 'uniform', adjective: true }, 'uniformed'],
  [
    { is: 'clothes' },
    `clothes, clothing, garment, garb, outfit, costume, attire, regalia, getup, ensemble, finery,
    wardrobe, apparel, outerwear, suit of clothes, dresswear`,
  ],
];

/** Said to be not there. */
export const BARE_WORDS: readonly (readonly [Meaning, string])[] = [
  [
    { is: 'bare', part: 'head' },
    `bare head, bareheaded, bare headed, hatless, hood down, hat off, head uncovered,
    uncovered head, helmet off`,
  ],
  [{ is: 'bare', part: 'eyes' }, 'bare eyes, bare eye'],
  [{ is: 'bare', part: 'chin' }, SHAVEN],
  [{ is: 'bare', part: 'jewelry' }, 'plain unadorned clothes, unadorned clothes, no jewelry'],
  [{ is: 'bare', part: 'skin' }, 'smooth skin, clear skin, flawless skin, unblemished skin'],
  [{ is: 'bare', part: 'neck' }, 'open collar, open necked, tieless'],
  [
    { is: 'ignored' },
    `natural bare skin, bare empty hands, clean unmarked surface, even light, everything in focus, black
    and white tones`,
  ],
];
