import type { SceneName, Weather } from '../../scene/scene-names.ts';

/** Where it is; the background is drawn so. */
export const PLACE_NAMES: Readonly<Partial<Record<SceneName, string>>> = {
  studio: 'studio, photo studio, gray backdrop, studio backdrop, portrait studio, softbox',
  office: `office, meeting room, workplace, conference room, boardroom, workspace, cubicle, open office, coworking space,
    desk, bank, classroom, startup, newsroom, school, university`,
  clinic: `clinic, hospital, operating room, surgery room, ward, doctor office, medical office, pharmacy, hospital room,
    dental office, hospital corridor, emergency room`,
  library: `library, bookshelf, bookshelves, bookcase, book shelf, bookstore, bookshop, wall of book, archive, study room,
    reading room, shelf of book, full of book, study`,
  cafe: `cafe, coffee shop, bakery, kitchen, tavern, bar, pub, restaurant, inn, diner, tea room, coffee house, bistro,
    pizzeria, canteen, teahouse, brewery, wine cellar, wine bar, trattoria, saloon, nightclub bar, coffeeshop`,
  home: `home, living room, sofa, cozy room, bedroom, couch, fireplace, house, cottage, armchair, apartment, kitchen
    table, attic, cabin, log cabin, cosy room, fireside, lounge, garage, workshop, dining room`,
  city: `city, street, downtown, skyline, alley, urban, new york, paris street, london street, city street, rooftop,
    town, market, marketplace, bridge, train station, sidewalk, city center, building, paris, london, berlin, times
    square, manhattan, village, subway, road, highway, bus stop, suburb, bazaar, airport, shop, brick wall, graffiti
    wall, eiffel tower, big ben, skyscraper, tower block, square, venice, rome, stadium, football stadium,
    amsterdam, canal, piazza`,
  garden: `garden, park, flower in the background, flower background, rose garden, greenhouse, flower garden, botanical
    garden, backyard, hedge, flower bed, orchard, rose bush, flower shop, courtyard, terrace, balcony garden, zoo,
    playground, field of flower, flower field, picnic, tulip field, sunflower field, sunflowers, lavender field`,
  blossom: `cherry blossom, blossom, sakura, cherry tree, cherry blossom tree, blooming tree, petal, falling petal, spring
    blossom, magnolia tree, almond blossom, spring tree, cherry blossoms`,
  hills: `hill, meadow, field, countryside, farm, wheat field, pasture, prairie, grassland, vineyard, rice field,
    cornfield, village green, moor, highlands, valley, green hill, plain landscape, barn, rolling hill, rural
    landscape, grass, nature, savanna, savannah, landscape, tuscany, rice paddy, ranch, golf course, football pitch,
    football field, windmill, outdoors, steppe, tundra grassland, race track, wheatfield, outback hills, lawn,
    pampas, corn field, cliff`,
  beach: `beach, sea, ocean, coast, harbor, seaside, shore, seashore, palm tree, island, ship deck, on a ship, on deck,
    ship, boat, lighthouse, port, tropical beach, pier, sailboat, lagoon, bay, marina, dock, waves, wave crashing,
    stormy sea, tropical island, riviera, hawaii, lake, riverbank, river, swimming pool, pool, poolside, yacht,
    caribbean sea, waterfront, seascape, fishing boat, pirate ship, deck of a ship, stormy ocean, quay, jetty,
    sailing ship`,
  mountains: `mountain, alp, peak, snowy mountain, himalaya, mountain top, summit, glacier, mountainside, mountain range,
    rocky mountain, everest, andes, alps, ski slope, ski resort, fjord, matterhorn, mountain view, snowy peak,
    mountain landscape`,
  snow: `snow, winter, ice, snowy background, snowy landscape, winter landscape, arctic, winter wonderland, frozen lake,
    antarctica, north pole, tundra, snowscape, snowy field, snowy forest, igloo, siberia, christmas tree, ice rink,
    snowy street, snowy woods, winter forest, snow covered, wintry, snowdrift`,
  forest: `forest, wood, jungle, dappled light, moss, mossy dappled light, pine forest, rainforest, woodland, tree, pine
    tree, autumn forest, fern, bamboo forest, bamboo, deep forest, swamp, enchanted forest, autumn leaf, fall
    foliage, birch forest, redwood, autumn tree, waterfall, campfire, campsite, fairy forest, autumn, grove, oak
    tree, tropical forest, fairytale forest, mushroom forest, leafy background`,
  arcane: `rune, arcane, magic circle, spell, floating rune, magical symbol, magic glow, glowing rune, magic portal,
    portal, crystal cave, magic spark, swirling magic, glowing orb, magic light, wizard tower, potion shop, alchemy
    lab`,
  cathedral: `cathedral, temple, church, stained glass, monastery, chapel, mosque, abbey, altar, cathedral at dawn,
    stained
    glass window, basilica, shrine, nave, synagogue, church window, pagoda, marble hall, courtroom, court, opera
    house`,
  castle: `castle, throne, throne room, palace, medieval castle, fortress, dungeon, castle wall, medieval town,
    great hall,
    royal court, tower, royal palace, crypt, medieval village, ballroom, castle hall, battlement, battlefield,
    haunted house, colosseum, arena, stone wall, cave`,
  moonlit: `moonlit, moonlight, moonflower, night, night sky, full moon, at night, midnight, moon, firefly, moonlit night,
    nighttime, fireflies, graveyard, cemetery, dark night, halloween night`,
  neon: `neon, neon sign, neon light, neon city, cyberpunk city, tokyo at night, neon rain, nightclub, disco, arcade,
    neon street, neon alley, tokyo, neon background, shibuya, club, blade runner city, neon lit street, las vegas,
    synthwave, concert, concert stage, dance floor`,
  lab: `laboratory, lab, white laboratory, test tube, science lab, research lab, research facility, clean room, sterile
    room, server room, control room, chemistry lab`,
  space: `planet, outer space, space, star background, galaxy, nebula, in space, moon surface, cosmos, universe, mars,
    milky way, starfield, earth in the background, orbit, deep space, asteroid, saturn, space background, stars in
    the background, solar system, stars and planets, lunar surface, the stars`,
  night: `starry sky, starry night, starry night sky, star filled sky, aurora, northern light, stargazing, aurora
    borealis, starlit sky, fireworks, firework, night sky full of stars, shooting star, starlight, sky full of star`,
  cockpit: `cockpit, flight deck, spaceship, starship, spaceship bridge, starship bridge, bridge of a spaceship, space
    station, spacecraft, cockpit glow, airplane, plane, airplane cabin, space ship, mission control, submarine,
    inside a spaceship, helicopter, jet, command deck`,
  desert: `dust, desert, amber sun, wasteland, ruin, dune, sand dune, sahara, canyon, egypt, pyramid, wild west, western
    town, mad max desert, dusty road, oasis, arizona, outback, mars desert, desert sunset, desert dune, sandstorm,
    burning city, apocalypse, rubble, cactus, monument valley, badlands`,
  drape: `drapery, chiaroscuro, curtain, velvet drapery, velvet curtain, red curtain, theater, theater stage, stage,
    drape, stage curtain, circus, circus tent, museum, opera, cinema`,
  felt: 'felt set, felt',
  pastel: `pastel background, pastel backdrop, pastel gradient, confetti, hearts background, balloon, candy background,
    party background, candyland, unicorn background, balloons, birthday party, cotton candy clouds`,
  blinds: `window blind, venetian blind, blinds, window blind shadow, interrogation room, blinds shadow, noir office`,
  dusk: `sunset, dusk, dawn, sunrise, golden hour, evening sky, twilight, sunset sky, sunset background, sunset light,
    cloudy sky, blue sky, sky, clouds, cloud, evening, morning sky, dramatic sky, setting sun, horizon, dawn sky,
    evening glow, overcast sky, in the clouds, heaven`,
  burst: `comic burst, halftone background, explosion, sunburst, comic background, pop art background, burst background,
    action background, flame, fire, flames, fire background`,
  bokeh: `bokeh, blurred light, fairy light, city lights, blurry light, bokeh light, christmas light, lights background,
    string light, candlelight, candle, lanterns, lens flare`,
  paper: `paper background, paper texture, watercolor background, parchment, ink splash, splash of color, watercolor
    splash, paint splash`,
};

