import type { CreateGeneration } from '#contract/generation.ts';
import { EYE_COLORS, HAIR_COLORS, SKIN_TONES } from '#domain/persona/attributes.ts';
import type { Style } from '#domain/prompt/style.ts';

interface SampleProject {
  readonly name: string;
  readonly description: string;
  /** Name, prompt, style, hairstyle and gender (a woman by default). */
  readonly characters: readonly (readonly [string, string, Style, string, ('woman' | 'man' | 'nonbinary')?])[];
}

/** The projects and avatars in the screenshots. */
export const SAMPLE_PROJECTS: readonly SampleProject[] = [
  {
    name: 'Tavern cast',
    description: 'Everybody who drinks, plays and plots at the Gilded Carp',
    characters: [
      ['Marta the keeper', 'A tavern keeper with tired eyes, apron', 'anime', 'bun'],
      ['Old Tobias', 'A retired sailor with a full beard, blue shirt', 'classical', 'short', 'man'],
      ['Lute player', 'A travelling bard in a green sweater', 'watercolor', 'curly', 'man'],
      [
        'Ysolde of the Long Winter and the Seven Northern Harbours',
        'A duchess in a velvet gown',
        'classical',
        'tied back',
      ],
      ['Night watch', 'A town guard in a leather jacket', 'comic', 'short', 'man'],
      ['Card sharp', 'A gambler in a fedora and a trench coat', 'noir', 'short', 'man'],
      ['Hedge witch', 'A herbalist with a cloak in the forest', 'fantasy', 'long'],
      ['Apprentice', 'A young mage in a school blazer', 'anime', 'braided'],
      ['Blacksmith', 'A smith with a red scarf', 'clay', 'undercut'],
      ['Caravan master', 'A merchant in an orange hoodie, glasses', '3d', 'wavy', 'man'],
      ['The stranger', 'A rider with goggles and dust on the coat', 'post-apocalyptic', 'tied back'],
      ['Kitchen cat lady', 'A cook in a yellow dress', 'chibi', 'braided'],
    ],
  },
  {
    name: 'Support team',
    description: 'Faces for the help desk of the shop',
    characters: [
      ['Nadia', 'A friendly adviser in a blue shirt', 'vector', 'bob'],
      ['Samuel', 'A technician with glasses, green sweater', 'vector', 'short', 'man'],
      ['Ines', 'A team lead in a blazer', 'photorealistic', 'wavy'],
      ['Kofi', 'A night shift adviser in an orange hoodie', '3d', 'curly', 'man'],
      ['Lou', 'An accountant with a yellow scarf', 'photorealistic', 'undercut', 'nonbinary'],
      ['Mei', 'A newcomer in a school blazer', 'anime', 'bun'],
      ['Jonas', 'A returns specialist with a full beard', 'vector', 'short', 'man'],
      ['Aylin', 'A translator in a green dress', 'watercolor', 'long'],
      ['Pavel', 'A warehouse expert in a leather jacket', 'comic', 'spiky', 'man'],
      ['Rosa', 'A quality manager with glasses', 'clay', 'curly'],
      ['Idris', 'A trainer in a flight suit', 'sci-fi', 'short', 'man'],
    ],
  },
  {
    name: 'Neon district',
    description: 'A city of rain and signs',
    characters: [
      ['Messenger 7', 'A messenger with a visor in a neon street', 'cyberpunk', 'bob'],
      ['Doc Halloway', 'A surgeon with glasses in a neon street', 'cyberpunk', 'undercut', 'man'],
      ['Captain Oyelaran', 'A starship captain in a flight suit', 'sci-fi', 'short'],
      ['Rust', 'A mechanic with goggles, dust', 'post-apocalyptic', 'spiky', 'nonbinary'],
      ['The informant', 'A detective in a trench coat and fedora', 'noir', 'short', 'man'],
      ['نور في الليل', 'A singer in a velvet gown', 'cyberpunk', 'long'],
      ['Pilot in red', 'A mecha pilot in a red tunic', 'anime', 'wavy'],
      ['Vendor', 'A noodle cook in an orange hoodie', 'pixel', 'bun'],
      ['Archivist', 'A librarian with glasses, cloak', 'sci-fi', 'tied back', 'man'],
    ],
  },
  {
    name: 'Children’s book',
    description: '',
    characters: [
      ['Grandmother Fern', 'A grandmother with a long scarf, green hills', 'watercolor', 'bun'],
      ['The mole', 'A gardener with glasses and a red scarf', 'clay', 'short', 'man'],
      ['Pim', 'A boy in a yellow raincoat', 'chibi', 'spiky', 'man'],
      ['Postwoman', 'A postwoman in a blue shirt', 'watercolor', 'curly'],
    ],
  },
];

const AGES = ['20s', '30s', '40s', '20s', '60+', '30s', '50s'] as const;
const at = <Value>(list: readonly Value[], index: number): Value => list[index % list.length] as Value;

/** The requests for a project's avatars: no two look alike, and every run generates the same ones. */
export function requestsOf({ characters }: SampleProject, projectIndex: number): CreateGeneration[] {
  return characters.map(([name, prompt, style, hairStyle, gender = 'woman'], index) => {
    const number = projectIndex * 5 + index;
    const attributes = {
      gender,
      ageRange: at(AGES, number),
      skinTone: at(SKIN_TONES, number * 5 + projectIndex).value,
      hairColor: at(HAIR_COLORS, number * 3 + projectIndex).value,
      eyeColor: at(EYE_COLORS, number).value,
      hairStyle,
    };
    const options = { provider: 'illustrator' as const, seed: 1_000 + number };
    return { sourceType: 'text_to_image', name, prompt, style, attributes, options };
  });
}
