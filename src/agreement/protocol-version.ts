/**
 * The version of everything that two pages say to each other. Raised whenever a page that says it otherwise could
 * misunderstand; pages of different versions refuse each other, and say to reload.
 */
export const PROTOCOL_VERSION = 4;
