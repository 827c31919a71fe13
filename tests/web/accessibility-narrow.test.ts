import { testViewTour } from './view-tour.ts';

testViewTour({ width: 390, user: 'admin' });
