import type { Beard } from '../person/traits.ts';
import { colorOf } from './color-terms.ts';
import { hairKindIn, type Term } from './lexicon.ts';
import { LONG_BEARD, SHORT_BEARD } from './lexicon/hair.ts';
import { OCCUPATIONS } from './lexicon/occupations.ts';
import type { Phrase } from './phrases.ts';
import type { Told } from './told.ts';

const PRONOUNS: Readonly<Record<string, number>> = {
  she: 1,
  her: 1,
  hers: 1,
  herself: 1,
  he: 0,
  his: 0,
  him: 0,
  himself: 0,
};

/** Who it is: gender, age, build, origin, face, hair, beard and mood. */
export function figureSlots(told: Told, phrases: readonly Phrase[], words: readonly string[]): void {
  const sitter = phrases.find(isSomebody);
  const isSubject = (phrase: Phrase): boolean => speaksOfSitter(phrase, sitter);
  for (const phrase of phrases) {
    const { head } = phrase;
    if (isSubject(phrase)) subject(told, phrase);
    if ((head?.is === 'being' || head?.is === 'occupation') && isSubject(phrase)) {
      told.gender ??= head.is === 'being' ? (head.feminine ?? genderIn(phrase.headText)) : genderIn(phrase.headText);
    }
    face(told, phrase);
  }
  // "My dad, 52": a number says more than the word.
  for (const { head, headText } of phrases.filter((phrase) => isSomebody(phrase) && isSubject(phrase))) {
    if (head?.is === 'being') told.age ??= head.years;
    if (/(?:^| |school|paper|choir)(?:girl|boy)$/.test(headText)) told.age ??= 20;
  }
  const pronoun = words.map((word) => PRONOUNS[word]).find((gender) => gender !== undefined);
  const usual = told.occupation && OCCUPATIONS[told.occupation];
  told.gender ??= usual && 'feminine' in usual ? usual.feminine : undefined;
  told.gender ??= pronoun ?? (told.beard !== undefined && told.beard !== 'none' ? 0 : undefined);
  if (told.gender === undefined) delete told.gender;
  if (usual && 'years' in usual) told.age ??= usual.years;
}

/** Titles that only men bear, though no "man" is in them. */
const MEN = new Set(
  `abbot friar matador sultan maharaja pope bishop rabbi imam sheikh shah pharaoh samurai shogun archbishop caliph vizier
  bullfighter torero patriarch priest caesar emperor monk legionary gladiator centurion pirate_king merlin gandalf dracula
  vicar socrates plato napoleon mozart druid wizard warlock lumberjack musketeer gaucho mariachi`.split(/\s+/),
);

/** What the end of a title says: policeman, gamer girl, sultan. */
function genderIn(title: string): number | undefined {
  if (MEN.has(title)) return 0;
  if (/(?:woman|women|girl|lady|ess|maid|maiden|queen)$/.test(title) && !/(?:boss|less|ness)$/.test(title)) return 1;
  return /(?:^|[a-z ])(?:man|men|boy|guy|king)$/.test(title) &&
    !/(?:human|german|shaman|roman|ottoman|viking)$/.test(title)
    ? 0
    : undefined;
}

/** Heads whose adjectives speak of the sitter; "an angry dog" and "old boots" do not. */
const ABOUT_SITTER = new Set(['being', 'occupation', 'face', 'lips', 'eyes', 'expression', 'hair', 'beard']);

const isSomebody = ({ head, relation, negated }: Phrase): boolean =>
  !negated && relation !== 'hold' && (head?.is === 'being' || head?.is === 'occupation');

/** The first one named is the sitter; who comes later "with" or "behind" somebody is another. */
function speaksOfSitter(phrase: Phrase, sitter: Phrase | undefined): boolean {
  const { head, relation, unknown, negated } = phrase;
  if (negated) return head === undefined || head.is === 'expression';
  if (head === undefined) return unknown.length === 0 || relation === undefined;
  if (head.is === 'being' || head.is === 'occupation')
    return phrase === sitter || relation === undefined || relation === 'of' || relation === 'like' || relation === 'in';
  return ABOUT_SITTER.has(head.is);
}

function subject(told: Told, { head, headText, modifiers, negated }: Phrase): void {
  if (head?.is === 'expression') told.expression ??= negated ? 'calm' : head.expression;
  for (const { meaning, stem } of modifiers) {
    if (meaning === undefined) continue;
    if (meaning.is === 'mood' && WEEPING.test(stem) && !negated) told.accessories.set('tears', undefined);
    if (meaning.is === 'mood') told.expression ??= negated ? 'calm' : meaning.expression;
    if (negated) continue;
    if (head?.is === 'hair' || head?.is === 'eyes' || head?.is === 'beard') continue;
    if (meaning.is === 'age' && (told.age === undefined || head?.is !== 'face')) told.age ??= meaning.years;
    if (meaning.is === 'build') told.build ??= { build: meaning.build, shoulders: meaning.shoulders };
    if (meaning.is === 'gender') told.gender ??= meaning.feminine;
    if (meaning.is === 'origin') {
      told.complexions ??= meaning.complexions;
      told.epicanthic ??= meaning.epicanthic;
    }
    if (meaning.is === 'hairStyle' && meaning.kind === 'none') told.hair ??= 'none';
  }
  if (head?.is === 'being' || head?.is === 'occupation') bodyColor(told, { head, headText, modifiers } as Phrase);
}

