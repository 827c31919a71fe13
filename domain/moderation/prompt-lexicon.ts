/**
 * Words that are refused only in combination: a child alone is allowed, and so is a bathing suit. Words that are always refused come
 * from a library. English, and the most common words of some other languages; images are checked whatever the prompt says.
 */
interface PromptLexicon {
  readonly [list: string]: readonly string[];
}

const list = (words: string) => words.split(/\s*,\s*/u);
const set = (words: string): ReadonlySet<string> => new Set(list(words));

export const LEXICON = {
  /** Certainly a minor. */
  minor: list(
    `child, children, kid, toddler, infant, newborn, tween, preteen, pre teen, teen, teenage, teenaged, teenager, adolescent, juvenile,
    schoolgirl, schoolboy, school girl, school boy, schoolchild, schoolchildren, schoolkid, preschooler, kindergartner, kindergarten, prepubescent,
    pubescent, underage, underaged, under age, under aged, minors, childlike, high school, highschool, highschooler, middle school, grade school,
    elementary school, primary school, school uniform, little girl, little boy, young girl, young boy, loli, lolita, shota, sweet sixteen, barely legal,
    madchen, schulerin, fillette, enfant, colegiala, menor de edad, bambina, bambine, bambino, bambini, девочка, девочки, мальчик, ребенок,
    школьница`,
  ),
  /** Often used for adults, so they count only together with explicit words. */
  perhapsMinor: list('girl, boy, baby, babies, lass, lad'),
  /** Minors, in scripts without spaces between words. */
  minorUnspaced: list(
    '小孩, 儿童, 兒童, 女童, 男童, 幼女, 小学生, 中学生, 高中生, 高校生, 女子高生, 子供, 少女, 少年, 아동, 어린이, 여고생, 미성년',
  ),
  explicit: list(
    `nude, nudes, nudity, naked, topless, unclothed, undressed, undressing, undress, disrobed, disrobing, stripper, striptease, upskirt, bra, sex, sexual,
    sexually, sexualized, sexualised, erotic, erotica, erotically, lingerie, panties, thong, g string, braless, horny, aroused,
    fetish, bdsm, bondage, nsfw, xxx, r18, lewd, ecchi, spread legs, legs spread, no clothes, without clothes, without any clothes,
    wearing nothing, nothing on, clothes off, take off her clothes, take off his clothes, removed clothes, remove her clothes, remove his clothes,
    making love, bare breasts, exposed breasts, genitals, genitalia, nipple, intercourse, nackt, nackte, nacktes, nackter, desnuda,
    desnudo, nudista, nackten, seins nus, nue, nuda, голая, голый, голые, обнаженная`,
  ),
  explicitUnspaced: list('裸体, 裸體, 全裸, 裸照, 性爱, 色情, 脱衣, ヌード, エロ, 누드, 알몸, 야한'),
  suggestive: list(
    `sexy, sexily, seductive, seductively, seducing, seduce, sensual, sensually, provocative, provocatively, bikini, underwear, cleavage, sultry,
    voluptuous, busty, see through, wet shirt, suggestive pose, alluring body, curvy body`,
  ),
  /** Acts that are refused regardless of the depicted person. */
  acts: list(
    `having sex, have sex, sex scene, sex act, sexual act, sex position, sexual intercourse, oral sex, anal sex, group sex, blow job, hand job,
    masturbating, masturbates, masturbation`,
  ),
  /** Words that mean a minor and sexual content at once. */
  minorSexual: list(
    `lolicon, shotacon, jailbait, child porn, kiddie porn, kid porn, teen porn, nude minor, naked minor, sexy minor, minor nude, minor naked,
    niña desnuda, niñas desnudas, niño desnudo, niños desnudos`,
  ),
  /** A real person, not an imaginary one. */
  somebody: list(
    `celebrity, celebrities, deepfake, deep fake, real person, real people, real life person, my ex, my boss, my teacher, my coworker, my colleague, my classmate,
    my neighbour, my neighbor, my sister, my mother, my mom, my mum, my stepmother, my stepsister, my cousin, my aunt, my roommate, my crush,
    my girlfriend, my wife, my ex wife, my ex girlfriend, my student, my professor, my landlady, my friend`,
  ),
  /** Very well-known people; the list cannot be complete. */
  famous: list(
    `taylor swift, emma watson, scarlett johansson, ariana grande, selena gomez, billie eilish, beyonce, rihanna, kim kardashian, kylie jenner,
    jennifer lawrence, jennifer aniston, jennifer lopez, angelina jolie, margot robbie, emma stone, natalie portman, gal gadot, zendaya, ana de armas,
    sydney sweeney, jenna ortega, millie bobby brown, dua lipa, katy perry, lady gaga, miley cyrus, shakira, greta thunberg, michelle obama,
    barack obama, donald trump, melania trump, ivanka trump, hillary clinton, kamala harris, joe biden, angela merkel, ursula von der leyen,
    giorgia meloni, sanna marin, jacinda ardern, alexandria ocasio cortez, emmanuel macron, vladimir putin, xi jinping, elon musk, kate middleton,
    meghan markle, princess diana, prince harry, brad pitt, tom cruise, leonardo dicaprio, harry styles, justin bieber, cristiano ronaldo, lionel messi,
    serena williams, oprah winfrey, priyanka chopra, deepika padukone, aishwarya rai`,
  ),
  hate: list(
    `heil hitler, sieg heil, white power, white supremacy, white supremacist, ku klux klan, kkk, nazi salute, nazi armband, nazi flag, nazi tattoo,
    nazi propaganda, nazi symbol, hitler salute, swastika armband, swastika flag, swastika tattoo, glory to hitler, praise hitler, race traitor,
    racial purity, hitler was right, hitler as a hero, hitler as hero, heroic hitler, untermensch, untermenschen`,
  ),
  /** Groups; refused only together with a demand or contempt. */
  group: list(
    `jews, jewish people, muslims, muslim people, christians, hindus, sikhs, blacks, black people, white people, whites, asians, asian people, arabs, africans,
    mexicans, immigrants, migrants, refugees, foreigners, gays, gay people, lesbians, queers, trans people, transgender people, women, disabled people, roma people,
    indians, native americans, jew, muslim, christian, hindu, sikh, arab, african, mexican, asian, immigrant, migrant, refugee, foreigner, lesbian`,
  ),
  demand: list(
    `kill all, kill the, murder all, murder the, exterminate all, exterminate the, exterminate, gas all, gas the, lynch all, lynch the, death to,
    death to all, kill every, kill those, murder every, exterminate every, gas every, hate all, i hate, hang all, burn all, eradicate all, eradicate the, get rid of all, deport all`,
  ),
  contempt: list(
    `are subhuman, are vermin, are animals, are rats, are cockroaches, are parasites, are filth, are a disease, are a plague, are trash, are garbage, are monkeys, are apes, are pigs, are dogs, are scum,
    are inferior, must die, should die, should be killed, should be gassed, deserve to die, belong in the oven`,
  ),
  /** Everyday phrases that contain words of the other lists: removed before the text is checked. */
  innocent: list(
    `naked mole rat, naked eye, naked flame, naked singularity, naked bike ride, naked blade, naked steel, naked cat, naked truth, baby blue, baby pink, baby face, baby faced, baby bump,
    baby breath, baby s breath, baby hair, baby hairs, baby bangs, baby yoda, baby carrots, boy band, girl band, girl group, girl boss,
    pin up girl, pinup girl, bond girl, cover girl, calendar girl, flapper girl, show girl, it girl, gibson girl, old boy, kid gloves, kid leather,
    flower child, inner child, wild child, love child, gothic lolita, lolita fashion, lolita dress, sweet lolita, classic lolita, nude lipstick, nude lip,
    nude lips, nude heels, nude pumps, nude tones, nude tone, nude makeup, nude make up, nude eyeshadow, nude nails, nude palette, nude colour,
    nude color, nude coloured, nude colored, same sex, fair sex, opposite sex, either sex, sex male, sex female, sex woman, sex man, sex nonbinary,
    sex pistols, sex and the city, thong sandals, bondage trousers, bondage pants, enfant terrible, kindergarten teacher,
    school teacher, high school teacher, middle school teacher, elementary school teacher, primary school teacher, children s book, childrens book,
    child s drawing, teen wolf, teen titans,
    kung fu kid, karate kid, billy the kid, sundance kid, cisco kid`,
  ),
} as const satisfies PromptLexicon;

