import type { Meaning } from '../meaning.ts';

const being = (feminine?: number, years?: number, inhuman?: boolean): Meaning => ({
  is: 'being',
  ...(feminine === undefined ? {} : { feminine }),
  ...(years === undefined ? {} : { years }),
  ...(inhuman ? { inhuman } : {}),
});
const age = (years: number): Meaning => ({ is: 'age', years });
const build = (round: number, shoulders: number): Meaning => ({ is: 'build', build: round, shoulders });
const CHILD = 20;
const OLD = 70;

/** Words for a human or another being, with the gender and age they say. */
export const BEINGS: readonly (readonly [Meaning, string])[] = [
  [
    being(1),
    `woman, lady, female, sister, aunt, auntie, wife, she, her self, madam, businesswoman, girlfriend,
    daughter in law,
    dame, widow, gal, heroine, actress, hostess, waitress, stewardess, housewife, mermaid, goddess, sorceress,
    enchantress,
    priestess, abbess, duchess, countess, baroness, empress, landlady, saleswoman, sportswoman, cowgirl, horsewoman,
    noblewoman,
    matron, spinster, headmistress, mistress, seamstress, songstress, mrs, miss, ms, femme, niece, chairwoman,
    congresswoman,
    spokeswoman, ladyboss, showgirl, diva, huntress, giantess, shepherdess, flapper, witchy woman, femme fatale,
    midwoman, tomboy,
    vixen, succubus, valkyrie, amazon, banshee, nymph, siren, dryad, maiden, latina, chick, ballerina, blackwoman,
    camerawoman, craftswoman`,
  ],
  [
    being(0),
    `man, gentleman, male, guy, brother, uncle, husband, he, sir, businessman, boyfriend, dude, bloke,
    chap, fellow, mr,
    monsieur, actor, host, landlord, salesman, sportsman, nobleman, lord, duke, count, baron, emperor, nephew,
    chairman, congressman,
    spokesman, bachelor, groom, bridegroom, father in law, hero, handyman, craftsman, tradesman, repairman,
    cameraman, milkman, fisher man,
    outdoorsman, woodsman, huntsman, horseman, swordsman, caveman, strongman, hitman, mister, geezer, macho, gent,
    latino, lad, stuntman,
    merman, bogeyman, highwayman, anchorman, weatherman, journeyman, clergyman, mobster, gangster,
    squire, friar tuck, hunk`,
  ],
  [
    being(1, CHILD),
    `girl, daughter, schoolgirl, little girl, lass, teenage girl, teen girl, granddaughter, girl
    scout, young lady,
    damsel, college girl, infanta, birthday girl`,
  ],
  [
    being(0, CHILD),
    `boy, son, schoolboy, little boy, teenage boy, teen boy, grandson, young lad, delivery boy,
    choirboy, paperboy,
    birthday boy, altar boy, stable boy, bell boy, errand boy, cabin boy`,
  ],
  [
    being(1, OLD),
    `grandmother, grandma, nan, nana, crone, old lady, babushka, abuela, great grandmother, hag, oma,
    matriarch,
    gran, nonna, great grandma, old woman, halmoni, old witch woman, dowager, gramma`,
  ],
  [
    being(0, OLD),
    `grandfather, grandpa, grandad, granddad, gramps, abuelo, patriarch, old timer, opa, great
    grandfather, old man,
    grampa, codger, grandpappy, nonno, old geezer, old fella, granddaddy, pappy, great grandpa`,
  ],
  [being(1, 48), 'mother, mom, mama, stepmother, mother in law, godmother, ma'],
  [being(0, 48), 'father, dad, daddy, papa, stepfather, godfather, pa, pop'],
  [
    being(undefined, CHILD),
    `kid, child, teenager, teen, toddler, baby, youngster, youth, adolescent, infant,
    schoolchild, preschooler,
    little one, tween, grandchild, newborn, pupil, minor, bairn, orphan, prodigy`,
  ],
  [
    being(undefined, OLD),
    `elder, senior, pensioner, retiree, grandparent, senior citizen, centenarian, oldie,
    octogenarian, elderly
    person, geriatric`,
  ],
  [
    being(),
    `person, someone, somebody, human, adult, individual, character, figure, people, parent, sibling,
    friend, cousin, spouse, lover, partner, neighbor,
    model, hipster, biker, goth, punk, skater, nerd, geek, gamer, hippie, tourist, traveler, wanderer, stranger,
    citizen, boss, leader, guest, host person,
    manager, accountant, lawyer, politician, president, minister, executive, ceo, entrepreneur, founder, banker,
    intern, clerk, secretary, receptionist,
    developer, software developer, programmer, engineer person, designer, architect, writer, author, poet,
    journalist, reporter, blogger, influencer, youtuber, streamer,
    director, singer, rapper, musician, pianist, violinist, guitarist, drummer, jazz musician, opera singer, rock
    star, rockstar, country singer, pop star, dj, composer,
    dancer, flamenco dancer, disco dancer, philosopher, scholar, historian, alchemist, bard, thief, rogue, assassin,
    mercenary, adventurer, survivor, villain,
    student person, activist, hostage, prisoner, convict, criminal, robber, bank robber, news anchor, presenter,
    comedian, celebrity, star, champion, coach, trainer,
    volunteer, customer, client, patient, diplomat, ambassador, spy, agent, secret agent, inventor, collector,
    carpenter, tailor, hairdresser, barber, florist, jeweler,
    potter, weaver, cobbler, photographer, yoga teacher, librarian, consultant, analyst, economist, psychologist,
    therapist, social worker, freelancer, worker, employee,
    gambler, smoker, drinker, dreamer, athlete, bodybuilder, weightlifter, gymnast, climber, runner, rower,
    skateboarder, rebel, revolutionary, peasant, noble, aristocrat,
    settler, pioneer, immigrant, nomad, merchant, trader, vendor, seller, shopkeeper, tavern keeper, innkeeper,
    bartender person, gravedigger, mayor, subject, face of a person,
    hacker, scuba diver person, shaman, hipsters, yogi, guru, mentor, sage person, hermit, beggar, outlaw, bandit,
    vagabond, drifter, loner, time traveler, matchmaker, twin, triplet, babe`,
  ],
  [
    being(undefined, undefined, true),
    `alien, orc, goblin, troll, ogre, zombie, monster, demon, ghost, ghoul,
    creature, martian, mutant, imp,
    gremlin, fiend, extraterrestrial, frankenstein, hulk, kobold, lizardman, golem, spirit, beast, draenei,
    tiefling, smurf, avatar, ghoulish creature, ghostly figure,
    cyclops, minotaur, djinn, genie, oni, reptilian`,
  ],
];