const WEEPING = /^(?:crying|cries|weeping|sobbing|tearful|teary|in tear)/;

const SKIN_WORDS = new Set([
  'black',
  'white',
  'brown',
  'tanned',
  'bronzed',
  'pale',
  'dark',
  'fair',
  'sunburned',
  'tan',
  'ebony',
]);
const HAIR_ONLY = new Set([
  'blond',
  'ginger',
  'platinum',
  'strawberry blond',
  'platinum blond',
  'auburn',
  'graying',
  'dirty blond',
  'sandy',
]);

/** "A black woman", "a green goblin", "a blond man": colors of skin and hair; of the costumed, of their clothes. */
function bodyColor(told: Told, { head, modifiers }: Phrase): void {
  const usual = head?.is === 'occupation' ? OCCUPATIONS[head.occupation] : undefined;
  const costumed = usual !== undefined && 'costumed' in usual;
  const hairy = modifiers.filter(({ meaning }) => meaning?.is === 'color' && HAIR_ONLY.has(meaning.name));
  if (hairy.length > 0) told.hairColor ??= colorOf(hairy, 'hair')!;
  const rest = modifiers.filter((term) => !hairy.includes(term));
  const shadeAlone = !rest.some(({ meaning }) => meaning?.is === 'color');
  const color = colorOf(rest, 'skin');
  if (color === undefined) return;
  const bodily = shadeAlone || rest.some(({ meaning }) => meaning?.is === 'color' && SKIN_WORDS.has(meaning.name));
  if (costumed && !shadeAlone) told.clothColor ??= colorOf(rest, 'cloth')!;
  else if (bodily || head?.is === 'being') told.skin ??= color;
  else told.clothColor ??= colorOf(rest, 'cloth')!;
}

function face(told: Told, phrase: Phrase): void {
  const { head, modifiers, negated } = phrase;
  if (head === undefined) return;
  if (head.is === 'eyes' && !negated) set(told, 'eye', colorOf(modifiers, 'eyes'));
  if (head.is === 'skin' && !negated) set(told, 'skin', colorOf(modifiers, 'skin'));
  if (head.is === 'face' && modifiers.some(({ meaning }) => meaning?.is === 'shade') && !negated)
    set(told, 'skin', colorOf(modifiers, 'skin'));
  if (head.is === 'hair') hair(told, phrase);
  if (head.is === 'beard') beard(told, phrase);
  if (head.is === 'bare' && head.part === 'chin') told.beard ??= negated ? 'stubble' : 'none';
  if (head.is === 'expression' && !negated) told.expression ??= head.expression;
}

function hair(told: Told, { head, modifiers, negated }: Phrase): void {
  if (head?.is !== 'hair') return;
  if (negated) {
    if (head.kind === undefined) told.hair ??= 'none';
    return;
  }
  if (head.color !== undefined) {
    set(told, 'hairColor', colorOf([named(head.color)], 'hair'));
    set(told, 'skin', colorOf(modifiers, 'skin'));
    return;
  }
  const styled = hairKindIn([...modifiers, { text: '', stem: '', meaning: head }]);
  // Of "a bun of long hair" the more telling is drawn.
  if (styled !== undefined && (told.hair === undefined || moreTelling(styled, told.hair))) told.hair = styled;
  set(told, 'hairColor', colorOf(modifiers, 'hair'));
}

const PLAIN = new Set(['long', 'short', 'medium', 'wavy', 'bangs']);
const moreTelling = (next: string, known: string): boolean => PLAIN.has(known) && !PLAIN.has(next);

const named = (name: string): Term => ({ text: name, stem: name, meaning: { is: 'color', name } });

/** Longer and larger kinds win over smaller ones: whoever has a beard and a moustache has a beard. */
const BEARD_RANK: readonly Beard[] = ['none', 'stubble', 'moustache', 'goatee', 'short', 'full', 'long'];

function beard(told: Told, { head, modifiers, negated }: Phrase): void {
  if (head?.is !== 'beard') return;
  if (negated) {
    told.beard ??= 'none';
    return;
  }
  const kind = sized(head.beard, modifiers);
  if (told.beard === undefined || BEARD_RANK.indexOf(kind) > BEARD_RANK.indexOf(told.beard)) told.beard = kind;
  set(told, 'beardColor', colorOf(modifiers, 'hair'));
}

function sized(kind: Beard, modifiers: readonly Term[]): Beard {
  const names = modifiers.map(({ stem }) => stem);
  if (kind === 'full' && names.some((name) => LONG_BEARD.has(name))) return 'long';
  if (kind === 'full' && names.some((name) => SHORT_BEARD.has(name))) return 'short';
  return kind;
}

/** The first mention counts. */
function set<Key extends 'eye' | 'skin' | 'hairColor' | 'beardColor'>(told: Told, key: Key, value: Told[Key]): void {
  if (value !== undefined) told[key] ??= value;
}
