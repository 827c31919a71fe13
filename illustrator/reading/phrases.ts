import type { Term } from './lexicon.ts';
import { isNoun, type Meaning, type Noun, type Relation } from './meaning.ts';

/** A noun with everything said about it: "a long, bright red scarf", "eyes of amber", "no hat". */
export interface Phrase {
  /** Undefined: only modifiers were said ("smiling, elderly"), or the noun is unknown. */
  readonly head: Noun | undefined;
  readonly headText: string;
  /** Said before or after the noun, in order; of several colors the first is the main one. */
  readonly modifiers: Term[];
  /** Words the lexicon lacks that stand where a noun does. */
  readonly unknown: readonly string[];
  readonly relation: Relation | undefined;
  negated: boolean;
  /** An article or pronoun leads it, so that an unknown word in it is a thing. */
  readonly determined: boolean;
  /** "A baker's hat": whose it is. */
  readonly owner: Noun | undefined;
  /** The phrase it hangs on: the coat of "a coat with a red belt". */
  readonly parent: Phrase | undefined;
}

interface Draft {
  head: Noun | undefined;
  headText: string;
  modifiers: Term[];
  unknown: string[];
  owner: Noun | undefined;
  determined: boolean;
  /** After a noun of the same clause without a word between: what is unknown here is a verb, not a thing. */
  trailing: boolean;
}

const blank = (trailing: boolean): Draft => ({
  head: undefined,
  headText: '',
  modifiers: [],
  unknown: [],
  owner: undefined,
  determined: false,
  trailing,
});

/** What "and" shares a color among when the second noun has neither article nor color: "red hat and scarf". */
const SHARING: readonly (readonly Noun['is'][])[] = [
  ['hair', 'beard'],
  ['garment', 'generic', 'hat'],
];

/** Groups the terms of a text into phrases. */
export function phrasesOf(terms: readonly Term[]): Phrase[] {
  return new PhraseReader().read(terms);
}

class PhraseReader {
  private readonly phrases: Phrase[] = [];
  private draft = blank(false);
  private relation: Relation | undefined;
  private negated = false;
  /** "Is", "dyed", ":": what comes next is said of the phrase before. */
  private linked = false;
  private joined = false;
  private last: Phrase | undefined;

  read(terms: readonly Term[]): Phrase[] {
    for (const [index, term] of terms.entries()) this.accept(term, terms[index - 1], terms[index + 1]);
    this.close();
    return this.phrases;
  }

  private accept(term: Term, before: Term | undefined, after: Term | undefined): void {
    const { meaning } = term;
    if (meaning === undefined) return this.unknown(term);
    if (isNoun(meaning)) return this.noun(meaning, term, after);
    switch (meaning.is) {
      case 'filler':
        return;
      case 'stop':
        this.close();
        this.relation = undefined;
        this.negated = false;
        this.linked = false;
        this.joined = false;
        // A new clause may still say the color of what the last one named, but nothing trails it.
        this.draft = blank(false);
        return;
      case 'colon':
      case 'link':
        this.close();
        this.linked = this.last !== undefined;
        return;
      case 'determiner':
        this.close();
        this.draft.determined = true;
        this.draft.trailing = false;
        return;
      case 'not':
        this.close();
        // "Hat: none".
        if (this.linked && this.last) {
          this.last.negated = true;
          return;
        }
        // "Nothing but" and "never without" deny twice.
        this.negated = !(this.negated && before?.meaning?.is === 'not');
        this.relation = undefined;
        return;
      case 'and':
        if (this.linked && this.draft.modifiers.length > 0) this.close();
        else if (this.draft.head !== undefined || this.draft.unknown.length > 0) {
          this.close();
          this.joined = true;
        }
        return;
      case 'but':
        this.close();
        this.negated = false;
        return;
      case 'relation':
        this.relate(meaning.relation, before);
        return;
      case 'possessive':
        this.draft.owner = this.draft.head;
        this.draft.head = undefined;
        return;
      default:
        this.modifier(term);
    }
  }

  private relate(relation: Relation, before: Term | undefined): void {
    this.close();
    if (before?.meaning?.is !== 'not' && relation !== 'of') this.negated = false;
    this.relation = relation;
    this.linked = relation === 'of';
    this.draft.trailing = false;
  }

  private unknown({ text }: Term): void {
    if (this.draft.head !== undefined) this.close();
    this.draft.unknown.push(text);
  }

  private modifier(term: Term): void {
    if (this.draft.head !== undefined) this.close();
    this.draft.modifiers.push(term);
  }

  private noun(noun: Noun, term: Term, after: Term | undefined): void {
    const earlier = this.draft.head;
    if (earlier !== undefined) {
      if (compounds(earlier, noun)) {
        this.draft.owner = earlier.is === 'occupation' ? earlier : this.draft.owner;
        this.draft.head = undefined;
      } else {
        this.close();
        this.draft.trailing = true;
      }
    }
    this.draft.head = noun;
    this.draft.headText = term.text;
    this.draft.unknown = [];
    if ('adjective' in noun && noun.adjective) this.closeAdjective();
    else if (after === undefined) this.close();
  }

