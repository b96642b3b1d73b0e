import { foundInWords, hasInIt, searched } from '../views/narrow.ts';
import {
  type Command,
  commandOf,
  createWalk,
  type Focus,
  PACES,
  type Pace,
  type Stop,
  type Walk,
} from './controller.ts';
import { createFilter, type Filter } from './filter.ts';

/** What the page needs to show a stop. */
interface Bar {
  readonly bar: HTMLElement;
  readonly slider: HTMLInputElement;
  readonly words: HTMLElement;
  readonly select: HTMLSelectElement;
}

const SINGLE_KEYS = 'single-keys';
const REST = 350;

const byId = (id: string): HTMLElement | null => document.getElementById(id);

/** A remembered choice; a browser that keeps nothing answers as if nothing had been chosen. */
function remembered(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

function remember(name: string, value: string): void {
  try {
    localStorage.setItem(name, value);
  } catch {
    // A browser that keeps nothing forgets the choice; nothing else is lost.
  }
}

function say(text: string): void {
  const live = byId('live');
  if (live) live.textContent = text;
}

function barOf(): Bar | undefined {
  const bar = document.querySelector<HTMLElement>('[data-bar]');
  const slider = bar?.querySelector<HTMLInputElement>('input[type=range]');
  const words = bar?.querySelector<HTMLElement>('[data-rail-words]');
  const select = bar?.querySelector<HTMLSelectElement>('[data-stops]');
  return bar && slider && words && select ? { bar, slider, words, select } : undefined;
}

/** The address of a stop: that of this page with another day, its clocks and choices kept. */
function addressOf(at: string): string {
  const here = new URL(location.href);
  const link = document.querySelector<HTMLAnchorElement>('[data-move][href]');
  const there = new URL(link?.href ?? here.href);
  there.pathname = there.pathname.replace(/[^/]*$/, at);
  for (const name of ['kind', 'partOf', 'name']) {
    const value = here.searchParams.get(name);
    if (value && !there.searchParams.has(name)) there.searchParams.set(name, value);
  }
  return there.href;
}

let latest = 0;
/** The address of what is shown. */
let shown = location.pathname + location.search;

/** Fetches a page and puts what differs in the place of what is shown. */
async function swap(href: string, history: 'push' | 'replace'): Promise<boolean> {
  const turn = ++latest;
  let text: string;
  try {
    const response = await fetch(href, { headers: { accept: 'text/html' } });
    if (!response.ok) throw new Error(String(response.status));
    text = await response.text();
  } catch {
    location.assign(href);
    return false;
  }
  if (turn !== latest) return false;
  const next = new DOMParser().parseFromString(text, 'text/html');
  const open = [...document.querySelectorAll('main details[open] > summary')].map((one) => one.textContent ?? '');
  for (const selector of ['main', 'footer']) {
    const [from, to] = [next.querySelector(selector), document.querySelector(selector)];
    if (from && to) to.replaceChildren(...from.childNodes);
  }
  for (const one of document.querySelectorAll<HTMLDetailsElement>('main details')) {
    if (open.includes(one.querySelector('summary')?.textContent ?? '')) one.open = true;
  }
  for (const rel of ['prev', 'next']) {
    const [from, to] = [next.querySelector(`[data-move=${rel}]`), document.querySelector(`[data-move=${rel}]`)];
    if (!from || !to) continue;
    const focused = document.activeElement === to;
    to.replaceWith(from);
    if (focused) (from as HTMLElement).focus();
  }
  for (const selector of ['link[rel=canonical]', 'link[rel=prev]', 'link[rel=next]']) {
    document.head.querySelector(selector)?.remove();
    const from = next.head.querySelector(selector);
    if (from) document.head.append(from);
  }
  document.body.className = next.body.className;
  document.title = next.title;
  const date = document.querySelector<HTMLInputElement>('#date');
  const said = next.querySelector<HTMLInputElement>('#date');
  if (date && said) date.value = said.value;
  date?.removeAttribute('aria-invalid');
  document.querySelector('[data-error]')?.replaceChildren();
  window.history[history === 'push' ? 'pushState' : 'replaceState']({ walk: true }, '', href);
  shown = location.pathname + location.search;
  return true;
}

function startWalk({ bar, slider, words, select }: Bar): Walk {
  const stops: Stop[] = [...select.options].map((option, n) => ({
    at: option.value,
    words: `${option.textContent ?? ''}, change ${n + 1} of ${select.options.length}`,
  }));
  const begin = Number(slider.dataset.position);
  const play = document.createElement('button');
  const draw = (position: number) => {
    const stop = stops[position];
    if (!stop) return;
    slider.value = String(position);
    slider.setAttribute('aria-valuetext', stop.words);
    words.textContent = stop.words;
    select.selectedIndex = position;
  };
  let last: 'push' | 'replace' = 'push';
  const walk = createWalk(stops, begin, {
    async show(stop, position, rest) {
      draw(position);
      await swap(addressOf(stop.at), rest ? last : 'replace');
      last = rest ? 'push' : 'replace';
    },
    say,
    playing(on) {
      play.textContent = on ? '❚❚ Stop' : '▶ Play';
      play.setAttribute('aria-pressed', String(on));
    },
    later(milliseconds, then) {
      const timer = setTimeout(then, milliseconds);
      return () => clearTimeout(timer);
    },
  });

  slider.hidden = false;
  const written = words.textContent;
  draw(Math.floor(begin));
  // Between two stops, and before the first, the page itself has said where it is.
  if (!Number.isInteger(begin) || begin < 0) {
    words.textContent = written;
    slider.setAttribute('aria-valuetext', written ?? '');
  }
  let settle: ReturnType<typeof setTimeout> | undefined;
  slider.addEventListener('input', () => {
    walk.stop();
    const stop = stops[slider.valueAsNumber];
    if (stop) {
      slider.setAttribute('aria-valuetext', stop.words);
      words.textContent = stop.words;
    }
    clearTimeout(settle);
    settle = setTimeout(() => void walk.to(slider.valueAsNumber), REST);
  });

  play.type = 'button';
  play.className = 'play';
  play.textContent = '▶ Play';
  play.setAttribute('aria-pressed', 'false');
  play.addEventListener('click', () => void walk.toggle());
  const pace = document.createElement('select');
  pace.setAttribute('aria-label', 'Seconds a change');
  for (const seconds of PACES) {
    const option = new Option(`${seconds} s`, String(seconds), seconds === 2, seconds === 2);
    pace.append(option);
  }
  pace.addEventListener('change', () => walk.pace(Number(pace.value) as Pace));
  const holder = bar.querySelector<HTMLElement>('[data-play]');
  holder?.append(play, ' ', pace);

  bar.addEventListener('click', (event) => {
    const move = (event.target as Element).closest<HTMLAnchorElement>('a[data-move]');
    if (!move || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    const at = move.pathname.split('/').at(-1);
    void walk.to(stops.findIndex((stop) => stop.at === at));
  });
  const touched = (event: Event) => {
    if (walk.isPlaying() && !(event.target instanceof Node && holder?.contains(event.target))) walk.stop();
  };
  for (const kind of ['pointerdown', 'keydown', 'wheel', 'touchstart']) {
    document.addEventListener(kind, touched, { capture: true, passive: true });
  }
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) walk.stop();
  });
  return walk;
}

