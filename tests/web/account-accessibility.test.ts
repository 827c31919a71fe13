import { testAccountTour } from './account-tour.ts';

testAccountTour({ width: 1440, user: 'alice' });
