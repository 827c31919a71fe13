import type { Accessory } from '../../person/traits.ts';

/** What each thing is called that is worn on face, head, neck and shoulders. */
export const ACCESSORY_NAMES: Readonly<Record<Accessory, string>> = {
  backpack: `backpack, rucksack, knapsack, back pack, hiking pack, schoolbag, school bag, backpack strap, satchel,
    shoulder
    bag, messenger bag, bag strap, mailbag, mail bag, crossbody bag, quiver`,
  badge: `badge, star badge, sheriff star, police badge, name tag, nametag, brooch, lapel pin, pin badge, button badge,
    silver star, boutonniere, rosette, cameo, name badge, sheriff badge, poppy, corsage, lanyard, id badge, lapel
    flower, carnation, press pass, crest, emblem, patch, flower on his lapel, swim badge`,
  bandage: `bandage, plaster, band aid, bandaid, sticking plaster, head bandage, adhesive bandage, bandaged, gauze
    bandage,
    plaster on his nose, plaster on her cheek`,
  beads: `pearl necklace, pearls, string of pearl, beaded necklace, bead necklace, beads, bead, beaded necklaces, prayer
    bead, wooden bead, mardi gras bead, rosary, pearl strand, pearl, mala bead, coral necklace, chunky necklace,
    beaded`,
  bowtie: 'bow tie, bowtie, dickie bow, bow ties, dicky bow, butterfly tie',
  cape: 'superhero cape, hero cape',
  cat: `cat on his shoulder, cat on her shoulder, kitten on his shoulder, cat on the shoulder, black cat on his
    shoulder, kitten on her shoulder, monkey on his shoulder, monkey on her shoulder, cat on their shoulder, ferret
    on his shoulder, squirrel on her shoulder, squirrel on his shoulder, fox on her shoulder, fox on his shoulder,
    lizard on his shoulder, rat on his shoulder, mouse on his shoulder, mouse on her shoulder, dragon on her
    shoulder, dragon on his shoulder, baby dragon on her shoulder`,
  choker: `choker, black choker, velvet choker, spiked collar, collar necklace, leather choker, studded collar, dog collar
    necklace, lace choker, neck ribbon, spiked choker`,
  cigar: 'cigar, cheroot, cuban cigar, stogie',
  cigarette: `cigarette, cig, ciggie, fag, smoking a cigarette, cigarette holder, roll up cigarette, smoking, joint,
    smokes,
    toothpick, vaping, matchstick, straw in his mouth, straw in her mouth, chewing a straw, blade of grass,
    lollipop, lollypop, chewing on a straw, vape, stalk of wheat, pencil in her mouth`,
  earring: `earring, ear ring, hoop, stud, hoop earring, ear piercing, pearl earring, diamond earring, ear stud,
    gold hoop,
    gauge, ear cuff, drop earring, dangling earring, ear tunnel, pierced ear, ear plug, dangly earring`,
  facepaint: `face paint, war paint, facepaint, warpaint, tribal paint, painted face, white face paint, clown
    makeup, day of
    the dead makeup, mime makeup, face painting, corpse paint, tiger face paint, camo paint, sugar skull makeup,
    skull makeup, clown face paint, stage makeup, soot on his face, soot on her face, face painted`,
  freckles: 'freckle, freckled, freckly, freckled face, sunspot, freckle faced',
  hairbow: `bow, hair bow, hair ribbon, bow in her hair, ribbon in her hair, ribbon, hair clip, barrette, hairpin, hair
    pin, bow
    in hair, ribbon in hair, scrunchie, bow on her head, hair tie, hair clasp, bobby pin, hair slide, bow in the
    hair, ribbon in the hair, hair comb`,
  hairflower: `flower, flower in her hair, flower behind her ear, flower in his hair, hibiscus, rose in her hair,
    flower behind
    his ear, flower in the hair, hair flower, rose in his hair, flower in hair, rose in hair, flower behind the ear,
    flower tucked behind her ear, frangipani, daisy in her hair, rose behind her ear, lily in her hair, hibiscus in
    her hair, flower in their hair, orchid in her hair, hibiscus behind her ear, daisy behind her ear, hibiscus
    flower, flower behind one ear, gardenia, pencil behind his ear, pencil behind her ear`,
  lei: `lei, flower necklace, flower lei, garland around her neck, garland around his neck, garland, flower garland
    around her neck, hawaiian garland, marigold garland`,
  lipstick: `lipstick, lip gloss, painted lips, makeup, make up, red lip, lip stick, heavy makeup, rouge, lip color`,
  mask: `mask, face mask, surgical mask, medical mask, scarf over her mouth, scarf over his mouth, scarf over the mouth,
    bandana over his mouth, bandana over her face, bandana over his face, bandana over her mouth, bandana over the
    mouth, ninja mask, balaclava, mouth mask, gas mask, dust mask, scarf over the face, scarf covering his mouth,
    scarf covering her mouth, scarf covering her face, scarf covering his face, respirator, scarf over his nose,
    scarf over her nose, scarf over her face, scarf over his face, masked, covid mask, n95 mask, kn95, bandit mask,
    scarf across her face, scarf across his face, scarf pulled over his mouth, scarf pulled over her mouth, scarf
    around her mouth, scarf around his mouth, half mask, mouth covered, cloth over his mouth, cloth over her mouth,
    face covering, kerchief over his mouth, oxygen mask, veil over her mouth, scarf covering the mouth, bandana
    covering his face, bandana covering her face, bandana covering his mouth, mouth covering, neck gaiter over his
    mouth, face covered`,
  medals: `medal, gold medal, war medal, row of medal, military decoration, silver medal, bronze medal, ribbon bar,
    decoration of honor, olympic medal, medal of honor, iron cross, order medal`,
  mole: 'mole, beauty mark, beauty spot, birthmark, monroe piercing, beauty mole',
  neckerchief: `neckerchief, bandana around his neck, bandana around her neck, neck scarf, scout scarf, silk scarf, cowboy
    scarf, bandana around the neck, neck bandana, cravat, ascot, foulard, neck tie scarf, red bandana around his
    neck, neck kerchief, kerchief around his neck, kerchief around her neck, scout neckerchief, ascot tie, bandana
    round his neck, bandana round her neck, cravat tie, bandanna around his neck, bandanna around her neck`,
  necklace: `necklace, gold chain, chain, pendant, amulet, locket, medallion, shell necklace, chain of office, cross
    necklace, crucifix, silver chain, jewelry, talisman, ankh, bolo tie, gold necklace, chains, jewel, dog tag, gem,
    gemstone, gold jewelry, torc, whistle, cross pendant, key on a chain, tooth necklace, gold cross, silver cross,
    ankh necklace, ruby necklace, diamond necklace, tape measure, camera around her neck, camera around his neck,
    big gold chain, whistle around his neck, key necklace, whistle around her neck`,
  nosering: `nose ring, nose stud, nose piercing, septum ring, septum piercing, septum, pierced nose, lip ring, facial
    piercing, piercing, nose pin, bull ring, lip piercing, eyebrow piercing, face piercing, nath`,
  owl: 'owl, owl on her shoulder, owl on his shoulder, pet owl, snowy owl, owl on the shoulder, barn owl',
  parrot: `parrot, parrot on his shoulder, parrot on her shoulder, macaw, parakeet, budgie, cockatoo, parrot on the
    shoulder, bird on his shoulder, bird on her shoulder, canary, bird on the shoulder, parrot sitting on his
    shoulder, parrot on their shoulder`,
  pipe: `pipe, smoking pipe, tobacco pipe, corncob pipe, pipe in his mouth, pipe in her mouth, smoking a pipe, pipe in
    mouth, briar pipe, meerschaum, clay pipe, bubble pipe`,
  plume: `plume, feather in his hat, feather in her hat, feather, plumed, feathered, feather plume, ostrich feather,
    peacock feather, hat feather, feather in the hat, quill, feather in his cap, feather in her cap, feather in the
    cap, feathered hat, plumed hat, feather in her hair, feather in his hair`,
  pointedEars: 'pointed ear, pointy ear, elf ear, elven ear, vulcan ear, long ear, elvish ear, goblin ear',
  raven: `raven on her shoulder, raven on his shoulder, crow, crow on his shoulder, crow on her shoulder, raven bird, pet
    raven, raven on the shoulder, falcon, hawk, eagle on his shoulder, pigeon, falcon on her shoulder, falcon on his
    shoulder, hawk on his shoulder, crow on the shoulder, pet crow, magpie, eagle, seagull, seagull on his shoulder,
    falcon on the shoulder, dove on her shoulder, pigeon on his shoulder`,
  rednose: 'red nose, clown nose, rudolph nose, red clown nose, big red nose, runny red nose',
  ruff: `ruff, ruff collar, elizabethan collar, ruffled collar, clown collar, lace collar, ruffle, jabot, frill collar,
    frilly collar, frilled collar, lace ruff, white ruff, pierrot collar, tudor collar, millstone collar`,
  sash: `sash, pageant sash, beauty queen sash, diagonal sash, mayoral sash, bandolier, bandoleer, baldric, ribbon sash,
    seat belt, winner sash, miss universe sash, tartan sash, ammo belt`,
  scar: `scar, scarred, facial scar, scarred face, battle scar, scar across his face, eye scar, scar over the left eye,
    scar over one eye, scarface, slash scar, scar across the cheek`,
  scarf: `scarf, muffler, wool scarf, knitted scarf, long scarf, snood, winter scarf, neck warmer, scarf around his neck,
    scarf around her neck, boa, feather boa, pashmina, infinity scarf, football scarf, neck gaiter, stole, keffiyeh
    scarf, scarf around the neck, fur stole, cowl scarf, fur collar, fox stole, keffiyeh around his neck, keffiyeh
    around her neck, silk shawl scarf`,
  shawl: `shawl, wrap, crochet shawl, lace shawl, wool shawl, rebozo, manta, tallit, prayer shawl, knitted shawl, blanket
    around her shoulders, blanket around his shoulders, pelerine, plaid shawl, shoulder wrap, blanket over her
    shoulders`,
  stethoscope: 'stethoscope, stethoscope around the neck, stethoscope around her neck, stethoscope around his neck',
  suspenders: `suspenders, braces, trouser braces, lederhosen, suspender strap, red suspenders, leather harness, harness`,
  tattoo: `tattoo, facial tattoo, face tattoo, tattooed, tribal tattoo, neck tattoo, ta moko, tattooed face, tattoo on her
    face, tattoo on his face, moko, bindi, tattoo sleeve, henna, inked, teardrop tattoo, neck tattoos, tattoo on her
    neck, tattoo on his neck, tattoo sleeve, face tattoos`,
  tears: 'tear, teardrop, tears on her cheek, tear running, tears in her eyes, tears in his eyes, tear stained',
  tie: `tie, necktie, neck tie, silk tie, striped tie, skinny tie, loosened tie, cravat and tie, knitted tie, tie
    loosened, club tie, school tie`,
};
