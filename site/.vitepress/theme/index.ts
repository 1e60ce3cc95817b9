/** The default theme of VitePress with the fonts of the reader's system, and the picture of README.md on the start page. */
import type { Theme } from 'vitepress'
import DefaultTheme from 'vitepress/theme-without-fonts'
import { h } from 'vue'
import dark from '../../../docs/images/verified-dark.png'
import light from '../../../docs/images/verified-light.png'
import './style.css'

const alt =
  'The comment on a pull request after the merge: as reviewed, applied, stable, speaks MCP, and the monitor is registered'

export default {
  extends: DefaultTheme,
  Layout: () =>
    h(DefaultTheme.Layout, null, {
      'home-hero-image': () => [
        h('img', { class: 'hero-picture light-only', src: light, alt }),
        h('img', { class: 'hero-picture dark-only', src: dark, alt }),
      ],
    }),
} satisfies Theme
