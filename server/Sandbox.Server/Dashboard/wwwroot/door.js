// The one-time token stands behind the # so that no log ever sees it: move it into the form and out of the address bar.
const field = document.getElementById('token');
const token = location.hash.slice(1);
if (field && /^[0-9a-f]{32}$/i.test(token)) {
  field.value = token;
  document.getElementById('token-row')?.setAttribute('hidden', '');
  history.replaceState(null, '', location.pathname);
  check(field.form);
}

// Whether the link is still good, before a password is thought up for it.
async function check(form) {
  try {
    const answer = await fetch(`${form.action}/check`, { method: 'POST', body: new URLSearchParams(new FormData(form)), headers: { Accept: 'text/html' } });
    if (answer.status !== 410) return;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    document.getElementById('main').replaceWith(page.getElementById('main'));
  } catch {
    // No network: the form says so when it is sent.
  }
}
