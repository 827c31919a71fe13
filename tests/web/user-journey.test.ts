import { testUserJourney } from './user-journey.ts';

testUserJourney({ title: '1440', user: 'Alice', screen: { viewport: { width: 1440, height: 900 } } });
