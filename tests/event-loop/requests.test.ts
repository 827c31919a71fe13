import { REQUEST_ATTACKS } from './request-attacks.ts';
import { attackTheApi } from './attack-the-api.ts';

attackTheApi(REQUEST_ATTACKS);