export const AGE_WORDS: readonly (readonly [Meaning, string])[] = [
  [
    age(22),
    `young, teenage, little, youthful, adolescent, teenaged, underage, college age, baby faced, childlike,
    juvenile,
    newborn, small child, twenty something, young adult, in her teens, in his teens`,
  ],
  [age(34), 'thirty something, in the prime of life'],
  [
    age(50),
    `middle aged, mature, forty something, fifty something, midlife, in midlife, older middle aged, middle age`,
  ],
  [
    age(OLD),
    `old, elderly, aged, senior, ancient, wrinkled, wrinkly, aging, ageing, weathered, older, retired,
    venerable, centuries old, white haired old,
    wizened, wrinkle, gray haired old, weather beaten, septuagenarian, very old, old aged, grizzled, age worn`,
  ],
];
/** "in her sixties": the middle of the decade. */
export const DECADES: readonly (readonly [Meaning, string])[] = [
  [age(24), 'twenties'],
  [age(34), 'thirties'],
  [age(44), 'forties'],
  [age(54), 'fifties'],
  [age(66), 'sixties'],
  [age(74), 'seventies'],
  [age(80), 'eighties, nineties'],
];

export const BUILD_WORDS: readonly (readonly [Meaning, string])[] = [
  [
    build(-0.8, -0.5),
    `slim, thin, slender, petite, lean, skinny, lanky, bony, gaunt, scrawny, delicate, slight,
    willowy, svelte, wiry,
    frail, emaciated`,
  ],
  [
    build(1, 0.5),
    `heavy, fat, plump, chubby, curvy, plus size, plus sized, heavyset, overweight, obese, portly,
    rotund, tubby,
    corpulent, round, large bodied, chunky, full figured, voluptuous, pudgy, stout, big bellied, round faced, double
    chin`,
  ],
  [build(0.6, 0.8), `sturdy, stocky, burly, beefy, thickset, solid, hefty, brawny, barrel chested, bulky, bull necked`],
  [
    build(0, 1),
    `athletic, muscular, broad shouldered, strong, fit, buff, ripped, toned, sporty, well built,
    muscled, jacked,
    strapping, broad, powerful`,
  ],
];