function focusNow(): Focus {
  const at = document.activeElement;
  const slider = at instanceof HTMLInputElement && at.type === 'range';
  return {
    writing:
      !slider &&
      (at instanceof HTMLInputElement || at instanceof HTMLTextAreaElement || at instanceof HTMLSelectElement),
    slider,
    bar: at?.closest('[data-bar]') != null,
    scrolls: at instanceof HTMLElement && at.scrollWidth > at.clientWidth && at.tabIndex >= 0 && at !== document.body,
  };
}

const KEYS_TOLD: readonly (readonly [keys: string, does: string])[] = [
  ['← →', 'previous and next change, or step of a reform'],
  ['Page Up, Page Down', 'ten changes back or on, in the bar'],
  ['Home, End', 'first and last change, in the bar'],
  ['Space', 'play and stop, on the slider'],
  ['/', 'find a body'],
  ['?', 'these keys'],
];

function keysDialog(): HTMLDialogElement {
  const known = document.querySelector('dialog');
  if (known) return known;
  const dialog = document.createElement('dialog');
  dialog.setAttribute('aria-labelledby', 'keys-title');
  const title = document.createElement('h2');
  title.id = 'keys-title';
  title.textContent = 'Keys';
  const list = document.createElement('ul');
  for (const [keys, does] of KEYS_TOLD) {
    const item = document.createElement('li');
    const kbd = document.createElement('kbd');
    kbd.textContent = keys;
    item.append(kbd, ` ${does}`);
    list.append(item);
  }
  const label = document.createElement('label');
  const box = document.createElement('input');
  box.type = 'checkbox';
  box.checked = remembered(SINGLE_KEYS) !== 'off';
  box.addEventListener('change', () => remember(SINGLE_KEYS, box.checked ? 'on' : 'off'));
  label.append(box, ' Use these keys');
  const close = document.createElement('button');
  close.textContent = 'Close';
  close.addEventListener('click', () => dialog.close());
  const last = document.createElement('p');
  last.append(close);
  dialog.append(title, list, label, last);
  document.body.append(dialog);
  return dialog;
}

