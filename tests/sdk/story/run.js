import { story } from './story.ts';

await story(JSON.parse(process.env.CHAT), (step) => console.log(step));
