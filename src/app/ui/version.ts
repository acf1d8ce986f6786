import { version } from '../../../package.json';

/** The version of this build; result files carry it. */
export const VERSION: string = version;
