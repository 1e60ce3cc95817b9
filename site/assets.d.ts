/** Files that Vite turns into modules: an image is its address on the site. */
declare module '*.png' {
  const address: string
  export default address
}

declare module '*.css' {}
