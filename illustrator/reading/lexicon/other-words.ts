import type { Meaning } from '../meaning.ts';

/** Things no portrait of ours shows: reported when they are said. */
export const UNDRAWN = `sword, staff, wand, axe, shield, bow and arrow, gun, pistol, rifle, knife, dagger, spear,
    hammer, wrench, spanner, whip, lance, katana,
  dog, puppy, horse, pony, wolf, fox, rabbit, lion, tiger, bear, snake, dragon, unicorn, fish, chicken, cow, sheep,
    goat, pig, elephant, monkey, lizard, frog, butterfly, bee,
  spider, rat, mouse, hamster, duck, swan, peacock, dinosaur, shark, dolphin, whale, cat, kitten, bird, penguin,
    kangaroo, koala, panda, hedgehog, squirrel, camel, llama, alpaca,
  guitar, lute, violin, piano, drum, trumpet, saxophone, flute, harp, accordion, microphone, banjo, cello, bagpipe,
    harmonica, ukulele, keyboard, tambourine,
  book, newspaper, letter, scroll, map, phone, smartphone, laptop, computer, camera, tablet, telescope, microscope,
    magnifying glass, calculator, clipboard,
  cup, mug, coffee cup, cup of coffee, tea, glass of wine, wine, beer, cocktail, bottle, glass, pint, champagne, tea
    cup, teacup, coffee, whisky, juice, milk, goblet,
  umbrella, cane, walking stick, walking cane, crutch, wheelchair, bouquet, rose, fan, lantern, torch, candlestick,
    basket, bag, purse, handbag, suitcase, briefcase, box, gift, present, balloon string,
  apple, banana, orange fruit, cake, bread, pizza, burger, ice cream, sandwich, sushi, cookie, donut, fruit,
    baguette, carrot, pumpkin lantern, flour, egg, cheese, chocolate bar, croissant, soup, cupcake,
  ball, football, basketball, racket, tennis racket, golf club, skateboard, surfboard, bicycle, bike, motorcycle,
    motorbike, car, sports car, truck, tractor, train, rocket, tank vehicle, scooter, ski, snowboard, paddle, oar,
    dumbbell,
  brush, paintbrush, paint brush, pencil, pen, easel, palette, scissors, tool, toolbox, saw, drill, pickaxe, shovel,
    broom, broomstick, rope, chain saw, chainsaw, rolling pin, frying pan, spoon, fork, ladle, whisk, tray, hose,
    needle, spatula,
  crystal ball, potion, skull, bone, cauldron, orb, coin, treasure chest, treasure, sack, key, clock, watch, pocket
    watch, mirror, flag, banner, trophy, globe, chess board, dice, card, deck of cards,
  trouser, pants, jeans, skirt, kilt, shoe, boot, glove, belt, sock, stocking, sandal, high heel, leather glove,
    mitten, short pants, leggings, sneaker, bracelet, wristwatch, finger ring, ring, armband, holster, watch chain,
    wristband, ring on her finger, cufflink,
  tusk, tail, claw, fang, hoof, tentacle, snout, fin, gill, trunk, beak, fur, scale skin, fish tail, third eye,
    tongue, vampire tooth, fangs, mechanical arm, robotic arm, prosthetic leg, wooden leg, peg leg, hook hand, hook,
  vitiligo, acne, broken nose, bruise, blood, sweat, onesie, dinosaur onesie, cast, mud, oil stain, soap
    bubble, bubble gum, pacifier, hearing aid, tooth brace, chewing gum, monocycle, dimple chin,
  crowd, audience, snowman, robot dog, statue, fountain, rainbow, volcano, tornado, tornado cloud, underwater, coral
    reef, swing, chair, table, bed, blackboard, chalkboard, whiteboard, window, door, mushroom, flower pot, plant,
    cobweb, ladder, carousel, roller coaster, ferris wheel, tent, speech bubble, thought bubble, text, logo,
    caption, speech balloon`;