/** A button for the keys, so that none is hidden from those who have no keyboard or have turned them off. */
function offerKeys(): void {
  const list = document.querySelector('footer .about');
  if (!list || list.querySelector('[data-keys]')) return;
  const item = document.createElement('li');
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = 'Keys';
  button.className = 'button';
  button.dataset.keys = '';
  button.addEventListener('click', () => keysDialog().showModal());
  item.append(button);
  list.append(item);
}

/** What a row of the table of bodies can be found by: its id, its name and its codes. */
function textsOf(row: HTMLTableRowElement): string[] {
  const link = row.querySelector('a');
  const id = decodeURIComponent(link?.pathname.split('/body/')[1] ?? '');
  return [id, link?.textContent ?? '', ...[...row.cells].slice(1, 3).map((cell) => cell.textContent ?? '')];
}

/** The filter of a table of bodies, by the table's section: a day that is swapped in brings a new one. */
const filters = new WeakMap<Element, Filter>();

function filterOf(section: HTMLElement, form: HTMLFormElement): Filter {
  const known = filters.get(section);
  if (known) return known;
  const asked = (wanted: string): URL => {
    const there = new URL(form.action);
    for (const [name, value] of [...new FormData(form), ['name', wanted.trim()] as const]) {
      if (value === '') there.searchParams.delete(name);
      else there.searchParams.set(name, String(value));
    }
    return there;
  };
  const filter = createFilter(section.dataset.held ?? null, {
    show(wanted) {
      let all = 0;
      let group: { readonly head: HTMLTableRowElement; shown: number } | undefined;
      const close = () => {
        if (!group) return;
        group.head.hidden = group.shown === 0;
        const count = group.head.querySelector('.muted');
        if (count && section.dataset.held !== undefined) count.textContent = String(group.shown);
      };
      for (const row of section.querySelectorAll<HTMLTableRowElement>('tbody tr')) {
        if (row.classList.contains('group')) {
          close();
          group = { head: row, shown: 0 };
          continue;
        }
        row.hidden = row.classList.contains('more') ? wanted !== '' : !hasInIt(textsOf(row), searched(wanted));
        if (row.hidden || row.classList.contains('more')) continue;
        all += 1;
        if (group) group.shown += 1;
      }
      close();
      return all;
    },
    async load(wanted) {
      const response = await fetch(asked(wanted), { headers: { accept: 'text/html' } }).catch(() => undefined);
      if (!response?.ok) return false;
      const next = new DOMParser().parseFromString(await response.text(), 'text/html').getElementById(section.id);
      // Somebody has typed on: what was fetched is no longer asked for.
      if (!next || searched(new FormData(form).get('name')?.toString() ?? '') !== searched(wanted)) return false;
      section.className = next.className;
      if (next.dataset.held === undefined) delete section.dataset.held;
      else section.dataset.held = next.dataset.held;
      section.querySelector('.table')?.remove();
      const [table, said] = [next.querySelector('.table'), section.querySelector('[data-filter-said]')];
      if (table) section.append(table);
      if (said) said.textContent = next.querySelector('[data-filter-said]')?.textContent ?? '';
      return next.dataset.held !== undefined;
    },
    say(count, wanted) {
      const said = section.querySelector<HTMLElement>('[data-filter-said]');
      if (!said) return;
      const { one = '', many = '', on = '', of } = said.dataset;
      said.textContent = foundInWords(count, wanted, { one, many, on, of: of === undefined ? undefined : Number(of) });
    },
    remember(wanted) {
      window.history.replaceState(window.history.state, '', asked(wanted));
      shown = location.pathname + location.search;
    },
    later(milliseconds, then) {
      const timer = setTimeout(then, milliseconds);
      return () => clearTimeout(timer);
    },
  });
  filters.set(section, filter);
  return filter;
}

