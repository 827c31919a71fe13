import type { Beard, HairKind } from '../../person/traits.ts';

/** Said before or after "hair"; alone they may mean anything. */
export const HAIR_STYLES: Readonly<Record<HairKind, string>> = {
  none: 'none hair',
  twinbuns: 'twin bun style',
  pigtails: 'pigtailed',
  mohawk: 'mohawked, spiked mohawk',
  dreads: 'dreaded, twisted, locked, dreadlocked',
  braid: 'braided, plaited, cornrowed, woven',
  ponytail: 'tied, tied back, pulled back, gathered, tied up, pulled up back',
  bun: 'up, pinned, pinned up, put up, piled, updo, pulled up, in an updo, beehive',
  afro: 'afro textured, kinky, coiled, natural coily, coily',
  ringlets: 'curled, ringleted, permed',
  curly: 'curly, curling, frizzy, in curler, in a perm, tight curly, curlier, tousled curly, curl, wild',
  undercut: `undercut style, shaved sides, shaved side, faded, side shaved, shaved on the side, half shaved, shaved on one
    side`,
  spiky: 'spiky, spiked, spikey, punk, pointy, gelled up, standing up, electrified',
  slick: `slicked, slicked back, slick, combed back, greased, gelled, gelled back, brushed back, oiled, sleek, neatly
    combed`,
  swept: `swept, swept back, side parted, side swept, sculpted, parted, windswept, wind swept, combed over, styled,
    combed, voluminous swept`,
  buzz: 'buzzed, cropped, close cropped, shorn, shaved, very short, thinning, balding, stubbly, military, receding',
  pixie: 'pixie cut, boyish, gamine, elfin',
  bob: 'chin length, bobbed, jaw length, in a bob',
  wavy: 'wavy, loose, flowing wavy, beachy, tousled, wave, messy long, tumbling',
  long: `long, flowing, waist length, hip length, very long, long straight, down, down to the waist, floor length,
    rapunzel`,
  medium: 'medium, shoulder length, medium length, mid length, shoulder long, shaggy, neck length',
  bangs: 'with bangs, fringed',
  short: 'short, simple, blocky, neat, messy, tidy, untidy, unruly, tousled short, ruffled, scruffy, choppy',
};

/** Nouns that are hair whatever stands next to them. */
export const HAIR_NOUNS: Readonly<Partial<Record<HairKind, string>>> = {
  none: `bald, shaved head, bald head, hairless, baldy, head shaved, bald headed, bald man, no hair at all, shaven head,
    shaved scalp, bald pate, shaven headed`,
  twinbuns: 'twin bun, space bun, two bun, odango, double bun, hair bun pair, buns hairstyle',
  pigtails: `pigtail, twintail, twin tail, two braid, twin braid, two pigtail, bunches, pippi braid, two ponytail, twin
    ponytail, double braid`,
  mohawk: 'mohawk, mohican, iroquois, fauxhawk, faux hawk, liberty spike',
  dreads: 'dreadlocks, dreads, dread, locs, dreadlock, twists',
  braid: `braid, plait, cornrow, box braid, french braid, side braid, fishtail braid, crown braid, braided crown, long
    braid, fishtail, milkmaid braid`,
  ponytail: 'ponytail, pony tail, high ponytail, low ponytail, side ponytail, rat tail',
  bun: `bun, updo, topknot, top knot, chignon, man bun, messy bun, beehive, hair bun, french twist, bouffant, high bun,
    beehive hairdo, samurai bun, hair knot`,
  afro: 'afro, afro puff, fro, natural hair, coil',
  ringlets: 'ringlet, perm, permanent wave, shirley temple curls',
  curly: 'curl, curly locks, jheri curl, mop of curl, curly mop, curly head',
  undercut: 'undercut, fade, side cut, sidecut, high top fade, taper fade, skin fade, shaved sides',
  spiky: 'spike, spiky hairdo',
  slick: 'comb over, combover, pomade, slick back',
  swept: 'pompadour, quiff, side parting, side part, ducktail, elvis hair, pomp, middle parting',
  buzz: `buzz cut, buzzcut, crew cut, crewcut, military cut, induction cut, receding hairline, crop cut, stubble hair,
    caesar cut, flattop, flat top, tonsure`,
  pixie: 'pixie, pixie cut, pixie crop, pixie haircut',
  bob: 'bob, bob cut, bobcut, lob, page boy, pageboy, bob haircut, long bob, flapper bob',
  wavy: 'beach wave, wave, mermaid hair, tresses, wavy locks',
  long: 'mane, waist length locks, long locks, hime cut, flowing locks',
  medium: 'mullet, shag, shag cut, curtain hair, wolf cut, surfer hair, curtains hairstyle',
  bangs: `bangs, bowl cut, fringe, blunt bangs, curtain bangs, mop top, bowl haircut, moptop, pudding bowl cut, full
    fringe`,
};
export const HAIR_WORDS = `hair, haircut, hairstyle, hairdo, lock, coiffure, hairs, strand, mop, head of hair, tuft`;

export const BEARD_NAMES: Readonly<Record<Exclude<Beard, 'none'>, string>> = {
  stubble: `stubble, unshaven, five o clock shadow, three day beard, designer stubble, stubbly, day old beard,
    scruff, light
    stubble, shadow beard, stubbled, 3 day beard, bristle`,
  short: `short beard, trimmed beard, boxed beard, chin curtain, neat beard, stubble beard, chinstrap, cropped beard,
    groomed beard, corporate beard`,
  full: `beard, facial hair, full beard, bushy beard, beards, whisker, whiskers, mutton chop, muttonchop, sideburn, thick
    beard, braided beard, bearded, side whisker`,
  long: `long beard, flowing beard, wizard beard, huge beard, santa beard, viking beard, zz top beard, long bearded,
    waist length beard`,
  goatee: `goatee, soul patch, van dyke, vandyke, chin beard, pointed beard, pointy beard, goatee beard, van dyke beard,
    musketeer beard, circle beard, goateed`,
  moustache: `mustache, handlebar, handlebar mustache, pencil mustache, walrus mustache, fu manchu, mustached,
    curled mustache, moustaches,
    waxed mustache, twirled mustache, dali mustache, horseshoe mustache, toothbrush mustache`,
};
/** What of these chooses a longer or shorter beard when it stands before the word. */
export const LONG_BEARD: ReadonlySet<string> = new Set([
  'long',
  'huge',
  'enormous',
  'flowing',
  'very long',
  'giant',
  'massive',
]);
export const SHORT_BEARD: ReadonlySet<string> = new Set([
  'short',
  'trimmed',
  'neat',
  'cropped',
  'groomed',
  'close cropped',
]);
export const SHAVEN = `clean shaven, clean shaven face, cleanshaven, smooth shaven, freshly shaven, freshly shaved,
    smooth cheeked,
    clean shaved, shaven face, shaved face, shaven, smooth chin, clean chin`;
