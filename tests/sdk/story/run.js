import { story } from './story.ts';

await story(JSON.parse(process.env.CHAT), (what) => console.log(what));