/** Talk about the image itself, hands and the like: heads that absorb their adjectives and are never reported. */
export const IGNORED = `portrait, photo, photograph, image, picture, drawing, painting, illustration, art, artwork,
    avatar, shot, close up, closeup, headshot, selfie, view, angle,
  style, mood, atmosphere, vibe, tone, aesthetic, theme, look, expression, pose, gaze, gesture, detail, texture,
    quality, resolution, render, rendering, lighting, light, shadow, shade, glow, lens,
  focus, depth of field, contrast, tone range, tonal range, composition, frame, film, film still, camera angle,
    brushwork, linework, line, ink, bold ink, stroke, color palette, palette of colors, color, pixel, block, shape,
    form, material, surface,
  paper grain, grain, bleed, fingerprint, visible fingerprint, halftone, cel, cartoon, anime, manga, comic,
    caricature, 3d, 2d, vector, sketch, oil, watercolor, acrylic, pastel colors, charcoal drawing, pen and ink, mm,
    k, hdr, uhd, head and shoulder, head, shoulder,
  viewer, at camera, at the camera, to camera, to the camera, into the camera, facing the camera, hand, arm, arms crossed, finger, neck, chest, body, leg, foot, forehead, cheek, nose, chin, jaw,
    jawline, cheekbone, ear, eyebrow, brow, eyelash, eyelid, lash, nostril, complexion tone, feature, facial
    feature, face shape, figure,
  day, morning, afternoon, year, century, age, era, time, summer, spring, weekend, winter time, season, moment,
    life, world, work, job, trade, service, front, side, left, right, center, middle, top half, half, part, bit,
    lot, kind, type, sort, set, pair, way, end, back, wind, breeze, air,
  name, story, soul, spirit animal, power, strength, wisdom, elegance, confidence, character trait, personality,
    charm, beauty, grace, style photo, magazine, cover, poster, movie, film noir, book cover, profile, profile
    picture, linkedin, instagram, twitter, icon, sticker, emoji, logo style, minimalism,
  hangover, war, battle, fight, peace sign, graduation, wedding, funeral, christmas, halloween, holiday, vacation,
    adventure, journey, sport, game, music, fashion, culture, tradition, mustache wax, everything, nothing,
    anything, something, hero pose, love, friendship, mystery, magic, energy, fantasy, science fiction, sci fi,
    steampunk style, cyberpunk style, noir, renaissance, baroque, impressionism, surrealism, realism, photorealism,
    art nouveau, art deco, bauhaus, minimalistic, studio ghibli, pixar, disney, van gogh, rembrandt, vermeer,
    picasso, warhol, gold leaf, three quarter view, black and white film, black and white photo, black and white
    photograph, black and white, monochrome, sepia, duotone, two color, color scheme, rim light, soft box light,
    window light, lamp light, studio light, stop motion, skin texture, dramatic light, key light, backlight, low
    light, dim light, film character, box light, global light, natural light, warm light, cool light, fill light,
    candle light, spot light, spotlight, side light, soft light, edge light, shadow play, dirt, soot, rhinestone,
    sequin, jewel tone, gray tone, tooth, frost, flour dust, makeup free, no one, gap, straw bale, cushion, blanket,
    tartan blanket`;

/** Sizes, shapes and materials that choose between kinds of a thing. */
export const QUALITIES = `long, short, tall, big, large, huge, wide, floppy, broad, enormous, giant, massive, wide
    brimmed, broad brimmed, pointed, pointy, straw, wool, fur, knitted, leather, velvet,
  trimmed, neat, cropped, groomed, bushy, thick, thin, small, tiny, little, high, low, flowing, silk, cotton, linen,
    iron, steel, metal, wooden, plastic, paper, brimmed, conical, round,
  half moon, feathered, horned, plumed, winged, jeweled, oversized, flat, loose, close cropped, very long, full,
    warm, bright, broad brim, crumpled, felt, tweed, hooded, baseball, bowler, bobble, medieval, roman,
  ski, witch, santa, christmas, birthday, safari, bike, motorcycle, racing,
    flying, sports, football, military, fishing, dress, medical, surgical, work, hunting, swim, golf,
    tennis, christmas themed, toothy, handlebar`;

