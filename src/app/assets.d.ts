/** What Vite makes of imports in pages. Its own types would bring Node's with them, which pages lack. */
declare module '*?url' {
  const address: string;
  export default address;
}
declare module '*.module.css' {
  const classes: Readonly<Record<string, string>>;
  export default classes;
}
declare module '*.css' {}
declare module '*?raw' {
  const text: string;
  export default text;
}

interface ImportMeta {
  /** A function for each file of the pattern that loads it when it is called. */
  glob<T>(pattern: string, options: { readonly import: 'default' }): Readonly<Record<string, () => Promise<T>>>;
}
