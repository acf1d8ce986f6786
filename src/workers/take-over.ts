/** What a page says to the service worker of a new build, which answers whether it does so: not while other pages are open. */
export const TAKE_OVER = { type: 'take over' } as const;
