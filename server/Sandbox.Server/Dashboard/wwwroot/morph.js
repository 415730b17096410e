// Turns one tree into another by the fewest touches. Nodes that stay the same are the same objects afterwards.

const key = (node) => node.id || node.dataset?.key || '';
const alike = (one, other) => one.nodeType === other.nodeType && one.nodeName === other.nodeName && key(one) === key(other);

export function morph(from, to) {
  if (from.nodeType !== Node.ELEMENT_NODE) {
    if (from.data === to.data) return;
    from.data = to.data;
    flash(from.parentElement);
    return;
  }
  if (from.dataset.liveState || ('own' in from.dataset && 'own' in to.dataset)) return; // the badge and live charts are the page's own
  if (from.nodeName === 'TIME' && from.dataset.age) {
    if (Date.parse(to.dateTime) > Date.parse(from.dateTime) || to.dataset.seen === undefined) attributes(from, to);
    return; // its text ticks here
  }
  attributes(from, to);
  morphChildren(from, to);
}

export function morphChildren(from, to) {
  let here = from.firstChild;
  for (const wanted of [...to.childNodes]) {
    const found = find(from, here, wanted);
    if (!found) {
      const added = document.importNode(wanted, true);
      from.insertBefore(added, here);
      if (added.nodeType === Node.ELEMENT_NODE) flash(added);
      continue;
    }
    if (found === here) here = here.nextSibling;
    else from.insertBefore(found, here);
    morph(found, wanted);
  }
  while (here) {
    const next = here.nextSibling;
    here.remove();
    here = next;
  }
}

function find(parent, here, wanted) {
  const name = key(wanted);
  if (!name) return here && alike(here, wanted) ? here : null;
  for (const child of parent.children) if (key(child) === name && alike(child, wanted)) return child;
  return null;
}

function attributes(from, to) {
  if (from.classList.contains('flash')) to.classList.add('flash');
  for (const { name, value } of [...to.attributes]) if (name !== 'open' && from.getAttribute(name) !== value) from.setAttribute(name, value);
  for (const { name } of [...from.attributes]) if (name !== 'open' && !to.hasAttribute(name)) from.removeAttribute(name);
}

function flash(element) {
  if (!element || element.closest('time')) return;
  const cell = element.closest('dd, td, th, li, .figure, .count') ?? element;
  cell.classList.remove('flash');
  requestAnimationFrame(() => cell.classList.add('flash'));
}
