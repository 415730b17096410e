// The answer to a form stands under the form's address: loading the page again must show what it shows, and not send the form again.
const address = document.getElementById('main')?.dataset.address;
if (address) history.replaceState(null, '', address);
