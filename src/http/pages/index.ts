import type { Page } from '../page.ts';
import { at, home } from './landscape.ts';

/** The page of each resource, by its name; `error` is the page of an address that has no answer. */
export const PAGES: Readonly<Record<string, Page>> = { home, at };
