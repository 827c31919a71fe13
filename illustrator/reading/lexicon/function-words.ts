import type { Meaning } from '../meaning.ts';

const relation = (name: Extract<Meaning, { is: 'relation' }>['relation']): Meaning => ({
  is: 'relation',
  relation: name,
});

/** Words that join others. */
export const FUNCTION_WORDS: readonly (readonly [Meaning, string])[] = [
  [{ is: 'determiner' }, 'a, an, the, his, her, their, its, my, your, our, some, this, that, both, another, one'],
  [{ is: 'and' }, 'and, or, nor, plus'],
  [{ is: 'but' }, 'but, except, although, though, yet'],
  [
    { is: 'not' },
    `no, not, without, never, none, lacks, lacking, minus, isn't, aren't, doesn't, don't, wasn't, hasn't,
    haven't, didn't, can't, neither, missing, free of, sans, rather than, instead of, removed, no longer, doesnt,
    isnt, dont`,
  ],
  [
    { is: 'link' },
    `is, are, was, were, dyed, colored, tinted, painted, the color of, in the color of, in shades of,
    in a shade of, made of, of color`,
  ],
  [{ is: 'possessive' }, "'s"],
  [{ is: 'stop' }, ','],
  [{ is: 'stop' }, '., ;, !, ?, (, ), /'],
  [{ is: 'colon' }, ':'],
  [{ is: 'matching' }, 'matching, same colored, same color'],

  [
    relation('with'),
    `with, has, have, having, featuring, sporting, under, over, above, beneath, behind, beside,
    near, next to,
    by, after, before, across, through, between, around, along, beyond, on top of, topped with, covered in,
    covered with, decorated with, adorned with, trimmed with, plus a`,
  ],
  [relation('in'), 'in, inside, dressed in, clad in, clothed in, all in, wrapped in, entirely in, head to toe in'],
  [relation('of'), 'of, for, about, from, made from'],
  [
    relation('at'),
    `at, on, against, in front of, against a, amid, amidst, among, outside, towards, onto, upon,
    into, out of`,
  ],
  [
    relation('wear'),
    `wearing, wear, wears, dressed, wore, clad, dons, donning, rocking, in a pair of, clothed, puts on`,
  ],
  [
    relation('hold'),
    `holding, hold, holds, carrying, carries, riding, rides, playing, plays, eating, eats,
    drinking, drinks,
    driving, wielding, swinging, stroking, hugging, walking, feeding, petting, gripping, raising, pointing, throwing,
    catching, petting, clutching, armed with, accompanied by, brandishing, petting, cuddling, chasing, reading, lifting,
    pushing, pulling, sitting on, sitting in, standing on, leaning on, kicking, cooking, strumming, juggling`,
  ],
  [
    relation('like'),
    `like, as, similar to, in the style of, by the style of, inspired by, reminiscent of, so, than,
    looks like,
    such as, resembling`,
  ],
];
