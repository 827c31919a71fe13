import { FILE_ATTACKS } from './file-attacks.ts';
import { attackTheApi } from './attack-the-api.ts';

attackTheApi(FILE_ATTACKS);