/** Adjectives and adverbs without a picture. */
export const FILLERS = `very, late, early, mid, really, quite, rather, slightly, extremely, super, deeply, softly, brightly,
    beautifully, beautiful, handsome, pretty, cute, elegant, attractive, gorgeous, lovely, ugly, stylish,
    fashionable, trendy, cool,
  fancy, simple looking, vintage, retro, modern, futuristic, ancient looking, classic, traditional, typical, famous,
    rich, poor, royal looking, noble looking, wise, brave, heroic, mysterious, magical, mystical, enchanted,
    ethereal, epic, cinematic, dramatic, realistic,
  photorealistic, hyperrealistic, hyperreal, detailed, highly detailed, intricate, sharp, crisp, clean, clean
    confident, confident, geometric, ornate, sparkling, sparkly, glittery, glittering, shiny, shimmering, glossy,
    matte, rugged, dusty looking, dirty, greasy, worn, torn, ripped jeans, ragged, old fashioned, new,
  natural, wild looking, ordinary, normal, average, single, several, few, many, two, three, four, five, only, just,
    also, too, always, never ever, still, again, once, there, here, then, while, where, who, whose, which, when,
    what, how, it, him, they, them, he is, i, me, we, you, please, make, create, draw, generate, show, showing,
    want, like a,
  facing, looking, staring, gazing, posing, standing, sitting, centered, seen, lit, framed, rimmed, framed by, thick
    rimmed, thick framed, heavy, patterned, embroidered, ruffled, pleated, fitted, tight, open, buttoned,
    unbuttoned, rolled up, double breasted, high necked, v necked, sleeved, long sleeved, short sleeved, sleeveless,
    collared,
  stunning, amazing, best, great, good, nice, perfect, professional, friendly looking, powerful looking, hot, sexy,
    glamorous, sophisticated, chic, casual, formal, informal, smart, business casual, cozy looking, comfy,
    comfortable, festive, ceremonial, rustic, bohemian, boho, gothic, romantic, whimsical, quirky, eccentric, bold,
    visible, subtle, soft focus, clever, intelligent, hard working, hardworking, tattered, weathered looking,
    matted, crooked, upturned, raised, big eyed, oversized head, celtic, imperial, western, oriental, exotic, local,
    real, true, own, whole, entire, same, different, other, top, bottom, upper, lower, inner, outer, front facing,
    famous looking, lonely looking, distant, dark academia, extra, ultra, mega, mini, adorable, loyal, fearless,
    dashing, legendary, mighty, humble, bespoke, designer, luxury, expensive, cheap, plain unadorned, unadorned,
    well made, fine, careful, rich layered, layered, ultra detailed, trending, artstation, masterpiece, award
    winning, full body, upper body, waist up, half body, close, near side, tilted, leaning, dancing, walking by,
    working, thinking, waiting, talking, speaking, singing softly, running, jumping, flying, floating, fighting,
    gardening, studying, relaxing, enjoying, having fun, surrounded, covered, filled, blowing, glowing, shining,
    burning, falling, twinkling, swirling`;

export const DETAIL_WORDS: readonly (readonly [Meaning, string])[] = [
  [
    { is: 'detail' },
    `band, hatband, hat band, trim, brim, button, collar, sleeve, cuff, lining, logo, stitch, stitching, zip, zipper, pocket, seam, edge, tip, highlight, streak, root, strap, buckle, tassel, fringe trim, pom pom, bobble, lace, frill, lapel, hem,
    accent, embroidery, fur trim, rim, frame, number, letter print, motif, ornament, symbol, inlay, gem inlay,
    feather trim, cord, belt buckle, epaulet trim, underside, stem, shoulder pad, visor edge, crystal, bell, star
    symbol, studs on it, print, pattern, patch on elbow, ribbon band, ear flap, peak, elbow pad, wide collar, cross
    symbol, neckline`,
  ],
  [{ is: 'detail', pattern: 'floral' }, 'flowers, roses print, flower pattern'],
  [{ is: 'detail', pattern: 'stars' }, 'stars on it'],
];
