// Keeps an open page fresh. The server says that something changed; the same page is read again and what differs is put in its place, so
// that focus, scroll, open folds and selected text stay. Ages tick here; signs of life only move them.
import { morph, morphChildren } from './morph.js';

const main = document.getElementById('main');
const badge = document.querySelector('[data-live-state]');
const word = badge?.querySelector('[data-live-word]');
const age = badge?.querySelector('[data-live-age]');
const words = { live: 'live', reconnecting: 'reconnecting', offline: 'offline' };
const patienceMs = 40_000; // the server speaks every 15 s
const offlineMs = 20_000;
const retryMs = 3_000;

let skew = Date.parse(main.dataset.now) - Date.now(); // the server's clock minus this one's
let contact = Date.now();
let source = null;
let busy = false;
let again = false;

const span = (ms) => {
  const s = Math.max(0, Math.floor(ms / 1000));
  if (s < 60) return `${s} s`;
  if (s < 3600) return `${Math.floor(s / 60)} min`;
  return s < 172800 ? `${Math.floor(s / 3600)} h` : `${Math.floor(s / 86400)} d`;
};

const left = (ms) => {
  const s = Math.floor(ms / 1000);
  if (s < 1) return 'over';
  if (s < 60) return `${s} s`;
  if (s < 3600) return `${Math.floor(s / 60)} min ${s % 60} s`;
  return s < 172800 ? `${Math.floor(s / 3600)} h ${Math.floor(s / 60) % 60} min` : `${Math.floor(s / 86400)} d`;
};

const wordsOf = (time, now) => {
  const at = Date.parse(time.dateTime);
  if (time.dataset.age === 'left') return left(at - now);
  return span(now - at) + (time.dataset.age === 'ago' ? ' ago' : '');
};

function tick() {
  const now = Date.now() + skew;
  for (const time of document.querySelectorAll('time[data-age]')) {
    const text = wordsOf(time, now);
    if (text === 'over' && time.textContent !== text) setTimeout(refresh, 1000); // the server's words for it, once its clock is past it, too
    if (time.textContent !== text) time.textContent = text;
  }
  const away = Date.now() - contact;
  if (state() === 'live' && away > patienceMs) reconnect();
  if (state() === 'reconnecting' && (away > offlineMs || !navigator.onLine)) show('offline');
  if (age) age.textContent = `· ${span(away)} ago`;
}

const state = () => badge?.dataset.liveState;

function show(value) {
  if (!badge || state() === value) return;
  badge.dataset.liveState = value;
  word.textContent = words[value];
  badge.title = value === 'live' ? 'This page changes by itself' : 'No contact with the server: what is shown may be old';
}

function heard(at) {
  contact = Date.now();
  if (at) skew = Number(at) - contact;
  show('live');
}

function swap(next) {
  const nextMain = next.getElementById('main');
  if (!nextMain) return;
  const regions = [...main.querySelectorAll('[data-live]')];
  const fresh = [...nextMain.querySelectorAll('[data-live]')];
  const active = document.activeElement;
  if (regions.map((r) => r.dataset.live).join() === fresh.map((r) => r.dataset.live).join()) regions.forEach((region, i) => morph(region, fresh[i]));
  else morphChildren(main, nextMain);
  // What a form was opened on is not what is there any more.
  for (const note of main.querySelectorAll('[data-stale]')) note.hidden = main.querySelector(`[data-seen-of="${note.dataset.staleOf}"]`)?.dataset.seen === note.dataset.stale;
  if (active?.isConnected && document.activeElement !== active) active.focus({ preventScroll: true });
  tick();
}

async function refresh() {
  if (busy) { again = true; return; }
  busy = true;
  try {
    const response = await fetch(location.href, { headers: { 'X-Live': '1', Accept: 'text/html' }, cache: 'no-store' });
    if (response.ok) swap(new DOMParser().parseFromString(await response.text(), 'text/html'));
    else if (response.status === 401 || response.status === 404) location.reload(); // signed out, or no longer ours to see
  } catch {
    // The network is away: the event stream notices it, too, and reads again when it is back.
  } finally {
    busy = false;
    if (again) { again = false; refresh(); }
  }
}

function connect() {
  source = new EventSource(main.dataset.liveUrl);
  source.addEventListener('hello', (e) => { heard(e.data); refresh(); }); // what happened between the page and the stream
  source.addEventListener('change', (e) => { heard(e.data); refresh(); });
  source.addEventListener('beat', (e) => heard(e.data));
  source.addEventListener('seen', (e) => { heard(); seen(JSON.parse(e.data)); });
  source.onerror = () => {
    if (state() !== 'offline') show('reconnecting');
    if (source.readyState !== EventSource.CLOSED) return;
    refresh(); // the server said no: the page itself knows why
    setTimeout(reconnect, retryMs);
  };
}

function reconnect() {
  source?.close();
  if (state() !== 'offline') show('reconnecting');
  connect();
}

function seen(devices) {
  for (const time of document.querySelectorAll('time[data-seen]')) {
    const at = devices[time.dataset.seen];
    if (at > Date.parse(time.dateTime)) time.dateTime = new Date(at).toISOString();
  }
  tick();
}

// On a phone the menu is one line that scrolls: where one is must be in sight.
document.querySelector('.side [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });

if (main?.dataset.liveUrl) {
  connect();
  setInterval(tick, 1000);
  addEventListener('online', reconnect);
  addEventListener('pagehide', () => source?.close());
  addEventListener('pageshow', (e) => { if (e.persisted) reconnect(); });
}
