// Buttons that copy the text beside them. They are shown only where they work, also in what the page puts in later.
const show = () => { for (const button of document.querySelectorAll('[data-copy-button][hidden]')) button.hidden = false; };

function select(text) {
  const range = document.createRange();
  range.selectNodeContents(text);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}

document.addEventListener('click', async (e) => {
  const button = e.target.closest('[data-copy-button]');
  if (!button) return;
  const text = button.closest('[data-copy]').querySelector('.copy-text');
  try {
    await navigator.clipboard.writeText(text.textContent);
    button.textContent = 'Copied';
  } catch {
    select(text); // not allowed here: the keyboard does the rest
    button.textContent = 'Selected';
  }
  setTimeout(() => { button.textContent = 'Copy'; }, 2000);
});

show();
new MutationObserver(show).observe(document.getElementById('main'), { childList: true, subtree: true, attributeFilter: ['hidden'] });
