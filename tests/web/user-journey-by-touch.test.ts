import { testUserJourney } from './user-journey.ts';

testUserJourney({
  title: '390, by touch',
  user: 'Bob',
  screen: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
});
