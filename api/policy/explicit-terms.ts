import { collapseDuplicatesTransformer, DataSet, englishDataset, parseRawPattern, RegExpMatcher } from 'obscenity';
import type { FindExplicit } from '#domain/moderation/prompt-policy.ts';

/**
 * The library's words that have an everyday meaning too (birds, nuts, names, blood groups), or whose patterns sit inside harmless
 * words ("Georgy", "artisanal", "cummerbund", "Babich"). Those that matter are said anew below.
 */
const TOO_WIDE = new Set(
  `abo abeed anal anus arse ass bastard bestiality bitch bollocks boob boonga cock cuck cum dick dyke fag fuck hooker incest jerk~off kike negro orgasm
  orgy penis piss porn prick rape scat semen sex shit slut spastic tit turd vagina wank`
    .split(/\s+/u)
    .map((word) => word.replace('~', ' ')),
);

/** Slurs among the words that are left; all others are explicit. */
export const SLURS: ReadonlySet<string> = new Set([
  'africoon',
  'arabush',
  'chingchong',
  'chink',
  'nigger',
  'retard',
  'tranny',
  'slur',
]);

/** A bar is a word's edge. Doubled letters are written once where the library folds them. */
const EXPLICIT_AGAIN = `fuck,|fck|,|fuk|,|shit|,|shits|,|shity|,bullshit,|butplug,|fingerbang,|finger bang,|jerkof|,|jiz|,|anal|,|anus|,|asshole,|arsehole,|bestiality|,|zoophilia|,|bitch|,|bitches|,
  |boob|,|boobs|,|cocksuck,|big cock|,|huge cock|,|hard cock|,|dick pic,|big dick|,|huge dick|,|hard dick|,|cum|,|cuming|,|cumshot,|incest,
  |orgasm,|orgy|,|orgies|,|penis|,|penises|,|porn|,|porno|,|pornograph,|pornstar,|rape|,|raped|,|raping|,|rapist|,|tits|,|tities|,|vagina|,|vaginal|,|slut|,|sluts|,|sluty|,|wank|,|wanker,
  |wanking|`;
const SLURS_AGAIN = '|faggot|,|faggots|,|kike|,|kikes|';

/** What contains one of the words and is none. */
const HARMLESS = `pussy willow,pussycat,pussyfoot,pussy riot,chink in,chinks in,chinkapin,chinkara,retardant,en retard,niggard,faggot of,faggots of,
  cum laude,magna cum,summa cum,cum grano,rape seed,rape field,rape oil,rape flower,rape blossom,rape of the,rape of europa,rape of proserpina,
  rape of persephone,blue tits,great tits,coal tits,tailed tits,marsh tits,footed boob,rapping,rapped,rappe,pachinko,chinkerinchee,
  annal,pennis,pussytoes,twattling,retardation`;

const listed = (words: string) => words.split(',').map((word) => word.trim());

const words = new DataSet<{ originalWord: string }>()
  .addAll(englishDataset)
  .removePhrasesIf(({ metadata }) => TOO_WIDE.has(metadata?.originalWord ?? ''))
  .addPhrase((phrase) => {
    for (const harmless of listed(HARMLESS)) phrase.addWhitelistedTerm(harmless);
    for (const again of listed(EXPLICIT_AGAIN)) phrase.addPattern(parseRawPattern(again));
    return phrase.setMetadata({ originalWord: 'explicit' });
  })
  .addPhrase((phrase) => {
    for (const again of listed(SLURS_AGAIN)) phrase.addPattern(parseRawPattern(again));
    return phrase.setMetadata({ originalWord: 'slur' });
  });

/** The library's own words that are refused as too explicit. */
export const EXPLICIT_TERMS = libraryWords().filter((word) => !TOO_WIDE.has(word) && !SLURS.has(word));

/**
 * As the library's patterns expect it. Its own undoing of disguises is left out: it takes a mark at a word's end for a letter, and ours has
 * been at the text already.
 */
const FOLDED_ONCE = collapseDuplicatesTransformer({
  defaultThreshold: 1,
  customThresholds: new Map([...'beolsg'].map((letter) => [letter, 2])),
});
const matcher = new RegExpMatcher({ ...words.build(), blacklistMatcherTransformers: [FOLDED_ONCE] });

/** Obscene words and slurs, in one pass over a reading. A slur weighs more. */
export const findExplicit: FindExplicit = (reading) => {
  const found = matcher
    .getAllMatches(reading)
    .map((match) => words.getPayloadWithPhraseMetadata(match).phraseMetadata?.originalWord ?? '');
  if (found.length === 0) return undefined;
  return found.some((word) => SLURS.has(word)) ? 'hate' : 'obscene';
};

function libraryWords(): string[] {
  const found: string[] = [];
  englishDataset.removePhrasesIf(({ metadata }) => {
    found.push(metadata?.originalWord ?? '');
    return false;
  });
  return found;
}
