import { testAccountTour } from './account-tour.ts';

testAccountTour({ width: 390, user: 'admin' });
