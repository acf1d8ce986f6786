/** What Vite makes of imports in workers. Its own types would bring the DOM with them, which workers lack. */
declare module '*?url' {
  const address: string;
  export default address;
}