/** Refused words that also are something else, and the words that decide how they are read: innocent-readings.ts has the grammar. */
export const READINGS = {
  firstNames: set('kike'),
  surnames: set('cumming, cummings, wanker, fuk'),
  towns: set('fucking, wank, dildo, twatt, cumming, anus, pussy, bitche, cunter'),
  french: set('retard, retards'),
  latin: set('cum'),
  dogs: set('bitch, bitches'),
  /** Sticks and meatballs. */
  bundles: set('faggot, faggots'),
  determiners: set('a, an, the, this, that, these, those, every, any, no, some, another, typical, you, your, like'),
  /** In such company, no word is a name. */
  insults: set(
    `dirty, filthy, greedy, stupid, dumb, ugly, fat, fucking, fuckin, damn, damned, bloody, hate, hates, kill, gas, death, die, evil, subhuman, vermin,
    jew, jews, jewish, zionist, slutty, horny, whore, you, your, ass, nigger, resting`,
  ),
  towards: set('from, in, at, near, to, around, outside, visiting, of, through, aus, de, von'),
  afterTown: set('to, with, who, where, and, is, was, has, village, town, near'),
  beforeFrench: set(
    'en, du, de, le, un, son, sans, avec, au, ce, mon, ton, leur, les, des, ses, leger, léger, petit, gros, long, quel',
  ),
  besideDogs: set(
    `dog, dogs, breeder, breeders, breed, breeding, kennel, kennels, puppy, puppies, pup, pups, litter, crufts, champion, hound, hounds, greyhound, sheepdog,
    terrier, spaniel, collie, retriever, poodle, labrador, shepherd, setter, pointer, mastiff, bulldog, dachshund, corgi, beagle, husky, whippet, wolf, wolves, whelping, vet`,
  ),
  besideBundles: set(
    'sticks, firewood, kindling, bundle, bundles, twigs, brushwood, peas, gravy, pork, mash, butcher, woodcutter',
  ),
} as const;