  /** "A tall red-haired woman": the color is the hair's, everything else waits for the woman. */
  private closeAdjective(): void {
    const { modifiers, determined } = this.draft;
    const rest = modifiers.filter(({ meaning }) => meaning !== undefined && OF_THE_PERSON.has(meaning.is));
    this.draft.modifiers = modifiers.filter((term) => !rest.includes(term));
    this.close();
    this.draft = { ...blank(false), modifiers: rest, determined };
  }

  private close(): void {
    const { draft } = this;
    this.draft = blank(draft.head !== undefined);
    // "Soft light": a shade without a color is a noun of its own.
    const shadeOnly = draft.modifiers.at(-1)?.meaning?.is === 'shade' && draft.modifiers.at(-1)?.stem === 'light';
    if (draft.head === undefined && shadeOnly && draft.unknown.length === 0 && !this.linked) return;
    if (draft.head === undefined && draft.unknown.length === 0) {
      if (draft.modifiers.length > 0) this.attach(draft);
      return;
    }
    const phrase = this.finish(draft);
    this.phrases.push(phrase);
    this.last = phrase;
    this.linked = false;
    this.joined = false;
  }

  private finish(draft: Draft): Phrase {
    const { head, headText, modifiers, unknown, determined, owner } = draft;
    const shared = this.joined && head && !determined && !hasColor(modifiers) ? this.shares(head) : [];
    return {
      head,
      headText,
      modifiers: [...modifiers, ...shared],
      unknown: draft.trailing ? [] : unknown,
      relation: this.relation,
      negated: this.negated,
      determined,
      owner,
      parent: this.last,
    };
  }

  private shares(head: Noun): Term[] {
    const { last } = this;
    const group = SHARING.find((kinds) => kinds.includes(head.is));
    // Denim is a color of its own.
    const dyed = head.is === 'garment' && head.costume === 'denim';
    if (last?.head === undefined || dyed || !group?.includes(last.head.is)) return [];
    return last.modifiers.filter(({ meaning }) => meaning?.is === 'color' || meaning?.is === 'shade');
  }

  /** Modifiers without a noun belong to the phrase before ("hair dyed pink", "a coat, red"), or to nobody yet. */
  private attach({ modifiers, determined }: Draft): void {
    const { last, relation, linked } = this;
    this.linked = false;
    const fits =
      last?.head !== undefined &&
      (linked || (relation === 'in' && last.head.is !== 'being') || describes(last, modifiers));
    if (fits && !(relation === 'wear')) last.modifiers.push(...modifiers);
    else
      this.phrases.push({
        head: undefined,
        headText: '',
        modifiers,
        unknown: [],
        relation,
        negated: this.negated,
        determined,
        owner: undefined,
        parent: last,
      });
  }
}

const OF_THE_PERSON: ReadonlySet<Meaning['is']> = new Set(['age', 'build', 'mood', 'origin', 'gender']);

const hasColor = (modifiers: readonly Term[]): boolean => modifiers.some(({ meaning }) => meaning?.is === 'color');

/** Whether loose modifiers can only mean the phrase before: a color for a thing that has none, a style for hair. */
function describes(phrase: Phrase, modifiers: readonly Term[]): boolean {
  const { head } = phrase;
  if (head === undefined) return false;
  if (head.is === 'hair' || head.is === 'beard')
    return modifiers.some(({ meaning }) => meaning && ['hairStyle', 'color', 'quality', 'shade'].includes(meaning.is));
  const patterned = modifiers.some(({ meaning }) => meaning?.is === 'pattern');
  if (patterned && ['garment', 'generic', 'hat', 'accessory'].includes(head.is)) return true;
  if (['garment', 'generic', 'hat', 'clothes', 'accessory', 'eyewear', 'eyes', 'skin', 'background'].includes(head.is))
    return (
      !hasColor(phrase.modifiers) &&
      modifiers.some(({ meaning }) => meaning?.is === 'color' || meaning?.is === 'pattern')
    );
  return false;
}

const THINGS: ReadonlySet<Noun['is']> = new Set(['garment', 'generic', 'hat', 'clothes', 'eyewear']);

/** Whether two nouns in a row are one thing, named by the second: "chef hat", "forest background", "shirt dress". */
function compounds(first: Noun, second: Noun): boolean {
  if (second.is === 'detail' || second.is === 'ignored' || second.is === 'undrawn') return false;
  if (first.is === 'occupation') return second.is === 'generic' || second.is === 'clothes' || second.is === 'hat';
  if (first.is === 'place') return THINGS.has(second.is) || second.is === 'occupation' || second.is === 'being';
  if (first.is === 'weather') return THINGS.has(second.is);
  if (first.is === 'ignored' || first.is === 'undrawn') return THINGS.has(second.is);
  if (first.is === 'garment' || first.is === 'generic') return second.is === 'garment' || second.is === 'generic';
  return false;
}
