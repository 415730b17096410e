// The one-time token stands behind the # so that no log ever sees it: move it into the form and out of the address bar.
const field = document.getElementById('token');
const token = location.hash.slice(1);
if (field && /^[0-9a-f]{32}$/i.test(token)) {
  field.value = token;
  document.getElementById('token-row')?.setAttribute('hidden', '');
  history.replaceState(null, '', location.pathname);
}
