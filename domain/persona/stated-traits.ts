import type { AgeRange, Gender } from './attributes.ts';

/**
 * What prompts say about a person without setting the attribute, as patterns that JavaScript and Postgres understand alike. They are
 * applied to texts in lower case.
 */
interface Stated {
  readonly anywhere: string;
  /** Only where a description begins: "an old sailor", but not "a sailor in an old coat". */
  readonly first?: string;
}

const GENDER: Readonly<Record<Gender, Stated>> = {
  woman: {
    anywhere:
      '(?:\\w*woman|lady|girl|female|she|her|mother|grandmother|grandma|daughter|sister|aunt|wife|widow|queen|princess|duchess|countess|empress|goddess|priestess|sorceress|witch|nun|actress|waitress|heroine|huntress|ballerina|bride|mermaid|matriarch|maiden)',
  },
  man: {
    anywhere:
      '(?:(?:fisher|hunts|noble|business|sales|crafts|swords|gentle|horse|police|fire|chair|congress|cave|strong|woods|clergy)?man|boy|guy|male|he|his|father|grandfather|grandpa|son|brother|uncle|husband|widower|king|prince|duke|emperor|monk|priest|wizard|actor|waiter|groom|merman|patriarch|lad|bearded)',
  },
  nonbinary: { anywhere: '(?:non-?binary|enby|androgynous|genderqueer|agender)' },
};

const age = (tens: string, word: string) =>
  `(?:${tens}[0-9](?: |-)?(?:years?|yrs?|yo|y/o)|${tens}0s|${word}|aged ${tens}[0-9])`;

const AGE: Readonly<Record<AgeRange, Stated>> = {
  '20s': { anywhere: age('2', 'twenties'), first: '(?:young|youthful)' },
  '30s': { anywhere: age('3', 'thirties') },
  '40s': { anywhere: age('4', 'forties'), first: 'middle-?aged' },
  '50s': { anywhere: age('5', 'fifties') },
  '60+': {
    anywhere: `(?:${age('[6-9]', 'sixties|seventies|eighties|nineties')}|grandmother|grandfather|grandma|grandpa|crone)`,
    first: '(?:old|elderly|aged|ancient)',
  },
};

/** Between the beginning of a sentence and its first adjective. */
const OPENING =
  '(?:^|[.:;!?] )(?:(?:portrait|photo|photograph|image|painting|drawing) of )?(?:an? |the |my |one )?(?:very )?';

const patternOf = ({ anywhere, first }: Stated): string => {
  const whole = `(?:^|[^a-z0-9_])${anywhere}(?:$|[^a-z0-9_])`;
  return first === undefined ? whole : `${whole}|${OPENING}${first}(?:$|[^a-z0-9_])`;
};

/** Matches prompts, in lower case, that speak of such a person. */
export const genderPattern = (gender: Gender): string => patternOf(GENDER[gender]);
export const ageRangePattern = (range: AgeRange): string => patternOf(AGE[range]);
