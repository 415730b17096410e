// Draws what passes at the moment: a point each second, two minutes of them. What was not measured is a gap, never 0.
const card = document.querySelector('[data-traffic]');
const reach = 120;
const units = ['b/s', 'kb/s', 'Mb/s', 'Gb/s', 'Tb/s'];
let points = []; // [ms, received, sent, devices]

function rate(bits) {
  let unit = 0;
  for (; bits >= 999.5 && unit < units.length - 1; unit++) bits /= 1000;
  return `${bits < 10 && unit > 0 ? Math.round(bits * 10) / 10 : Math.round(bits)} ${units[unit]}`;
}

function ceiling(bits) {
  const power = 10 ** Math.floor(Math.log10(Math.max(bits, 1000)));
  return [1, 2, 5, 10].find((step) => bits <= step * power) * power;
}

function path(which, now, top, closed) {
  let drawn = '';
  let last = null;
  const end = () => { if (closed && last !== null) drawn += `L${last} 100Z`; last = null; };
  for (const point of points) {
    const x = Math.round((reach - (now - point[0]) / 1000) * 10) / 10;
    if (point[which] === null || x < 0) { end(); continue; }
    if (last !== null && x - last > 3) end();
    const y = Math.round((100 - (100 * point[which]) / top) * 100) / 100;
    drawn += last === null ? (closed ? `M${x} 100L${x} ${y}` : `M${x} ${y}`) : `L${x} ${y}`;
    last = x;
  }
  end();
  return drawn;
}

function draw() {
  const now = points.at(-1)[0];
  points = points.filter((point) => now - point[0] <= reach * 1000);
  const top = ceiling(Math.max(0, ...points.map((point) => Math.max(point[1] ?? 0, point[2] ?? 0))));
  const [, received, sent, devices] = points.at(-1);
  card.querySelector('[data-received]').textContent = received === null ? 'not known' : rate(received);
  card.querySelector('[data-sent]').textContent = sent === null ? 'not known' : rate(sent);
  card.querySelector('[data-measured]').textContent = devices === 0 ? 'no device is connected and measured now'
    : `each second${card.dataset.traffic.includes('device=') ? '' : `, of ${devices} ${devices === 1 ? 'device' : 'devices'}`}`;
  card.querySelector('[data-top]').textContent = rate(top);
  card.querySelector('[data-half]').textContent = rate(top / 2);
  card.querySelector('[data-area]').setAttribute('d', path(1, now, top, true));
  card.querySelector('[data-line]').setAttribute('d', path(1, now, top, false));
  card.querySelector('[data-other]').setAttribute('d', path(2, now, top, false));
}

function connect() {
  const source = new EventSource(card.dataset.traffic);
  source.addEventListener('recent', (e) => { points = JSON.parse(e.data); });
  source.addEventListener('point', (e) => { points.push(JSON.parse(e.data)); draw(); });
  // The browser itself tries again, but for a refusal: live.js then asks the page, which knows why.
  addEventListener('pagehide', () => source.close(), { once: true });
}

if (card) {
  connect();
  addEventListener('pageshow', (e) => { if (e.persisted) connect(); });
}
