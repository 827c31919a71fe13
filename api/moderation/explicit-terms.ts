import { collapseDuplicatesTransformer, DataSet, englishDataset, parseRawPattern, RegExpMatcher } from 'obscenity';
import type { FindExplicit } from '#domain/moderation/moderate-prompt.ts';

/**
 * The library's terms that also have an everyday meaning (birds, nuts, names, blood groups), or whose patterns match inside harmless
 * words ("Georgy", "artisanal", "cummerbund", "Babich"). Stricter patterns for those that matter are added below.
 */
const TOO_BROAD = new Set(
  `abo abeed anal anus arse ass bastard bestiality bitch bollocks boob boonga chink cock cuck cum cunt dick dildo dyke fag fuck hooker incest
  jerk~off kike negro nigger orgasm orgy penis piss porn prick rape scat semen sex shit slut spastic tit turd vagina wank`
    .split(/\s+/u)
    .map((word) => word.replace('~', ' ')),
);

/** Slurs among the remaining terms; all others are explicit. */
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

/** A bar is a word boundary. Doubled letters are written once where the library folds them. */
const EXPLICIT_PATTERNS = `fuck,|fck|,|fuk|,|shit|,|shits|,|shity|,bullshit,|butplug,|fingerbang,|finger bang,|jerkof|,|jiz|,|anal|,|anus|,|asshole,|arsehole,|bestiality|,|zoophilia|,|bitch|,|bitches|,
  |boob|,|boobs|,|cocksuck,|big cock|,|huge cock|,|hard cock|,|dick pic,|big dick|,|huge dick|,|hard dick|,|cum|,|cuming|,|cumshot,|incest,
  |orgasm,|orgy|,|orgies|,|penis|,|penises|,|porn|,|porno|,|pornograph,|pornstar,|rape|,|raped|,|raping|,|rapist|,|tits|,|tities|,|vagina|,|vaginal|,|slut|,|sluts|,|sluty|,|wank|,|wanker,
  |wanking|,|cunt|,|cunts|,|cunty|,cunt|,|dildo|,|dildos|,|dildoes|`;
const SLUR_PATTERNS = '|faggot|,|faggots|,|kike|,|kikes|,|chink,nigger,|ngger,nigga,|ngga,|nig|,|nigs|';

/** Harmless phrases that contain one of the terms. */
const HARMLESS = `pussy willow,pussycat,pussyfoot,pussy riot,chink in,chinks in,chinkapin,chinkara,retardant,retarder,retardement,retardataire,niggard,snigger,faggot of,faggots of,
  cum laude,magna cum,summa cum,cum grano,rape seed,rape field,rape oil,rape flower,rape blossom,rape of the,rape of europa,rape of proserpina,
  rape of persephone,blue tits,great tits,coal tits,tailed tits,marsh tits,footed boob,rapping,rapped,rappe,pachinko,chinkerinchee,
  annal,pennis,pussytoes,twattling,retardation,whore of babylon,slut pa,till slut,ar slut`;

const listed = (words: string) => words.split(',').map((word) => word.trim());

const terms = new DataSet<{ originalWord: string }>()
  .addAll(englishDataset)
  .removePhrasesIf(({ metadata }) => TOO_BROAD.has(metadata?.originalWord ?? ''))
  .addPhrase((phrase) => {
    for (const harmless of listed(HARMLESS)) phrase.addWhitelistedTerm(harmless);
    for (const pattern of listed(EXPLICIT_PATTERNS)) phrase.addPattern(parseRawPattern(pattern));
    return phrase.setMetadata({ originalWord: 'explicit' });
  })
  .addPhrase((phrase) => {
    for (const pattern of listed(SLUR_PATTERNS)) phrase.addPattern(parseRawPattern(pattern));
    return phrase.setMetadata({ originalWord: 'slur' });
  });

/**
 * Folds repeated letters as the library's patterns expect. The library's own removal of disguises is left out: it reads punctuation at
 * the end of a word as a letter, and ours has already processed the text.
 */
const FOLDED_ONCE = collapseDuplicatesTransformer({
  defaultThreshold: 1,
  customThresholds: new Map([...'beolsg'].map((letter) => [letter, 2])),
});
const matcher = new RegExpMatcher({ ...terms.build(), blacklistMatcherTransformers: [FOLDED_ONCE] });

/** Finds obscene terms and slurs in one pass over a reading of the text. A slur takes precedence. */
export const findExplicit: FindExplicit = (reading) => {
  const found = matcher
    .getAllMatches(reading)
    .map((match) => terms.getPayloadWithPhraseMetadata(match).phraseMetadata?.originalWord ?? '');
  if (found.length === 0) return undefined;
  return found.some((word) => SLURS.has(word)) ? 'hate' : 'obscene';
};

/** The library's own terms that are refused as too explicit. */
export const EXPLICIT_TERMS = libraryTerms().filter((word) => findExplicit(word) === 'obscene');

function libraryTerms(): string[] {
  const found: string[] = [];
  englishDataset.removePhrasesIf(({ metadata }) => {
    found.push(metadata?.originalWord ?? '');
    return false;
  });
  return found;
}