export const WEATHER_NAMES: Readonly<Record<Weather, string>> = {
  rain: `rain, rainy, raining, rainfall, drizzle, in the rain, downpour, pouring rain, rainy day, drizzling, wet street,
    raindrop, pouring, rain falling, heavy rain, monsoon, rainstorm, rain soaked, soaked, hail, light rain`,
  snow: `snow falling, snowfall, snowing, blizzard, snowflake, falling snow, snowstorm, snow storm, flurry, in a
    blizzard, snow flurry, in the snow, sleet, snowy day, heavy snow, light snow, snow falls, snow swirling`,
  fog: `fog, foggy, mist, misty, haze, hazy, smoky, in the fog, foggy morning, smoke, morning mist, smog, steam, in the
    mist, dense fog, heavy fog`,
  storm: `storm, thunderstorm, lightning, stormy, thunder, lightning storm, stormy weather, tempest, hurricane, lightning
    bolt, storm cloud, dark cloud, thunder cloud, stormy sky, bolt of lightning`,
  sun: `sunny, sunny day, sunshine, sunlit, bright sun, sunbeam, sun ray, in the sun, sun, sun drenched, summer day,
    heat, sunlight, rays of sun, hot day, summer sun, blazing sun, sunny weather, ray of light`,
};

export const BACKGROUND_WORDS = `background, backdrop, wall, background color, bg, backgroud, back drop, gradient
    background, gradient, studio
    wall, scenery, surrounding, color background`;
export const PLAIN_BACKGROUNDS = `plain background, solid background, solid color background, simple background,
    empty backdrop, plain empty
    backdrop, plain backdrop, passport photo, solid backdrop, plain wall, blank background, clean background, flat
    background, id photo, minimalist background, empty surrounding, seamless background, monochrome background,
    mugshot, blank wall, solid color, empty background, isolated background, simple backdrop`;
