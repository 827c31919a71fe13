import { testViewTour } from './view-tour.ts';

testViewTour({ width: 1440, user: 'alice' });