export const GENDER_WORDS: readonly (readonly [Meaning, string])[] = [
  [{ is: 'gender', feminine: 1 }, 'female, feminine, womanly, girly, ladylike, lesbian, pregnant'],
  [{ is: 'gender', feminine: 0 }, 'male, masculine, manly'],
  [
    { is: 'gender', feminine: 0.5 },
    `nonbinary, non binary, androgynous, genderqueer, genderless, gender neutral, enby,
    agender, genderfluid, gender fluid, androgyne`,
  ],
];

const origin = (complexions: readonly [number, ...number[]], epicanthic = false): Meaning => ({
  is: 'origin',
  complexions,
  epicanthic,
});

/** Which complexions a word of origin leaves open, as indexes into the complexions of person/. */
export const ORIGIN_WORDS: readonly (readonly [Meaning, string])[] = [
  [
    origin([7, 8, 9]),
    `african, black, afro american, african american, nigerian, kenyan, ghanaian, ethiopian,
    jamaican, haitian, caribbean, senegalese,
    congolese, ugandan, somali, sudanese, zulu, maasai, masai, south african, rwandan, rasta, rastafarian, afro
    caribbean, tanzanian, creole, cameroonian,
    zimbabwean, afro, trinidadian, black british, angolan, malian, afrolatina, yoruba, igbo, botswanan, west
    african, east african`,
  ],
  [
    origin([5, 6, 7]),
    `indian, pakistani, bengali, sri lankan, nepali, nepalese, south asian, bangladeshi, punjabi,
    tamil, sikh, desi, hindu, gujarati, rajasthani,
    bollywood, aboriginal, papuan, melanesian, fijian, kerala, dravidian, bhutanese, mughal`,
  ],
  [
    origin([4, 5], true),
    `filipino, filipina, vietnamese, thai, indonesian, malaysian, southeast asian, cambodian,
    burmese, balinese,
    javanese, laotian, malay, khmer, singaporean`,
  ],
  [
    origin([1, 2, 3], true),
    `asian, chinese, japanese, korean, taiwanese, east asian, mongolian, tibetan, hong kong,
    manchu, kazakh, kyrgyz,
    inuit, eskimo, siberian, ainu, samurai era, hmong, yakut, sherpa`,
  ],
  [
    origin([3, 4, 5]),
    `latin, hispanic, latina, latino, latinx, mexican, brazilian, colombian, peruvian, cuban,
    chilean, argentinian, argentine, puerto rican, venezuelan,
    mestizo, dominican, bolivian, ecuadorian, guatemalan, andean, south american, honduran, salvadoran, latin
    american, central american`,
  ],
  [
    origin([3, 4]),
    `middle eastern, arab, arabic, arabian, persian, iranian, turkish, levantine, jewish, lebanese,
    egyptian, moroccan, syrian, iraqi, israeli, kurdish,
    berber, tunisian, algerian, bedouin, saudi, afghan, palestinian, jordanian, yemeni, libyan, emirati, north
    african, ottoman, tuareg, hasidic, amazigh, armenian, georgian, moorish, uzbek`,
  ],
  [
    origin([5, 5, 4]),
    `native american, indigenous, polynesian, maori, hawaiian, pacific islander, native, samoan,
    cherokee, navajo,
    apache, amazonian, lakota, sioux, inca, aztec, mayan, tahitian, tongan, first nation, mohawk chief, amerindian,
    quechua`,
  ],
  [
    origin([0, 1, 2]),
    `white, european, caucasian, nordic, scandinavian, slavic, irish, celtic, english, british,
    scottish, welsh, french, german, dutch, swedish, norwegian,
    danish, finnish, icelandic, polish, russian, ukrainian, czech, austrian, swiss, belgian, american, canadian,
    australian, hungarian, romanian, bulgarian, serbian, croatian,
    estonian, latvian, lithuanian, scots, bavarian, belarusian, new zealand, kiwi, slovak, slovenian, flemish,
    victorian lady, texan`,
  ],
  [
    origin([2, 3, 3]),
    `italian, spanish, greek, portuguese, mediterranean, sicilian, southern european, cypriot,
    maltese, albanian,
    basque, balkan, catalan, andalusian, roma, gypsy, romani, corsican`,
  ],
  [
    origin([3, 4, 5, 6]),
    `mixed, multiracial, biracial, mixed race, mixed heritage, eurasian, mulatto, half black,
    multi ethnic,
    multiethnic`,
  ],
];