/** Filters the table of bodies while somebody writes in its box. */
function filterAsTyped(event: Event): void {
  const box = event.target;
  if (!(box instanceof HTMLInputElement) || box.name !== 'name') return;
  const form = box.closest<HTMLFormElement>('form[data-filter]');
  const section = box.closest<HTMLElement>('section[id]');
  if (form && section) filterOf(section, form).type(box.value);
}

/** Goes to the day that was written; where it cannot be read, says so beside the box, and nothing else moves. */
async function goTo(form: HTMLFormElement): Promise<void> {
  const there = new URL(form.action);
  for (const [name, value] of new FormData(form)) there.searchParams.set(name, String(value));
  const [box, said] = [form.querySelector<HTMLInputElement>('[name=date]'), document.querySelector('[data-error]')];
  const response = await fetch(there, { headers: { accept: 'text/html' } }).catch(() => undefined);
  if (!box || !said || !response || response.ok || response.status >= 500)
    return location.assign(response?.ok ? response.url : there);
  const answer = new DOMParser().parseFromString(await response.text(), 'text/html');
  said.textContent = answer.querySelector('.callout')?.textContent?.trim() ?? response.statusText;
  box.setAttribute('aria-invalid', 'true');
  box.focus();
}

function follow(rel: 'prev' | 'next'): void {
  document.querySelector<HTMLAnchorElement>(`a[data-step=${rel}]`)?.click();
}

function obey(command: Command, walk: Walk | undefined): void {
  if (command === 'find') byId('q')?.focus();
  else if (command === 'keys') keysDialog().showModal();
  else if (command === 'next') walk ? void walk.step(1) : follow('next');
  else if (command === 'previous') walk ? void walk.step(-1) : follow('prev');
  else if (command === 'leap on') void walk?.leap(1);
  else if (command === 'leap back') void walk?.leap(-1);
  else if (command === 'first') void walk?.first();
  else if (command === 'last') void walk?.last();
  else void walk?.toggle();
}

/** In a citation the address is whole; a page from the server cannot know under which name it was asked for. */
function citeWhole(): void {
  const cited = document.querySelector('.citation .address');
  if (cited) cited.textContent = new URL(cited.textContent ?? '', location.href).href;
}

function start(): void {
  const bar = barOf();
  const walk = bar ? startWalk(bar) : undefined;
  const dressFooter = () => {
    offerKeys();
    citeWhole();
  };
  dressFooter();
  new MutationObserver(dressFooter).observe(document.querySelector('footer') ?? document.body, { childList: true });
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || document.querySelector('dialog[open]')) return;
    const command = commandOf(event, focusNow());
    if (!command) return;
    if (remembered(SINGLE_KEYS) === 'off') return;
    // On the reform's own page the arrows go from step to step; where there is nothing to move, they scroll.
    if (!walk && (command === 'next' || command === 'previous') && !document.querySelector('a[data-step]')) return;
    event.preventDefault();
    obey(command, walk);
  });
  document.addEventListener('input', filterAsTyped);
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.matches('.go')) return;
    event.preventDefault();
    void goTo(form);
  });
  // A jump within the page is a step of the history too, and no reason to fetch anything.
  window.addEventListener('popstate', () => {
    if (shown !== location.pathname + location.search) location.reload();
  });
}

start();
