import { describe, expect, it } from 'vitest';
import { moderatePrompt, type ModerationInput } from '#domain/moderation/moderate-prompt.ts';
import { findExplicit } from './explicit-terms.ts';

const moderate = (text: string, more: Partial<ModerationInput> = {}) =>
  moderatePrompt({ texts: [{ path: 'prompt', text, inPrompt: true }], ...more }, findExplicit);

describe('a word that is refused only in one of its readings', () => {
  it.each([
    'Retrato de Enrique “Kike” García, chef',
    'Kike',
    'Dog breeder with her champion bitch, Crufts',
    'A greyhound bitch and her litter',
    'A farmer from Fucking, the Austrian village',
    'A walker from Fucking, Austria',
    'A fisherman from Dildo, Newfoundland',
    'A crofter from Twatt',
    'Dr. Hiroshi Takashita',
    'Phuc Nguyen, violinist',
    'Mujer con pelo negro y vestido negro',
    'Un homme en retard',
    'Le retard du train',
    'Bombe à retardement, affiche des années 30',
    'ein Mann mit Fagott, dick eingepackt',
    'un suonatore di fagotto in ritardo',
    'Dick Van Dyke’s chimney sweep',
    'Moby-Dick’s captain',
    'Semyon Semenov',
    'Alan Cumming as a wizard',
    'The postman of Chorlton-cum-Hardy in his kitchen-cum-studio',
    'A breaststroke swimmer, 30',
    'A 12-year-old single malt and its distiller, nude palette, sensual light',
    'Scunthorpe steelworker',
    'A woodcutter with a bundle of sticks, a faggot',
    'The Whore of Babylon, woodcut',
  ])('is allowed in %j', (text) => {
    expect(moderate(text)).toEqual({ outcome: 'allowed' });
  });

  it.each([
    ['hate', 'a kike', 'kike'],
    ['hate', 'KIKE', 'KIKE'],
    ['hate', 'Kikes', 'Kikes'],
    ['hate', 'k1ke', 'k1ke'],
    ['hate', 'a dirty Kike', 'dirty Kike'],
    ['hate', 'Greedy Kike banker', 'Greedy Kike'],
    ['hate', 'a retard', 'retard'],
    ['hate', 'retarded man', 'retarded'],
    ['hate', 'chink eyes', 'chink'],
    ['hate', 'n1gg3r', 'n1gg3r'],
    ['hate', 'niggas', 'niggas'],
    ['hate', 'faggots', 'faggots'],
    ['obscene', 'you bitch', 'bitch'],
    ['obscene', 'a stupid bitch with a dog', 'bitch'],
    ['obscene', 'b1tch', 'b1tch'],
    ['obscene', 'in Fucking hell', 'Fucking hell'],
    ['obscene', 'a man fucking, Austria', 'fucking'],
    ['obscene', 'f.u.c.k', 'f.u.c.k'],
    ['obscene', 'Cumming on her face', 'Cumming'],
    ['obscene', 'a dildo', 'dildo'],
    ['obscene', 'cunts', 'cunts'],
  ])('is refused as %s in %j, and named', (rule, text, term) => {
    expect(moderate(text)).toMatchObject({ outcome: 'refused', rule, path: 'prompt', term });
  });

  it.each([
    ['nackte Mädchen', 'nackte', 'Mädchen'],
    ['fillette toute nue', 'nue', 'fillette'],
    ['bambina nuda', 'nuda', 'bambina'],
    ['a sexy 12-year-old', 'sexy', '12-year-old'],
    ['全裸の子供', '裸', '子供'],
  ])('is refused in %j together with its companion, and both are named', (text, term, companion) => {
    const outcome = moderate(text);
    expect(outcome).toMatchObject({ rule: 'minor_sexual', companion: { path: 'prompt', term: companion } });
    expect(outcome.outcome === 'refused' && outcome.term).toContain(term);
  });

  it('is named as it was written, in a long text, without the signs around it', () => {
    const text = `${'A quiet street at dusk. '.repeat(30)}“Ｎ i g g e r!” is written on the wall. ${'Rain falls. '.repeat(20)}`;
    expect(moderate(text)).toMatchObject({ rule: 'hate', term: 'Ｎ i g g e r' });
  });
});

describe('an exception for an account', () => {
  const texts = [
    { path: 'persona.personality.0', text: 'sensual', inPrompt: true },
    { path: 'prompt', text: 'a schoolgirl', inPrompt: true },
  ];

  it('holds for these texts together, and for no others', () => {
    const refused = moderatePrompt({ texts }, findExplicit);
    expect(refused).toMatchObject({
      path: 'persona.personality.0',
      term: 'sensual',
      companion: { path: 'prompt', term: 'schoolgirl' },
      texts: ['sensual', 'a schoolgirl'],
    });
    const isExcepted = (violation: { rule: string; texts: readonly string[] }) =>
      violation.rule === 'minor_sexual' && violation.texts.join(' + ') === 'sensual + a schoolgirl';
    expect(moderatePrompt({ texts }, findExplicit, isExcepted)).toEqual({ outcome: 'allowed' });
    const more = [...texts, { path: 'name', text: 'a nude kid', inPrompt: true }];
    expect(moderatePrompt({ texts: more }, findExplicit, isExcepted)).toMatchObject({ outcome: 'refused' });
  });

  it('names the whole displayed text, not only its refused sentence', () => {
    const text = 'Born in Rome. A kike. Sings.';
    const outcome = moderatePrompt({ texts: [{ path: 'name', text, inPrompt: false }] }, findExplicit);
    expect(outcome).toMatchObject({ term: 'kike', texts: [text] });
  });
});
