import type { Expression } from '../../person/traits.ts';

/** Adjectives and verbs of a mood. */
export const MOODS: Readonly<Record<Expression, string>> = {
  gentle: `gentle, kind, tender, loving, warm hearted, caring, benevolent, wistful, dreamy, thoughtful, pensive, shy,
    curious, kindly`,
  smile: `smiling, happy, friendly, content, contented, pleased, welcoming, grinning softly, proud, smiles, cheery,
    optimistic, jovial, delighted, good natured, confident smile, charming, polite, hopeful, blissful, glad, good
    humored, bright smile`,
  laugh: `laughing, grinning, cheerful, joyful, gleeful, beaming, ecstatic, laughs, overjoyed, jolly, merry,
    excited, giggling, grins,
    chuckling, bursting with joy, elated, cackling, hysterical, euphoric, laughing out loud, joyous, in stitches,
    thrilled, exuberant, guffawing,
    cracking up, laughing heartily`,
  smirk: `smirking, sly, mischievous, sarcastic, cheeky, smug, cocky, roguish, cunning, devious, ironic, mischievously,
    smirks, playful, arrogant, wry, flirty, flirtatious, crafty, teasing, impish, sneaky, knowing`,
  calm: `calm, neutral, peaceful, serene, relaxed, meditating, tranquil, expressionless, emotionless, zen, composed,
    bored, stoic calm, at ease, indifferent, meditative, unbothered, placid, passive, blank, deadpan, vacant,
    unimpressed, poker faced, praying`,
  stern: `serious, stern, solemn, stoic, grim, determined, severe, strict, tough, tough looking, focused, fierce,
    resolute, brooding, intense, austere, unsmiling, haughty, concentrated, hardened, dour, menacing, intimidating,
    steely, battle hardened, commanding, humorless, suspicious, skeptical, earnest`,
  angry: `angry, furious, mad, grumpy, frowning, annoyed, scowling, enraged, raging, irritated, cross, shouting,
    screaming, yelling, outraged, frown, frowns, scowls, livid, irate, bad tempered, hostile, grouchy, hateful,
    snarling, roaring, fuming, seething, glaring, disgusted, evil, wrathful, cranky, growling, disgruntled, sulky,
    pouting, sullen`,
  sad: `sad, crying, melancholic, sorrowful, weeping, unhappy, tearful, depressed, gloomy, mournful, heartbroken,
    sobbing, grieving, upset, downcast, melancholy, in tears, teary, miserable, worried, lonely, dejected,
    disappointed, forlorn, anxious, teary eyed, despondent, despairing, cries, mourning, somber, broken hearted,
    desperate, hurt, woeful, sorry, regretful, nostalgic, glum, in despair, guilty, pained, lonesome, ashamed,
    embarrassed`,
  surprised: `surprised, shocked, amazed, astonished, scared, terrified, startled, afraid, frightened, wide eyed, gasping,
    stunned, open mouthed, horrified, awestruck, bewildered, fearful, confused, panicked, panicking, dumbfounded,
    astounded, flabbergasted, agape, wonderstruck, spooked, aghast, nervous, puzzled, with her mouth open, with his
    mouth open, speechless, singing, alarmed, impressed, perplexed, in awe, in shock, jaw dropped, mouth agape,
    mouth wide open, screaming in fear, petrified, open mouth, mouth open`,
  sleepy: `sleepy, sleeping, asleep, tired, drowsy, eyes closed, closed eyes, with his eyes closed, with her eyes closed,
    exhausted, yawning, dozing, napping, weary, eyes shut, half asleep, sleeps, snoozing, eyes half closed,
    hungover, worn out, shut eyes, heavy eyed`,
  wink: 'winking, winks, wink, one eye closed, with a wink, giving a wink',
};
/** Nouns of a mood. */
export const EXPRESSION_NOUNS: Readonly<Partial<Record<Expression, string>>> = {
  smile: `smile, slight smile, warm smile, gentle smile, faint smile, shy smile, soft smile, friendly smile, confident
    smile, small smile, half smile, dimple`,
  laugh: `laugh, grin, big smile, wide smile, broad smile, toothy smile, huge smile, beaming smile, laughter, toothy grin,
    big grin, radiant smile, happy smile, joyful smile, ear to ear smile, open smile, bright smile, giggle, joy,
    cheesy grin, dazzling smile, open mouthed smile, gap toothed smile, toothless smile, toothy, tooth gap, tooth
    brace, wide grin`,
  smirk: `smirk, sly smile, crooked smile, mischievous smile, cheeky grin, sly grin, cheeky smile, lopsided grin, wry
    smile, crooked grin, lopsided smile, sneer, mischievous grin, evil grin, wicked grin, devilish smile, knowing
    smile, devilish grin, wicked smile, smug smile, evil smile`,
  angry: `frown, scowl, glare, anger, rage, fury, grimace, pout, snarl, furrowed brow, gritted tooth, clenched tooth`,
  sad: 'sadness, sorrow, grief, despair, sad smile, melancholy, sad eyes, downturned mouth, quivering lip, misery',
  surprised: `surprise, shock, fear, terror, awe, wide eyes, amazement, horror, astonishment, wonder, open mouth,
    gasp, raised
    eyebrow, panic`,
  calm: `poker face, calm closed mouth, closed mouth, neutral face, straight face, neutral expression, blank expression,
    deadpan expression, blank stare, resting face`,
  stern: `stern look, serious face, stern face, stone face, determination, grim look, steely gaze, piercing gaze, intense
    stare, serious look, death stare, piercing stare, intense gaze, thousand yard stare`,
  gentle: 'kindness, tenderness, kind eyes, gentle eyes, soft gaze, dreamy look',
  wink: 'winking eye',
};
